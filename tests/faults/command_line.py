"""Commands run in an isolated home, and what must hold of each run, whatever happened to it."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from tests.support.hostile_text import UNSAFE
from tests.support.isolated_home import EXPLORER, Home

PATIENCE = 120.0
"""Seconds of processor time that a command may take."""
_MAX_WAITS = 20
_SIGN_OF_WORK = 0.001
"""On a busy machine a command may take so many times its patience by the clock while it has this share of a core."""
AFTERMATH = 2.0
"""Seconds after which no process of a command may be left."""
STATUSES = (0, 1, 2)
"""Done, some input could not be read, wrong usage."""
_INTERNAL = re.compile(r"Traceback \(most recent|fault of its own|resource_tracker|\b[A-Z]\w+(?:Error|Exception)\b")
"""What no reader should see: tracebacks, names of exceptions, and the program's last resort."""


class CommandRun(NamedTuple):
    """What a command did; without a status it did not end in time."""

    arguments: Sequence[str | Path]
    status: int | None
    output: bytes
    errors: bytes
    seconds: float

    @property
    def report(self) -> str:
        """What was printed on stderr, as text."""
        return self.errors.decode("utf-8", "replace")


class CommandHome(Home):
    """An isolated home whose temporary files are its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.temporary = folder / "temporary"
        self.temporary.mkdir(exist_ok=True)
        self.environ |= {"XDG_STATE_HOME": str(folder), "TMPDIR": str(self.temporary)}

    def run(
        self,
        *arguments: str | Path,
        meanwhile: Callable[[subprocess.Popen[bytes]], object] = lambda _: None,
        before: Callable[[], object] | None = None,
        command: Sequence[str] = EXPLORER,
        stdin: int | IO[bytes] = subprocess.DEVNULL,
        stdout: int | IO[bytes] | None = None,
        patience: float = PATIENCE,
        **options: Any,
    ) -> CommandRun:
        """Run the command to its end; `meanwhile` may disturb it, `before` runs in its process first."""
        with (self.folder / "stdout").open("w+b") as output, (self.folder / "stderr").open("w+b") as errors:
            begun = time.monotonic()
            process = subprocess.Popen(
                [*command, *map(str, arguments)],
                stdin=stdin,
                stdout=output if stdout is None else stdout,
                stderr=errors,
                env=os.environ | self.environ,
                cwd=self.folder,
                preexec_fn=before,
                **options,
            )
            try:
                meanwhile(process)
                status = self._wait(process, patience)
            finally:
                process.kill()
                process.wait()
            seconds = time.monotonic() - begun
            output.seek(0)
            errors.seek(0)
            return CommandRun(arguments, status, output.read(), errors.read(), seconds)

    def _wait(self, process: subprocess.Popen[bytes], patience: float) -> int | None:
        """Return the status of a process; None once it has used up its patience, or stopped working."""
        used = 0.0
        for _ in range(_MAX_WAITS):
            try:
                return process.wait(patience)
            except subprocess.TimeoutExpired:
                before, used = used, self.processor_seconds()
                if used >= patience or used - before < _SIGN_OF_WORK * patience:
                    break
        return None

    def leftovers(self) -> Iterator[str]:
        """Yield the processes and temporary files that are left after a while."""
        deadline = time.monotonic() + AFTERMATH
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.02)
        yield from (f"a process is left: {line}" for line in self.processes())
        yield from (f"a temporary file is left: {path.name!r}" for path in self.temporary.iterdir())


def faults_of(run: CommandRun, home: CommandHome, statuses: Sequence[int] = STATUSES) -> Iterator[str]:
    """Yield the faults of a run that was not killed."""
    yield from (f"{describe(run)}: {fault}" for fault in [*_faults(run, statuses), *home.leftovers()])


def describe(run: CommandRun) -> str:
    """Return the command line of a run, without anything unsafe."""
    return " ".join(ascii(os.fspath(argument))[1:-1] for argument in run.arguments)


def _faults(run: CommandRun, statuses: Sequence[int]) -> Iterator[str]:
    if run.status is None:
        yield f"it did not end within {run.seconds:.0f} s"
    elif run.status not in statuses:
        yield f"its exit status is {run.status}: {run.report[-300:]!r}"
    elif run.status and not (run.errors.strip() or run.output.strip()):
        yield f"its exit status is {run.status} and it says nothing"
    yield from printed_faults(run)


def printed_faults(run: CommandRun) -> Iterator[str]:
    """Yield what a run printed and should not have."""
    if internal := _INTERNAL.search(run.report):
        yield f"it prints {internal[0]!r}: {run.report[-600:]!r}"
    for name, data in (("stdout", run.output), ("stderr", run.errors)):
        try:
            unsafe = set(UNSAFE.findall(data.decode("utf-8"))) - {"\t"}
        except UnicodeDecodeError as error:
            yield f"{name} is not UTF-8: {error}"
        else:
            if unsafe:
                yield f"{name} holds {sorted(unsafe)!r}"
