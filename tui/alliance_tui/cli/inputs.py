"""The documents that the arguments name: the readable ones in order, a message for each of the others."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from alliance_tui.cli import console
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.documents import read_all
from alliance_tui.documents.loader import is_folder
from alliance_tui.errors import DocumentError, UsageError
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Document

if TYPE_CHECKING:
    from alliance_tui.library.store import Library


def open_cache(arguments: Arguments) -> AnalysisCache | None:
    """Return the cache of analyses; None with --no-cache."""
    return AnalysisCache(arguments.library) if arguments.cache else None


def open_named_library(path: str | None, *, create: bool = False) -> AbstractContextManager[Library]:
    """Open the library at `path` (default: the user's own), saying so while another process holds it.

    Raises UsageError if there is none and it is not to be made: the path may be mistyped.
    """
    from alliance_tui.library.store import open_library  # here: the explorer opens the library in its own way

    if path is not None and not create and not os.path.exists(path):  # noqa: PTH110 - Path.exists may raise
        raise UsageError(f"there is no library {path}: check the path, or make one with alliance-tui library add")
    return open_library(path, on_wait=console.print_message)


class Inputs:
    """The input documents of a command. `failed` says, once they are consumed, whether anything went wrong."""

    def __init__(self, arguments: Arguments) -> None:
        self.failed = False
        self.several = len(arguments.paths) > 1 or any(map(is_folder, arguments.paths))
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
                self.print_failure(str(result), result)
            else:
                yield result
        self.progress.clear()

    def print_note(self, message: str) -> None:
        """Print a message on a document that is answered all the same."""
        self.progress.clear()
        console.print_message(message)

    def print_failure(self, message: str, error: Exception | None = None) -> None:
        """Print a message on a document that holds nothing or failed, with the traceback if --debug is given."""
        self.failed = True
        self.progress.clear()
        if error and self._arguments.debug:
            traceback.print_exception(error)
        console.print_message(message)
