"""An error of the library's file is one sentence: what, which file, what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from alliance_tui.errors import LibraryError
from alliance_tui.library.database import UnusableLibraryError, as_library_errors


def locked(path: Path) -> None:
    """Write while another connection does."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other, closing(sqlite3.connect(path, timeout=0)) as db:
        other.execute("BEGIN IMMEDIATE")
        db.execute("CREATE TABLE t (x)")


def full(path: Path) -> None:
    """Write more than there is room for."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("CREATE TABLE t (x)")
        db.execute("PRAGMA max_page_count = 2")
        db.execute("INSERT INTO t VALUES (zeroblob(100000))")


def damaged(path: Path) -> None:
    """Read what is no database."""
    path.write_bytes(b"these are my notes" * 100)
    with closing(sqlite3.connect(path)) as db:
        db.execute("SELECT * FROM sqlite_schema")


def undecodable(path: Path) -> None:
    """Read a text that is not UTF-8."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()


def no_room(path: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("fail", "sentence"),
    [
        (locked, "l.db is locked by another process: try again when that is done"),
        (full, "l.db cannot grow, the disk is full: free some room"),
        (no_room, "l.db cannot grow, the disk is full: free some room"),
        (damaged, "l.db is damaged: alliance-tui library check tells where (file is not a database)"),
        (
            undecodable,
            "l.db could not be read: alliance-tui library check tells why (OperationalError: Could not decode",
        ),
    ],
)
def test_an_error_is_one_sentence(fail: Callable[[Path], None], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with pytest.raises(LibraryError) as raised, as_library_errors(path):
        fail(path)
    assert str(raised.value).startswith(sentence)
    assert "\n" not in str(raised.value)


def test_a_library_error_is_passed_on_unchanged(tmp_path: Path) -> None:
    with pytest.raises(UnusableLibraryError, match="no: name another"), as_library_errors(tmp_path):
        raise UnusableLibraryError("no")


def test_control_characters_in_a_path_are_sanitised(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as raised, as_library_errors(Path("\x1b[2J.db")):
        raise OSError("\x1b]0;x\x07")
    assert "\x1b" not in str(raised.value)
