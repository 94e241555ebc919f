"""Whatever fails behind a document's screen is one sentence, and all else goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from alliance_tui.explorer.dialogs.path_picker import path_items
from alliance_tui.explorer.handlers import document_handlers
from alliance_tui.explorer.screens import document_screen
from alliance_tui.explorer.screens.query_screen import PROGRAM_FAULT
from alliance_tui.explorer.workers import search_worker
from tests.explorer.test_library import in_library
from tests.support import builders
from tests.support.pilot import Drive, app_on, driving
from tests.support.sample_library import fill

ERRORS = [
    (OSError(5, "Input/output error", "notes.txt"), "notes.txt cannot be used (Input/output error)"),
    (sqlite3.OperationalError("disk I/O error"), "A file cannot be used (disk I/O error)"),
    (KeyError("complete"), PROGRAM_FAULT),
    (RecursionError(), PROGRAM_FAULT),
]


@pytest.fixture(params=ERRORS, ids=lambda pair: type(pair[0]).__name__)
def error_and_sentence(request: pytest.FixtureRequest) -> tuple[Exception, str]:
    """An error, and what the reader is shown of it."""
    pair: tuple[Exception, str] = request.param
    return pair


async def assert_responsive(drive: Drive) -> None:
    """Fail unless the screen still handles keys."""
    await drive.press("question_mark", "escape")
    assert drive.app.screen is drive.screen


def raising(error: Exception) -> object:
    def run(*_: object, **__: object) -> None:
        raise error

    return run


async def test_a_search_that_fails(error_and_sentence: tuple[Exception, str], monkeypatch: pytest.MonkeyPatch) -> None:
    error, sentence = error_and_sentence
    app = app_on(builders.analysis())
    app.debug_faults = False
    async with driving(app) as drive:
        monkeypatch.setattr("alliance_tui.search.engine.search", raising(error))
        await drive.search("radar")
        assert sentence in drive.shown("#record")
        await drive.press("enter")
        monkeypatch.undo()
        await drive.press("slash", "backspace")
        assert drive.state.matches.active
        assert not drive.state.matches.problems
        await drive.press("escape")
        await assert_responsive(drive)


async def test_a_search_in_a_long_text_that_fails(
    error_and_sentence: tuple[Exception, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    error, sentence = error_and_sentence
    app = app_on(builders.analysis())
    app.debug_faults = False
    monkeypatch.setattr(search_worker, "SHORT_TEXT", 1)
    monkeypatch.setattr(document_screen, "SHORT_TEXT", 1)
    async with driving(app) as drive:
        monkeypatch.setattr("alliance_tui.search.engine.search", raising(error))
        await drive.search("radar")
        assert sentence in drive.shown("#record")
        monkeypatch.setattr(document_screen, "highlights_for", raising(error))
        await drive.press("escape", "tab", "j")
        await assert_responsive(drive)


async def test_an_analysis_that_fails(
    error_and_sentence: tuple[Exception, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    error, sentence = error_and_sentence

    async def extracted(*_: object) -> AsyncGenerator[object, None]:
        raise error
        yield

    monkeypatch.setattr(document_screen, "extracted", extracted)
    app = app_on(unread=[builders.document()])
    app.debug_faults = False
    async with driving(app, size=(160, 40)) as drive:
        assert sentence in " ".join((drive.shown("#agreements") + drive.shown("#record")).split())
        assert "Defence ministers" in drive.shown("#text")
        await assert_responsive(drive)


@pytest.mark.parametrize("keys", [[], ["L"]], ids=["document", "library"])
async def test_a_command_that_fails(
    error_and_sentence: tuple[Exception, str], keys: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    error, sentence = error_and_sentence
    monkeypatch.setattr("alliance_tui.explorer.presenters.help_pages.QUERY_PAGE", None)
    async with in_library(fill(tmp_path)) as drive:
        drive.app.debug_faults = False
        if not keys:
            await drive.press("enter")
        monkeypatch.setattr(type(drive.app), "action_redraw", raising(error))
        await drive.app.screen.run_action("perform('redraw')")
        await drive.rest()
        assert sentence in drive.shown("#record")


async def test_with_debug_a_fault_of_the_program_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise KeyError("fault")

    monkeypatch.setitem(document_handlers.HANDLERS, "theme", fail)
    with pytest.raises(KeyError, match="fault"):
        async with driving() as drive:
            await drive.press("t")


@pytest.mark.parametrize("typed", ["a" * 300 + "/", "/" + "a/" * 3_000, "x\0y/", "~" * 300 + "/"])
def test_a_path_that_no_folder_can_have_lists_nothing(typed: str) -> None:
    assert path_items(typed) == []


async def test_without_a_working_folder_paths_start_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    async with in_library(fill(tmp_path)) as drive:
        monkeypatch.chdir(folder)
        folder.rmdir()
        await drive.press("a")
        assert drive.app.screen.query_one("SingleLineInput").value == f"{Path.home()}/"  # type: ignore[attr-defined]
