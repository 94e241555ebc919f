"""The rows of the review log: appended and read, through a connection to the library's file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from alliance_tui.library.sqlite import transaction
from alliance_tui.records import Document
from alliance_tui.review.entry import Entry, decode_entry, encode_entry, place_of


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
            from alliance_tui.library.index.review_rows import follow_entries  # with the first step of a review

            follow_entries(db, new)
    return len(new)


def entries_of(db: sqlite3.Connection, document: Document) -> Iterator[Entry]:
    """Yield the entries that concern a document, in the order in which they were appended."""
    where = "WHERE document = ? OR (place = ? AND place != '') OR everywhere"
    return read_entries(db, where, document.sha256, place_of(document))


def read_entries(db: sqlite3.Connection, where: str = "", *values: object) -> Iterator[Entry]:
    """Yield the entries of the rows that satisfy an SQL condition, in the order in which they were appended.

    An entry that cannot be read, damaged or by a later version, is left out here and stays in the log.
    """
    for (row,) in db.execute(f"SELECT entry FROM review_log {where} ORDER BY number", values):
        try:
            yield decode_entry(row)
        except (msgspec.MsgspecError, ValueError):
            continue
