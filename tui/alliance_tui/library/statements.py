"""The statements of each document as one row, so that the register of a large library is read at once.

A row is made of those of the document's agreements, and deleted by triggers whenever these, what they say of their
status or the document's date change: what is stored is never out of date. Labels are not in it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence

import msgspec

from alliance_tui.linking.register import Statement

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Statement])
_VERSION = hashlib.sha256(",".join(Statement.__struct_fields__).encode()).hexdigest()[:8]
"""The version of the rows: they are arrays of these fields."""


def read_stored(db: sqlite3.Connection) -> dict[int, list[Statement]]:
    """Return the statements by the numbers of their documents, without those of damaged rows."""
    stored = {}
    for document, body in db.execute("SELECT document, body FROM statements WHERE version = ?", (_VERSION,)):
        try:
            stored[document] = _decoder.decode(body)
        except (msgspec.MsgspecError, TypeError, ValueError):
            continue
    return stored


def store(db: sqlite3.Connection, statements: Mapping[int, Sequence[Statement]]) -> None:
    """Store the statements of documents, all that each has, in place of those that are stored."""
    rows = ((document, _VERSION, _encoder.encode(of_document)) for document, of_document in statements.items())
    db.executemany("INSERT OR REPLACE INTO statements VALUES (?, ?, ?)", rows)
