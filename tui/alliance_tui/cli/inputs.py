"""The documents that the arguments name: the good ones in order, a line of complaint for each of the others."""

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
    """The cache that was asked for; None with --no-cache."""
    return AnalysisCache(arguments.library) if arguments.cache else None


class Inputs:
    """What the command is to work on. `failed` tells, at its end, whether something could not be answered."""

    def __init__(self, arguments: Arguments) -> None:
        self.failed = False
        self.several = len(arguments.paths) > 1 or any(Path(path).is_dir() for path in arguments.paths)
        self._arguments = arguments
        self.progress = console.ProgressLine()

    def documents(self) -> Iterator[Document]:
        """The documents that can be read, one in memory at a time."""
        arguments = self._arguments
        found = read_all(arguments.paths, date=arguments.date, limits=arguments.limits, before_read=self.progress.show)
        for document in found:
            if isinstance(document, DocumentError):
                self.print_failure(document, str(document))
            else:
                yield document
        self.progress.clear()

    def print_note(self, message: str) -> None:
        """Tell the reader something of a document that is answered all the same."""
        self.progress.clear()
        console.print_message(message)

    def print_failure(self, error: Exception, message: str) -> None:
        """Tell the reader of something that could not be answered, with the traceback if that was asked for."""
        self.failed = True
        self.progress.clear()
        if self._arguments.debug:
            traceback.print_exception(error)
        console.print_message(message)
