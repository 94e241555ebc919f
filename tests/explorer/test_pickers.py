"""Lists to pick from by typing."""

from __future__ import annotations

import pytest

from alliance_tui.errors import UsageError
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.dialogs.prompt_screen import PromptScreen
from alliance_tui.explorer.widgets.query_bar import SingleLineInput
from tests.support.pilot import driving

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
