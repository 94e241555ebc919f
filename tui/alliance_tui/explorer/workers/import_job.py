"""Imports into the library, by the command line in a process of its own, which reports its progress."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Callable, Iterable
from pathlib import Path

import msgspec

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import LibraryError
from alliance_tui.library.ingestion.ingest import Outcome
from alliance_tui.library.ingestion.ingest_progress import IngestProgress, IngestReport

_COMMAND = (sys.executable, "-P", "-m", "alliance_tui.cli.attached", "library", "add", "--format", "jsonl")
_MAX_LINE_BYTES = 1 << 20


class ImportJob:
    """An import of files and folders. `progress` is that of the import, `fault` the error reported last.

    `on_message` is called with each sentence that the process prints besides, such as that the library is locked.
    """

    def __init__(
        self,
        library: Path,
        paths: Iterable[Path],
        model: str | None,
        on_message: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.progress = IngestProgress()
        self.fault = ""
        self._on_message = on_message
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
        messages = asyncio.create_task(self._read_messages(process.stderr))
        try:
            async for line in process.stdout:
                step = msgspec.json.decode(line, type=IngestReport)
                self.fault = step.error or self.fault
                self.progress.record_report(step)
                yield self.progress
            if not self.progress.outcomes:
                raise LibraryError(await messages or "the adding could not be started")
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()  # its workers end with it, and each document is on disk whole or not at all
            messages.cancel()
            await process.wait()

    async def _read_messages(self, stream: asyncio.StreamReader) -> str:
        """Pass the messages on as they come; return the last."""
        message = ""
        async for line in stream:
            message = line.decode("utf-8", "replace").strip().removeprefix("alliance-tui: ")
            self._on_message(sanitise_line(message))
        return message

    def summary(self) -> str:
        """Return the counts of outcomes, with the last error."""
        failed = self.progress.outcomes[Outcome.FAILED]
        return f"{self.progress.describe_outcomes()}{f': {self.fault}' if failed else ''}"
