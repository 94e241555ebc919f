"""Transactions and result codes of SQLite."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_PRIMARY_CODE = 0xFF  # the bits of the primary result code in an extended one (SQLite's "Result and Error Codes")


_LOCK_STEP = 0.25  # seconds that SQLite itself waits for a lock, deaf to Ctrl+C
_NOTICE_AFTER = 0.5  # seconds: with the start of a command, the reader knows within two


class WaitingConnection(sqlite3.Connection):
    """A connection that waits for another process's lock in steps, between which Ctrl+C is heard.

    It waits for `lock_timeout` seconds, and calls `on_wait` after a moment.
    """

    lock_timeout = 0.0
    on_wait: Callable[[], None] = staticmethod(lambda: None)

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute as sqlite3 does, after waiting for a lock."""
        started = time.monotonic()
        notice_at, give_up_at = started + _NOTICE_AFTER, started + self.lock_timeout
        while True:
            try:
                return super().execute(sql, parameters)
            except sqlite3.OperationalError as error:
                now = time.monotonic()
                if not is_locked(error) or self.in_transaction or now >= give_up_at:
                    raise
            if now >= notice_at:
                notice_at = give_up_at
                self.on_wait()


def connect(path: str, lock_timeout: float, on_wait: Callable[[], None]) -> WaitingConnection:
    """Connect to the database at a path or a URI, in autocommit mode."""
    db = sqlite3.connect(
        path, timeout=min(_LOCK_STEP, lock_timeout), isolation_level=None, factory=WaitingConnection, uri=True
    )
    db.lock_timeout, db.on_wait = lock_timeout, on_wait
    return db


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


def is_locked(error: Exception) -> bool:
    """Whether the error reports that another connection holds a lock."""
    return result_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def result_code(error: Exception) -> int:
    """Return SQLite's primary result code; 0 for other errors."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
