"""A cache of analyses between runs, so that a document that was analysed before is shown at once.

It is part of the library's database. No method raises for a database that cannot be used: the program works without a
cache, and `notice` says why there is none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alliance_tui.library.analysis_rows import load_analysis, save_analysis
from alliance_tui.library.storage.database import DamagedLibraryError, LibraryFile, UnusableLibraryError
from alliance_tui.records import Analysis, Document

_LOCK_TIMEOUT = 2.0  # seconds
_ATTEMPTS = 3  # a damaged file may be set aside, by this instance or another, before the query succeeds

_Result = TypeVar("_Result")


class AnalysisCache:
    """The analyses in the library's file at `path` (default: the user's own), which is made by the first save.

    `notice` is None, or one sentence for the reader on why the cache did not work.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.notice: str | None = None
        self._file = LibraryFile(path)
        self.path = self._file.path

    def load(self, document: Document, extractor: str, model: str) -> Analysis | None:
        """Return the analysis of this document by this extractor and model; None if there is none.

        The document's metadata, pages and structure must be those of the analysis; its path may differ.
        """
        if not self._file.exists():
            return None
        return self._execute(lambda db: load_analysis(db, document, extractor, model))

    def save(self, analysis: Analysis) -> None:
        """Store the analysis; it replaces one of the same document and model by another version of the extractor."""
        self._execute(lambda db: save_analysis(db, analysis))

    def _execute(self, query: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        """Return what `query` returns on a connection to the file; None, with a notice, if the file is unusable."""
        for _ in range(_ATTEMPTS):
            try:
                with self._file.connection(_LOCK_TIMEOUT) as db:
                    return query(db)
            except UnusableLibraryError as error:
                self.notice = f"{error.reason}: analyses are not kept"
                break
            except DamagedLibraryError as error:
                self.notice = str(error)
        return None
