"""The log of what the reader did, in the library's file: entries are appended, and never changed or deleted.

It holds entries on documents in the library and on others, by the hash of their text. Several instances may append at
once. When `append` returns, the entries are on disk, all or none of them, and the index of the library's documents
follows them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from alliance_tui.errors import LibraryError
from alliance_tui.library.review.review_entries import entries_of, has_entries_after, last_row, read_entries
from alliance_tui.library.storage.database import DamagedLibraryError, LibraryFile
from alliance_tui.library.storage.sqlite import transaction
from alliance_tui.records import Document
from alliance_tui.review.document_review import DocumentReview
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

    def append_step(self, entries: Sequence[Entry], before: DocumentReview, after: DocumentReview) -> int | None:
        """Append a step on one document, with its review before and after the step.

        Return the number of the log's last row; None if another instance has logged anything on the document since
        `before` was read: `after` is not the whole truth then.
        """
        return self._execute(lambda db: append_step(db, entries, before, after), _WRITE_TIMEOUT)

    def of_document(self, document: Document) -> list[Entry]:
        """Return the entries on this text, on earlier texts from the same path, and on entities everywhere."""
        return self._execute(lambda db: list(entries_of(db, document))) if self._file.exists() else []

    def read_for(self, document: Document) -> tuple[list[Entry], int]:
        """Return the same, and the number of the log's last row at that time."""

        def read(db: sqlite3.Connection) -> tuple[list[Entry], int]:
            read_to = last_row(db)
            return list(entries_of(db, document)), read_to

        return self._execute(read) if self._file.exists() else ([], 0)

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
    with _writing(db):
        by_id = {entry.id: entry for entry in entries}
        query = "SELECT id FROM review_log WHERE id IN (SELECT value FROM json_each(?))"
        for (known,) in db.execute(query, (json.dumps(list(by_id)),)).fetchall():
            del by_id[known]
        new = list(by_id.values())
        _insert(db, new)
        if new and _has_documents(db):
            from alliance_tui.library.review.review_rows import follow_entries  # with the first step of a review

            follow_entries(db, new)
    return len(new)


def append_step(
    db: sqlite3.Connection, entries: Sequence[Entry], before: DocumentReview, after: DocumentReview
) -> int | None:
    """Append a new step on one document; see `ReviewLog.append_step`."""
    with _writing(db):
        is_alone = not has_entries_after(db, before.extracted.document, before.read_to)
        _insert(db, entries)
        read_to = last_row(db)
        if _has_documents(db):
            from alliance_tui.library.review.review_rows import follow_entries, follow_step

            if not (is_alone and follow_step(db, entries, before, after)):
                follow_entries(db, entries)
    return read_to if is_alone else None


@contextmanager
def _writing(db: sqlite3.Connection) -> Iterator[None]:
    """Give a transaction that is on disk when it ends, also if the machine loses power."""
    db.execute("PRAGMA synchronous = FULL")
    with transaction(db):
        yield


def _insert(db: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    db.executemany(
        "INSERT INTO review_log (id, document, place, everywhere, entry) VALUES (?, ?, ?, ?, ?)",
        ((each.id, each.document, each.place, each.everywhere, encode_entry(each).decode()) for each in entries),
    )


def _has_documents(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is not None


def parse_log(lines: Iterable[str], name: str) -> Iterator[Entry]:
    """Yield the entries of a log in JSON Lines. Raises LibraryError, naming the line, for one that is no entry."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield decode_entry(line)
            except (msgspec.MsgspecError, ValueError) as error:
                reason = f"{name}, line {number} is not an entry of a review log ({error})"
                raise LibraryError(f"{reason}: export the review again with this version") from error
