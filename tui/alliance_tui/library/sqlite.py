"""Transactions and result codes of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_PRIMARY_CODE = 0xFF  # the bits of the primary result code in an extended one (SQLite's "Result and Error Codes")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Commit everything that is done inside the `with`, or nothing if it raises."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        if db.in_transaction:  # SQLite itself rolls back on some errors
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def is_corrupt(error: sqlite3.DatabaseError) -> bool:
    """Whether the error reports a damaged database."""
    return result_code(error) == sqlite3.SQLITE_CORRUPT


def result_code(error: Exception) -> int:
    """Return SQLite's primary result code; 0 for other errors."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
