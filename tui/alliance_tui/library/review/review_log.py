"""The log of what the reader did, in the library's file: entries are appended, and never changed or deleted.

It holds entries on documents in the library and on others, by the hash of their text. Several instances may append at
once. When `append` returns, the entries are on disk, all or none of them, and the index of the library's documents
follows them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from alliance_tui.errors import LibraryError
from alliance_tui.library.review.review_entries import entries_of, read_entries
from alliance_tui.library.storage.database import DamagedLibraryError, LibraryFile
from alliance_tui.library.storage.sqlite import transaction
from alliance_tui.records import Document
from alliance_tui.review.entry import Entry, decode_entry, encode_entry

_WRITE_TIMEOUT, _READ_TIMEOUT = 30.0, 2.0
"""Seconds to wait for another instance's write."""

_Result = TypeVar("_Result")


class ReviewLog:
    """The log in the library's file at `path` (default: the user's own), which is made by the first entry.

    All methods raise LibraryError if the file cannot be used.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self._file = LibraryFile(path)
        self.path = self._file.path

    def append(self, entries: Sequence[Entry]) -> int:
        """Append the entries that the log does not hold yet, by their ids, in one step; return how many they are."""
        return self._execute(lambda db: append_entries(db, entries), _WRITE_TIMEOUT)

    def of_document(self, document: Document) -> list[Entry]:
        """Return the entries on this text, on earlier texts from the same path, and on entities everywhere."""
        return self._execute(lambda db: list(entries_of(db, document))) if self._file.exists() else []

    def all_entries(self) -> list[Entry]:
        """Return all entries, in the order in which they were appended."""
        return self._execute(lambda db: list(read_entries(db))) if self._file.exists() else []

    def _execute(self, work: Callable[[sqlite3.Connection], _Result], timeout: float = _READ_TIMEOUT) -> _Result:
        try:
            with self._file.connection(timeout) as db:
                return work(db)
        except DamagedLibraryError:  # it has been set aside, and the log that it held was taken over
            with self._file.connection(timeout) as db:
                return work(db)


def append_entries(db: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    """Append the entries that the log does not hold yet; return how many they are.

    The index of the documents that they concern follows in the same transaction.
    """
    by_id = {entry.id: entry for entry in entries}
    db.execute("PRAGMA synchronous = FULL")  # on disk when it returns, also if the machine loses power
    with transaction(db):
        query = "SELECT id FROM review_log WHERE id IN (SELECT value FROM json_each(?))"
        for (known,) in db.execute(query, (json.dumps(list(by_id)),)).fetchall():
            del by_id[known]
        new = list(by_id.values())
        db.executemany(
            "INSERT INTO review_log (id, document, place, everywhere, entry) VALUES (?, ?, ?, ?, ?)",
            ((each.id, each.document, each.place, each.everywhere, encode_entry(each).decode()) for each in new),
        )
        if new and db.execute("SELECT 1 FROM documents LIMIT 1").fetchone():
            from alliance_tui.library.review.review_rows import follow_entries  # with the first step of a review

            follow_entries(db, new)
    return len(new)


def parse_log(lines: Iterable[str], name: str) -> Iterator[Entry]:
    """Yield the entries of a log in JSON Lines. Raises LibraryError, naming the line, for one that is no entry."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield decode_entry(line)
            except (msgspec.MsgspecError, ValueError) as error:
                reason = f"{name}, line {number} is not an entry of a review log ({error})"
                raise LibraryError(f"{reason}: export the review again with this version") from error
