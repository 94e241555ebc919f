"""Lists to pick from by typing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste

from alliance_tui.errors import UsageError
from alliance_tui.explorer.dialogs.path_picker import begun_anew
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.dialogs.prompt_screen import PromptScreen
from alliance_tui.explorer.screens.library_screen import LibraryScreen
from alliance_tui.explorer.widgets.query_bar import SingleLineInput
from alliance_tui.library.analysis_cache import AnalysisCache
from tests.support import builders
from tests.support.pilot import Drive, app_on, driving

TITLE = "Joint declaration on the cables between Norland and Westmark"


@pytest.mark.parametrize(("note", "is_whole"), [("2031-07-31", True), ("signed in the port of Haven", False)])
async def test_a_name_has_the_room_that_the_longest_note_leaves(note: str, is_whole: bool) -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.app.push_screen(
            PickerScreen("Documents", [Item("1", TITLE, note), Item("2", "Haven", "")], verb="open")
        )
        await drive.rest()
        shown = drive.shown("#items")
        assert (TITLE in shown) is is_whole
        assert note in shown


async def test_a_dialog_is_as_high_as_its_items_and_hides_no_more() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.app.push_screen(PickerScreen("Kind", [Item(each, each, "") for each in "abc"], verb="choose"))
        await drive.rest()
        assert drive.app.screen.query_one("#frame").size.height == 6  # input, gap, three items, keys
        await drive.type("b")
        assert drive.shown("#items").splitlines() == ["▸ b", ""]
        assert drive.app.screen.query_one("#frame").size.height == 6


async def test_a_prompt_without_suggestions_lists_nothing_and_says_what_is_wrong_with_a_value() -> None:
    def check(typed: str) -> str:
        if not typed.isdigit():
            raise UsageError("a number, please")
        return f"{int(typed):,} ships"

    async with driving(size=(80, 24)) as drive:
        await drive.app.push_screen(PromptScreen("Ships", "", check))
        await drive.rest()
        assert drive.app.screen.query_one("#frame").size.height == 3  # input, what it is, keys
        assert drive.shown("#checked") == " a number, please"
        await drive.type("1200")
        assert drive.shown("#checked") == " 1,200 ships"


async def test_a_prompt_lists_all_suggestions_while_one_of_them_is_typed() -> None:
    formats = [Item(each, each, "") for each in ("html", "csv", "json")]
    async with driving(size=(80, 24)) as drive:
        await drive.app.push_screen(PromptScreen("Export to", "haven.csv", suggestions=formats, separator="."))
        await drive.rest()
        assert drive.shown("#items").splitlines() == ["  html", "▸ csv", "  json"]
        await drive.press("down", "tab")
        assert drive.app.screen.query_one(SingleLineInput).value == "haven.json"
        await drive.press("backspace", "backspace")
        assert drive.shown("#items").splitlines() == ["▸ json", ""]


@pytest.mark.parametrize("columns", range(40, 96, 5))
async def test_no_key_is_cut(columns: int) -> None:
    async with driving(size=(columns, 24)) as drive:
        await drive.press("question_mark")
        keys = drive.shown("#dialog-keys")
        assert keys.split()[:2] == ["type", "find"]
        assert keys.strip().endswith("Esc close")
        assert drive.app.glyphs.ellipsis not in keys


@asynccontextmanager
async def adding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Drive]:
    """Open the prompt of `a` in the folder "work"; the folder "home" is the reader's, "else" another."""
    for name in ("work", "home", "else"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text("Norland will build a harbour.")
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(tmp_path / "library.sqlite"))) as drive:
        await drive.press("L", "a")
        yield drive


def last_name(drive: Drive) -> str:
    return drive.shown("#items").split()[-1]


@pytest.mark.parametrize("at", ["end", "home"])
@pytest.mark.parametrize("pasted", [False, True], ids=["typed", "pasted"])
@pytest.mark.parametrize(("path", "found"), [("{}/else/", "else.txt"), ("~/", "home.txt"), ("~/ho", "home.txt")])
async def test_an_absolute_path_or_one_of_home_replaces_the_folder_that_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, pasted: bool, path: str, found: str
) -> None:
    path = path.format(tmp_path)
    async with adding(tmp_path, monkeypatch) as drive:
        assert last_name(drive) == "work.txt"
        await drive.press(at)
        if pasted:
            drive.app.screen.post_message(Paste(path))
            await drive.rest()
        else:
            await drive.type(path)
        assert drive.shown("SingleLineInput").strip() == path
        assert last_name(drive) == found


async def test_other_names_are_typed_behind_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with adding(tmp_path, monkeypatch) as drive:
        await drive.type("../else/el")
        assert last_name(drive) == "else.txt"


async def test_a_pasted_path_that_ends_with_enter_adds_that_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also before its folder is listed: what is listed until then is all in the working folder."""
    async with adding(tmp_path, monkeypatch) as drive:
        drive.app.screen.post_message(Paste(f"{tmp_path}/else/else.txt"))
        await drive.pilot.press("enter")
        await drive.rest()
        assert "1 added" in drive.shown("#record")
        assert isinstance(drive.app.screen, LibraryScreen)
        assert [Path(each.path).name for each in drive.app.screen.state.documents.values()] == ["else.txt"]


@pytest.mark.parametrize(
    ("before", "typed", "cursor", "meant"),
    [
        ("/work/", "/work/a", 7, "/work/a"),
        ("/work/", "/work//", 7, "/"),
        ("/work/", "/work/~", 7, "~"),
        ("/work/", "/work/~anna", 11, "/work/~anna"),
        ("/work/", "//work/", 1, "/"),
        ("/work/a", "~/work/a", 1, "~"),
        ("/work/ab", "/work/a/b", 8, "/work/a/b"),
        ("/work/x/b", "/work//b", 6, "/work//b"),
        ("", "/", 1, "/"),
    ],
)
def test_what_is_typed_behind_or_before_a_path(before: str, typed: str, cursor: int, meant: str) -> None:
    assert begun_anew(before, typed, cursor) == meant
