"""Lists to pick from by typing."""

from __future__ import annotations

import pytest

from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
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


@pytest.mark.parametrize("columns", range(40, 96, 5))
async def test_no_key_is_cut(columns: int) -> None:
    async with driving(size=(columns, 24)) as drive:
        await drive.press("question_mark")
        keys = drive.shown("#dialog-keys")
        assert keys.split()[:2] == ["type", "find"]
        assert keys.strip().endswith("Esc close")
        assert drive.app.glyphs.ellipsis not in keys
