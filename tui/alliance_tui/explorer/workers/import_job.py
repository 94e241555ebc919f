"""Adding to the library from the explorer: the command line does it, in a process of its own, and tells how it goes."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

import msgspec

from alliance_tui.errors import LibraryError
from alliance_tui.library.ingest import Outcome
from alliance_tui.library.ingest_progress import IngestProgress, IngestReport

_COMMAND = (sys.executable, "-P", "-m", "alliance_tui", "library", "add", "--format", "jsonl")
_LONGEST_LINE = 1 << 20


class ImportJob:
    """The adding of files and folders to a library. `progress` says how far it is, `fault` what went wrong last."""

    def __init__(self, library: Path, paths: Iterable[Path], model: str | None) -> None:
        self.progress = IngestProgress()
        self.fault = ""
        named = ("--model", model) if model else ()
        self._command = (*_COMMAND, "--library", library, *named, "--", *paths)

    async def run(self) -> AsyncGenerator[IngestProgress, None]:
        """The progress after each file. Closing the iterator, or cancelling the task that reads it, ends the work:
        what was added stays.

        Raises LibraryError where the work ended before it began, or its process cannot be started or understood.
        """
        try:
            async with contextlib.aclosing(self._run()) as steps:
                async for progress in steps:
                    yield progress
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise LibraryError(f"the adding cannot go on ({error}); what was added stays") from error

    async def _run(self) -> AsyncGenerator[IngestProgress, None]:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, start_new_session=True, limit=_LONGEST_LINE
        )
        assert process.stdout
        assert process.stderr
        complaints = asyncio.create_task(process.stderr.read())
        try:
            async for line in process.stdout:
                step = msgspec.json.decode(line, type=IngestReport)
                self.fault = step.error or self.fault
                self.progress.update(step)
                yield self.progress
            if not self.progress.outcomes:
                last = (await complaints).decode("utf-8", "replace").strip().rpartition("\n")[2]
                raise LibraryError(last.removeprefix("alliance-tui: ") or "the adding could not be started")
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()  # its workers end with it, and each document is on disk whole or not at all
            complaints.cancel()
            await process.wait()

    def summary(self) -> str:
        """What became of the files."""
        failed = self.progress.outcomes[Outcome.FAILED]
        return f"{self.progress.describe_outcomes()}{f': {self.fault}' if failed else ''}"
