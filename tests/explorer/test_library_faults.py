"""A library that is locked, full or damaged while it is on the screen: a sentence, and all else goes on."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from alliance_tui.errors import LibraryError
from alliance_tui.explorer.screens import library_screen
from alliance_tui.explorer.screens.library_screen import LibraryScreen
from alliance_tui.explorer.workers.import_job import ImportJob
from alliance_tui.explorer.workers.library_worker import LibraryWorker
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.store import open_library
from tests.explorer.test_library import in_library, library, rows
from tests.support.pilot import Drive, app_on, driving
from tests.support.sample_library import PAGES, fill


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    return fill(tmp_path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a write lock on the library, as another process would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def opened(path: Path) -> dict[str, str | None]:
    """Return the time at which each document was opened, by the name of its file."""
    with open_library(path) as kept:
        return {Path(each.path).stem: each.opened for each in kept.documents()}


async def assert_responsive(drive: Drive) -> None:
    """Fail unless the screen still handles keys."""
    await drive.press("question_mark", "escape")
    assert isinstance(drive.app.screen, LibraryScreen)


def damage(path: Path) -> None:
    """Overwrite the file in place, as a failing disk does, except its first page."""
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))


async def test_a_document_is_shown_and_noted_as_opened(library_path: Path) -> None:
    async with in_library(library_path) as drive:
        await drive.press("enter")
        assert PAGES["talks"][0] in drive.shown("#top")
        await drive.press("L")
    assert {name for name, when in opened(library_path).items() if when} == {"talks"}


async def test_with_a_full_disk_a_document_is_shown_all_the_same(library_path: Path) -> None:
    with open_library(library_path) as kept:  # what SQLite says where the log cannot grow, without a disk to fill
        kept.db.execute(
            """CREATE TRIGGER full BEFORE UPDATE OF opened ON documents
            BEGIN SELECT raise(ABORT, 'database or disk is full'); END"""
        )
    async with in_library(library_path) as drive:
        await drive.press("enter")
        assert PAGES["talks"][0] in drive.shown("#top")
        await drive.press("L")
        await drive.search("radar")
        assert rows(drive) == ["copy", "radar", "talks"]
    assert not any(opened(library_path).values())


async def test_while_another_process_writes_all_can_be_read_at_once(library_path: Path) -> None:
    async with in_library(library_path) as drive:
        with locked(library_path):
            begun = time.monotonic()
            await drive.press("enter")
            assert PAGES["talks"][0] in drive.shown("#top")
            await drive.press("L")
            await drive.search("radar")
            assert rows(drive) == ["copy", "radar", "talks"]
            assert time.monotonic() - begun < 8  # with 30 seconds for the lock it was more
        await drive.press("escape", "enter")
    assert sum(bool(when) for when in opened(library_path).values()) == 1, "what is opened after that is noted again"


async def test_a_library_that_another_process_is_setting_up_is_reported_within_two_seconds(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    with locked(path):
        begun = time.monotonic()
        async with driving(app_on(cache=AnalysisCache(path))) as drive:
            assert time.monotonic() - begun < 4
            for place in ("#documents", "#record"):
                assert "new.sqlite is locked by another process: try again" in drive.shown(place)
            await assert_responsive(drive)


async def test_once_the_lock_is_gone_the_next_query_lists_the_documents(library_path: Path) -> None:
    with closing(sqlite3.connect(library_path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")  # without a log, not even reading is possible
        async with driving(app_on(cache=AnalysisCache(library_path))) as drive:
            assert "locked" in drive.shown("#documents")
            await drive.search("rad")
            assert "no answer" in drive.shown("#library-top")
            other.execute("ROLLBACK")
            await drive.type("ar")
            assert rows(drive) == ["copy", "radar", "talks"]
            await assert_responsive(drive)


async def test_once_the_lock_is_gone_the_documents_are_listed_by_themselves(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_screen, "RETRY_INTERVAL", 0.1)
    with closing(sqlite3.connect(library_path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        async with driving(app_on(cache=AnalysisCache(library_path))) as drive:
            assert "locked" in drive.shown("#documents")
            await assert_responsive(drive)
            other.execute("ROLLBACK")
            while "locked" in drive.shown("#documents"):
                await drive.pilot.pause(0.1)
            await drive.rest()
            assert len(rows(drive)) == len(PAGES)


async def test_a_file_damaged_while_it_is_open_is_reported_in_one_sentence(library_path: Path) -> None:
    async with in_library(library_path) as drive:
        with closing(sqlite3.connect(library_path)) as other:  # so that nothing is left to be read from the log
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        damage(library_path)
        for keys in (["enter"], ["slash", *"harbour", "enter"], ["e"], ["escape"]):
            await drive.press(*keys)
        assert "library.sqlite is damaged" in drive.shown("#record")
        assert "library check" in drive.shown("#record")
        await assert_responsive(drive)


async def test_with_a_damaged_row_the_explorer_starts_and_says_so(library_path: Path) -> None:
    with open_library(library_path) as kept:
        kept.db.execute("UPDATE documents SET title = CAST(x'ff' AS TEXT) WHERE title LIKE 'What%'")
    async with driving(app_on(cache=AnalysisCache(library_path))) as drive:
        assert "talks" in rows(drive) or "library check" in drive.shown("#documents")
        await assert_responsive(drive)


class _Broken:
    """A connection to a library that raises an error at every use."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> object:
        raise self._error


@pytest.mark.parametrize(
    "error",
    [
        sqlite3.OperationalError("disk I/O error"),
        sqlite3.DatabaseError("database disk image is malformed"),
        OSError(5, "Input/output error"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
        TypeError("a number where there was a title"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize(
    "keys",
    [
        ["enter"],
        ["j"],
        ["slash", *"party:o", "tab", "tab", "up", "enter"],
        ["s", "S"],
        ["e", *"ost", "enter"],
        ["r"],
        ["L", "L"],
    ],
    ids="".join,
)
async def test_whatever_fails_in_the_librarys_thread_no_key_ends_the_program(
    error: Exception, keys: list[str], library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library_path.with_name("menu.txt").write_text("changed")
    async with in_library(library_path, (120, 40)) as drive:
        assert len(rows(drive)) == len(PAGES)
        for name in ("_open_library", "_open_search"):
            monkeypatch.setattr(LibraryWorker, name, lambda thread: _Broken(error))
        await drive.press(*keys)
        await drive.press("escape", "escape")
        if not isinstance(drive.app.screen, LibraryScreen):
            await drive.press("L")
        await assert_responsive(drive)
        assert len(library(drive).state.documents) == len(PAGES), "what is known stays"


async def test_a_fault_of_the_entities_is_reported_in_their_list(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_library(library_path) as drive:
        monkeypatch.setattr(LibraryWorker, "_open_search", lambda thread: _Broken(OSError(5, "Input/output error")))
        await drive.press("e")
        assert "library.sqlite cannot be used" in drive.shown("#items")
        await drive.press("enter", "escape")
        await assert_responsive(drive)


async def test_an_import_that_cannot_be_started_is_reported(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_library(library_path) as drive:
        missing = (str(library_path.with_name("no-such-program")),)
        monkeypatch.setattr("alliance_tui.explorer.workers.import_job._COMMAND", missing)
        library(drive).import_files([library_path.parent])
        await drive.rest()
        assert "the adding cannot go on" in drive.shown("#record")
        await assert_responsive(drive)


async def test_an_import_into_a_locked_library_says_that_it_waits_and_can_be_stopped(library_path: Path) -> None:
    (library_path.parent / "new.txt").write_text("Le ministre a dit que les deux pays se sont mis d'accord sur la mer.")
    async with in_library(library_path) as drive:
        with locked(library_path):
            library(drive).import_files([library_path.parent / "new.txt"])
            while "library.sqlite is held by another process" not in drive.shown("#record"):
                await drive.pilot.pause(0.1)
            await drive.press("x")
            assert "Stopped" in drive.shown("#record")
            await assert_responsive(drive)


async def test_unreadable_output_of_an_import_is_reported(library_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    echo = shutil.which("echo")
    assert echo
    monkeypatch.setattr("alliance_tui.explorer.workers.import_job._COMMAND", (echo, "{"))
    with pytest.raises(LibraryError, match="cannot go on"):
        async for _ in ImportJob(library_path, [], None).run():
            pass
