"""An error of the library's file is one sentence: what, which file, what to do."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import alliance_tui
from alliance_tui.errors import LibraryError
from alliance_tui.library.storage import database
from alliance_tui.library.storage.database import LockedLibraryError, UnusableLibraryError, as_library_errors
from alliance_tui.library.store import open_library
from tests.support.sample_library import fill


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
        (undecodable, "l.db could not be read: alliance-tui library check tells why"),
    ],
)
def test_an_error_is_one_sentence_without_the_name_of_an_exception(
    fail: Callable[[Path], None], sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "l.db"
    with pytest.raises(LibraryError) as raised, as_library_errors(path):
        fail(path)
    assert str(raised.value) == sentence


def test_a_library_error_is_passed_on_unchanged(tmp_path: Path) -> None:
    with pytest.raises(UnusableLibraryError, match="no: name another"), as_library_errors(tmp_path):
        raise UnusableLibraryError("no")


def test_control_characters_in_a_path_are_sanitised(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as raised, as_library_errors(Path("\x1b[2J.db")):
        raise OSError("\x1b]0;x\x07")
    assert "\x1b" not in str(raised.value)


def test_a_library_is_for_its_owner_only(tmp_path: Path) -> None:
    path = fill(tmp_path, ["menu"])
    with open_library(path) as library:
        library.mark_opened(tmp_path / "menu.txt")  # makes the log
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("library.sqlite*")}
    assert len(modes) > 1
    assert set(modes.values()) == {0o600}


def test_a_mode_that_was_chosen_is_kept(tmp_path: Path) -> None:
    path = fill(tmp_path, ["menu"])
    path.chmod(0o640)
    with open_library(path) as library:
        library.mark_opened(tmp_path / "menu.txt")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_lock_is_reported_soon_and_waited_for(tmp_path: Path) -> None:
    path = fill(tmp_path, ["menu"])
    messages: list[str] = []
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(2.0, lambda: other.execute("COMMIT"))
        release.start()
        with open_library(path, 30, messages.append) as library:
            library.clear()
        release.join()
        assert messages == ["library.sqlite is held by another process: waiting for it (Ctrl+C gives up)"]
    with open_library(path) as library:
        assert len(library) == 0


def test_a_lock_that_stays_is_an_error_of_its_own(tmp_path: Path) -> None:
    path = fill(tmp_path, ["menu"])
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedLibraryError, match="try again when that is done"), open_library(path, 0.1) as library:
            library.clear()


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_is_no_library(tmp_path: Path, kind: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "device").symlink_to("/dev/zero")
    with pytest.raises(UnusableLibraryError, match="is a folder, a device or a pipe"), open_library(tmp_path / kind):
        pass


@pytest.mark.parametrize("version", [0, -1])
def test_a_library_that_has_lost_its_version_is_left_as_it_is(tmp_path: Path, version: int) -> None:
    path = fill(tmp_path, ["menu"])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(UnusableLibraryError, match="is damaged, its version is lost"), open_library(path):
        pass
    assert path.read_bytes() == before


def test_a_library_that_another_instance_makes_at_the_same_moment_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = database._application_and_version

    def made_once_read(db: sqlite3.Connection) -> tuple[int, int]:
        monkeypatch.setattr(database, "_application_and_version", read)
        before = read(db)
        with open_library(tmp_path / "library.sqlite"):
            return before

    monkeypatch.setattr(database, "_application_and_version", made_once_read)
    with open_library(tmp_path / "library.sqlite") as library:
        assert list(library.documents()) == []


@pytest.mark.parametrize("folder_mode", [0o555, 0o755])
def test_a_library_that_cannot_be_written_is_read(folder_mode: int) -> None:
    with TemporaryDirectory() as name:  # pytest's own is closed to other users
        folder = Path(name)
        path = fill(folder, ["menu"])
        path.chmod(0o444)
        folder.chmod(folder_mode)
        with without_privileges(), open_library(path, 0) as library:
            assert [library.load_analysis(document).document.id for document in library.documents()]
        sentence = "library.sqlite cannot be written: change its permissions or its folder's"
        with (
            without_privileges(),
            pytest.raises(UnusableLibraryError, match=sentence),
            open_library(path, 0) as library,
        ):
            library.remove([1])


def test_the_log_of_a_library_that_cannot_be_written_is_not_passed_over() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        copy = folder / "copy"
        copy.mkdir()
        with open_library(fill(folder, ["menu"])) as library:
            library.mark_opened(folder / "menu.txt")
            for suffix in ("", "-wal"):  # as they are left when the system fails
                (copy / f"library.sqlite{suffix}").write_bytes((folder / f"library.sqlite{suffix}").read_bytes())
        for path in (*copy.iterdir(), copy, folder):
            path.chmod(0o555)
        refused = pytest.raises(UnusableLibraryError, match="cannot be")
        with without_privileges(), refused, open_library(copy / "library.sqlite", 0):
            pass


@contextmanager
def without_privileges() -> Iterator[None]:
    """Be a user for whom permissions count."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_no_statement_numbers_its_placeholders() -> None:
    # Numbers are names to Python's sqlite3: it warns of a sequence of values from 3.12 on, and refuses it from 3.14 on.
    numbered = re.compile(r"[\s(=,]\?\d")
    sources = [path for folder in alliance_tui.__path__ for path in Path(folder).rglob("*.py")]
    assert sources
    assert not [path for path in sources if numbered.search(path.read_text(encoding="utf-8"))]
