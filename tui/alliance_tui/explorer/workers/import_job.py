"""Imports into the library, by the command line in a process of its own, which reports its progress."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

import msgspec

from alliance_tui.errors import LibraryError
from alliance_tui.library.ingest import Outcome
from alliance_tui.library.ingest_progress import IngestProgress, IngestReport

_COMMAND = (sys.executable, "-P", "-m", "alliance_tui.cli.attached", "library", "add", "--format", "jsonl")
_MAX_LINE_BYTES = 1 << 20


class ImportJob:
    """An import of files and folders. `progress` is that of the import, `fault` the error reported last."""

    def __init__(self, library: Path, paths: Iterable[Path], model: str | None) -> None:
        self.progress = IngestProgress()
        self.fault = ""
        model_options = ("--model", model) if model else ()
        self._command = (*_COMMAND, "--library", library, *model_options, "--", *paths)

    async def run(self) -> AsyncGenerator[IngestProgress, None]:
        """Yield the progress after each file. Closing the iterator, or cancelling its task, ends the import: what was
        added stays.

        Raises LibraryError where the process cannot be started or understood, or ended before it began.
        """
        try:
            async with contextlib.aclosing(self._run()) as steps:
                async for progress in steps:
                    yield progress
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise LibraryError(f"the adding cannot go on ({error}); what was added stays") from error

    async def _run(self) -> AsyncGenerator[IngestProgress, None]:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True, limit=_MAX_LINE_BYTES
        )
        assert process.stdout
        assert process.stderr
        errors = asyncio.create_task(process.stderr.read())
        try:
            async for line in process.stdout:
                step = msgspec.json.decode(line, type=IngestReport)
                self.fault = step.error or self.fault
                self.progress.record_report(step)
                yield self.progress
            if not self.progress.outcomes:
                last_error = (await errors).decode("utf-8", "replace").strip().rpartition("\n")[2]
                raise LibraryError(last_error.removeprefix("alliance-tui: ") or "the adding could not be started")
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()  # its workers end with it, and each document is on disk whole or not at all
            errors.cancel()
            await process.wait()

    def summary(self) -> str:
        """Return the counts of outcomes, with the last error."""
        failed = self.progress.outcomes[Outcome.FAILED]
        return f"{self.progress.describe_outcomes()}{f': {self.fault}' if failed else ''}"
