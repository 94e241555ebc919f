"""The reader's saved queries by name, in the library's file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import UsageError
from alliance_tui.library.storage.database import LibraryFile

_TIMEOUT = 30.0
"""Seconds to wait for another instance's write."""
_Result = TypeVar("_Result")


class SavedSearches:
    """The queries in the library's file at `path` (default: the user's own). All methods raise LibraryError."""

    def __init__(self, path: Path | str | None = None) -> None:
        self._file = LibraryFile(path)

    def all(self) -> dict[str, str]:
        """Return the queries by name, sorted; none, and no file is made, where there is no library."""
        return self._execute(read_searches) if self._file.exists() else {}

    def save(self, name: str, query: str) -> str:
        """Save a query under a name, in place of an earlier one; return the name as it is kept.

        Raises UsageError for a name or a query without a letter.
        """
        name, query = " ".join(sanitise_line(name).replace('"', "").split()), sanitise_line(query).strip()
        if not name or not query:
            raise UsageError("a saved search has a name and a query: type both")
        self._execute(lambda db: db.execute("INSERT OR REPLACE INTO searches VALUES (?, ?)", (name, query)))
        return name

    def forget(self, name: str) -> bool:
        """Forget a query; return whether it was there."""
        statement = "DELETE FROM searches WHERE name = ?"
        return self._execute(lambda db: db.execute(statement, (name,)).rowcount > 0)

    def _execute(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        with self._file.connection(_TIMEOUT) as db:
            return work(db)


def read_searches(db: sqlite3.Connection) -> dict[str, str]:
    """Return the queries by name, sorted."""
    return dict(db.execute("SELECT name, query FROM searches ORDER BY name"))
