"""The rows of the review log, read through a connection to the library's file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from alliance_tui.records import Document
from alliance_tui.review.entry import Entry, decode_entry, place_of


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
