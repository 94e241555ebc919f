"""The documents that the arguments name: the readable ones in order, a message for each of the others."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.cli import console
from alliance_tui.cli.options import Arguments
from alliance_tui.documents import read_all
from alliance_tui.errors import DocumentError
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Document


def open_cache(arguments: Arguments) -> AnalysisCache | None:
    """Return the cache of analyses; None with --no-cache."""
    return AnalysisCache(arguments.library) if arguments.cache else None


class Inputs:
    """The input documents of a command. `failed` says, once they are consumed, whether anything went wrong."""

    def __init__(self, arguments: Arguments) -> None:
        self.failed = False
        self.several = len(arguments.paths) > 1 or any(Path(path).is_dir() for path in arguments.paths)
        self._arguments = arguments
        self.progress = console.ProgressLine()

    def documents(self) -> Iterator[Document]:
        """Yield the readable documents, one in memory at a time."""
        arguments = self._arguments
        results = read_all(
            arguments.paths,
            date=arguments.date,
            limits=arguments.limits,
            before_read=self.progress.show,
            on_notice=self.print_note,
        )
        for result in results:
            if isinstance(result, DocumentError):
                self.print_failure(result, str(result))
            else:
                yield result
        self.progress.clear()

    def print_note(self, message: str) -> None:
        """Print a message on a document that is answered all the same."""
        self.progress.clear()
        console.print_message(message)

    def print_failure(self, error: Exception, message: str) -> None:
        """Print a message on a document that is not answered, with the traceback if --debug is given."""
        self.failed = True
        self.progress.clear()
        if self._arguments.debug:
            traceback.print_exception(error)
        console.print_message(message)
