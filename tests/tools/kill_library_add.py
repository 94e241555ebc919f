"""Kill `library add` again and again: what was reported is stored, and nothing is stored twice.

    python -m tests.tools.kill_library_add FOLDER [KILLS [SEED]]       by default killed 10 times

The command line adds the FOLDER to a new library in a temporary folder and is killed by SIGKILL after a random number
of documents, so many times; then it may end. The number of stored documents is printed each time. The exit status is 1
if a document that was reported as added is missing, or is there twice or damaged at the end, or if a worker outlived
its program.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.documents.files import SUFFIXES
from alliance_tui.library.storage.integrity import find_problems
from alliance_tui.library.store import open_library

COMMAND = (sys.executable, "-m", "alliance_tui", "library", "add", "--format", "jsonl")
_MARK = "ALLIANCE_KILLED"
_END = 20.0
"""Seconds that workers may take to notice that their program is gone: one may be in a long document."""


def reports(folder: Path, library: Path, until: int | None, mark: str) -> Iterator[dict[str, object]]:
    """Add the folder and yield the reports, until so many documents were added and the program is killed."""
    command = [*COMMAND, "--library", str(library), str(folder)]
    environ = {**os.environ, _MARK: mark}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ) as process:
        assert process.stdout
        added = 0
        for line in process.stdout:
            report = json.loads(line)
            yield report
            added += report["outcome"] == "added"
            if until is not None and added >= until:
                process.kill()
                return


def surviving_processes(mark: str) -> list[str]:
    """Return the processes that still run some seconds after the program with this mark was killed."""
    deadline = time.monotonic() + _END
    while (left := list(_marked(mark))) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def _marked(mark: str) -> Iterator[str]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"{_MARK}={mark}".encode() in (folder / "environ").read_bytes():
                yield folder.name
        except OSError:
            continue


def run(folder: Path, kills: int, chance: random.Random) -> list[str]:
    """Return a sentence for each fault."""
    files = sum(path.suffix in SUFFIXES for path in folder.rglob("*") if path.is_file())
    faults: list[str] = []
    reported: set[object] = set()
    with tempfile.TemporaryDirectory() as temporary:
        library = Path(temporary, "library.sqlite")
        for number in range(kills + 1):
            mark = f"{os.getpid()}-{number}"
            until = (
                None if number == kills else chance.randint(1, max(1, 2 * (files - len(reported)) // (kills - number)))
            )
            again = [report for report in reports(folder, library, until, mark) if _added_twice(report, reported)]
            faults += [f"{report['path']} was added a second time" for report in again]
            faults += [f"process {process} outlived its program" for process in surviving_processes(mark)]
            faults += _faults(library, reported)
            print(
                f"{'ended' if until is None else 'killed'} with {len(reported)} of {files} reported as added",
                flush=True,
            )
        if len(reported) != files:
            faults.append(f"{files - len(reported)} documents were never added")
    return faults


def _added_twice(report: dict[str, object], reported: set[object]) -> bool:
    """Whether the report adds a document that was reported as added before; note it."""
    if report["outcome"] != "added":
        return False
    twice = report["path"] in reported
    reported.add(report["path"])
    return twice


def _faults(path: Path, reported: set[object]) -> Iterator[str]:
    """Yield the faults of a library that should have these documents."""
    with open_library(path) as library:
        stored = [document.path for document in library.documents()]
        yield from (f"{path} was reported as added and is lost" for path in reported - set(stored))
        yield from (f"{path} is there twice" for path in set(stored) if stored.count(path) > 1)
        yield from find_problems(library)
        reported |= set(stored)  # stored, but killed before the report


def main() -> int:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, *numbers = sys.argv[1:]
    kills, seed = (*map(int, numbers), *(10, 0)[len(numbers) :])
    faults = run(Path(folder), kills, random.Random(seed))
    print("\n".join(faults) or f"killed {kills} times: nothing lost, nothing twice")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
