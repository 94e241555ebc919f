"""The rows of the review log, read through a connection to the library's file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from alliance_tui.records import Document
from alliance_tui.review.entry import Entry, decode_entry, exported_place, place_of


def entries_of(db: sqlite3.Connection, document: Document) -> Iterator[Entry]:
    """Yield the entries that concern a document, in the order in which they were appended."""
    return read_entries(db, f"WHERE {_CONCERNING}", *_names_of(document))


def last_row(db: sqlite3.Connection) -> int:
    """Return the number of the log's last row, 0 for an empty log. Read before entries, none is passed over later."""
    (number,) = db.execute("SELECT coalesce(max(number), 0) FROM review_log").fetchone()
    return int(number)


def has_entries_after(db: sqlite3.Connection, document: Document, number: int) -> bool:
    """Return whether any row after this one concerns a document."""
    query = f"SELECT 1 FROM review_log WHERE number > ? AND ({_CONCERNING}) LIMIT 1"
    return db.execute(query, (number, *_names_of(document))).fetchone() is not None


_CONCERNING = "document = ? OR (place IN (?, ?) AND place != '') OR everywhere"


def _names_of(document: Document) -> tuple[str, str, str]:
    """Return the hash of a document's text, and both forms of its place."""
    place = place_of(document)
    return document.sha256, place, exported_place(place)


def read_entries(db: sqlite3.Connection, where: str = "", *values: object) -> Iterator[Entry]:
    """Yield the entries of the rows that satisfy an SQL condition, in the order in which they were appended.

    An entry that cannot be read, damaged or by a later version, is left out here and stays in the log.
    """
    for (row,) in db.execute(f"SELECT entry FROM review_log {where} ORDER BY number", values):
        try:
            yield decode_entry(row)
        except (msgspec.MsgspecError, ValueError):
            continue
