"""One registry makes the keys, the key bar, the help and the commands."""

from __future__ import annotations

import base64
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.documents.sanitise import sanitise, sanitise_line
from alliance_tui.explorer.commands.registry import (
    COMMANDS,
    COMMANDS_BY_ID,
    CommandScope,
    key_bar_commands,
    works_in_library,
)
from alliance_tui.explorer.presenters import document_presenter
from alliance_tui.explorer.rendering.glyphs import UNICODE
from alliance_tui.explorer.rendering.strips import KEYS_GAP, parts_width
from alliance_tui.explorer.rendering.theme import DARK
from alliance_tui.explorer.state import transitions
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument, Pane, Position
from alliance_tui.highlighting import RecordKind, SelectedRecord
from alliance_tui.records import Analysis, Document
from alliance_tui.terminal.capabilities import Capabilities, Multiplexer
from tests.support import builders
from tests.support.pilot import app_on, driving


def test_no_key_means_two_things_at_one_place() -> None:
    in_query = [action for action in COMMANDS if action.scope is CommandScope.QUERY]
    in_library = [action for action in COMMANDS if works_in_library(action)]
    elsewhere = [action for action in COMMANDS if action.scope not in (CommandScope.QUERY, CommandScope.LIBRARY)]
    for actions in (in_query, in_library, elsewhere):
        keys = Counter(key for action in actions for key in action.keys)
        assert [key for key, count in keys.items() if count > 1] == []


def test_every_chord_has_a_plain_key_beside_it() -> None:
    alone = [action.id for action in COMMANDS if all("ctrl+" in key or "shift+" in key for key in action.keys)]
    ends_of_words = {"select_on", "select_back", "select_down", "select_up"}  # which > < and the comma move, too
    assert set(alone) <= {"previous_pane", "redraw", "interrupt"} | ends_of_words


# What a reader may have done before looking at the key bar: everything useful at once, and nothing at all.
DEEDS = [
    [],
    ["tab"],
    ["tab", "enter"],
    ["tab", "tab", "j", "enter", "tab"],
    ["slash", *"lisbon", "enter"],
    ["slash", *"lisbon", "enter", "tab", "enter", "f", "tab"],
    ["slash", *"lisbon", "enter", "tab", "enter", "f", "tab", "tab"],
]


@pytest.mark.parametrize("keys", DEEDS, ids=" ".join)
@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (100, 30), (120, 40), (200, 60)], ids=str)
async def test_the_key_bar_tells_search_help_and_quit_whatever_else_is_useful(
    size: tuple[int, int], keys: list[str]
) -> None:
    async with driving(app_on(builders.analysis(), unread=[builders.document("Another.")]), size=size) as drive:
        await drive.press(*keys)
        bar = drive.shown("#keys")
        assert bar.startswith(" / search")
        assert bar.endswith("? help  q quit")
        assert drive.app.glyphs.ellipsis not in bar
        assert size[0] < 80 or not drive.state.selection or "y copy" in bar


@given(width=st.integers(28, 240), agreement=st.booleans(), query=st.booleans(), pane=st.sampled_from(Pane))
def test_the_key_bar_holds_as_much_as_fits_the_best_first(width: int, agreement: bool, query: bool, pane: Pane) -> None:
    state = ExplorerState(
        (OpenDocument(builders.analysis(), AnalysisStage.DONE),), Position(query="x" * query), pane=pane
    )
    if agreement:
        state = transitions.select(state, SelectedRecord(RecordKind.AGREEMENT, state.analysis.agreements[0].id))
    left, right = document_presenter.key_line(
        state, width, document_presenter.LineStyler(DARK, UNICODE, COMMANDS_BY_ID)
    )
    assert parts_width(left) + len(KEYS_GAP) + parts_width(right) <= width
    shown = [f"{key}{label}" for key, label in zip(*[(text for text, _ in left if text != KEYS_GAP)] * 2, strict=True)]
    useful = [
        f"{command.first_key} {command.label}"
        for command in key_bar_commands(state, COMMANDS)
        if command.id not in document_presenter.RIGHT_ALIGNED_COMMANDS
    ]
    assert shown == [hint for hint in useful if hint in shown]
    assert shown[0] == "/ search"
    free = width - parts_width(left) - parts_width(right) - 2 * len(KEYS_GAP)
    assert all(len(hint) > free for hint in useful if hint not in shown)


async def test_the_lines_follow_a_resize_before_the_next_key() -> None:
    async with driving(size=(120, 40)) as drive:
        await drive.pilot.resize_terminal(40, 12)
        await drive.rest()
        assert drive.shown("#keys").endswith("? help  q quit")


async def test_while_there_are_labels_the_key_bar_tells_to_type_one() -> None:
    async with driving() as drive:
        await drive.press("s")
        assert "type a label" in drive.shown("#keys")
        assert "quit" not in drive.shown("#keys")


@pytest.mark.parametrize("keys", [["question_mark"], ["tab", "d"]])
async def test_a_dialog_tells_how_to_close_it_however_narrow(keys: list[str]) -> None:
    async with driving(size=(40, 12)) as drive:
        await drive.press(*keys)
        assert "Esc close" in drive.shown("#dialog-keys")


async def test_the_key_bar_tells_only_what_would_do_something() -> None:
    async with driving() as drive:
        assert "next match" not in drive.shown("#keys")
        assert "back" not in drive.shown("#keys")
        await drive.search("lisbon")
        assert "first match" in drive.shown("#keys")
        assert "quit" not in drive.shown("#keys")
        await drive.press("enter")
        assert "n next match" in drive.shown("#keys")
        assert "u back" in drive.shown("#keys")


async def test_the_help_lists_the_keys_of_the_pane_and_is_searched_by_key_and_by_name() -> None:
    async with driving(size=(100, 50)) as drive:
        await drive.press("question_mark")
        assert "] Right l" in drive.shown("#items")
        await drive.type("citation")
        assert drive.shown("#items").startswith("▸ Y")
        assert len(drive.shown("#items").strip().splitlines()) == 1
        await drive.press("escape", "tab", "question_mark")
        assert "] Right l" not in drive.shown("#items")


async def test_a_command_is_found_by_name_and_carried_out() -> None:
    async with driving() as drive:
        await drive.press("colon")
        await drive.type("alone")
        await drive.press("enter")
        assert drive.state.zoomed


async def test_copying_gives_the_quote_and_the_citation() -> None:
    async with driving() as drive:
        await drive.press("tab", "y")
        quote = drive.agreement("Create").evidence.quote
        assert drive.app.clipboard == quote
        assert "Copied the quote" in drive.shown("#record")
        await drive.press("Y")
        assert drive.app.clipboard == (f"“{quote}” (Portugal and Denmark join forces at sea, 2026-03-02, paragraph 2)")
        await drive.press("j")
        assert "Copied" not in drive.shown("#record")


@pytest.mark.parametrize("key", ["y", "Y"])
@pytest.mark.parametrize("multiplexer", [None, *Multiplexer])
async def test_what_is_copied_goes_to_the_terminal_cleaned(
    key: str, multiplexer: Multiplexer | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = "\x1b]52;c;QUFBQQ==\x07\u202e"
    document = Document.from_text(f"Portugal{hostile} agreed to meet.\n", title=hostile, path=hostile)
    record = builders.agreement(document, "Meet", document.text.strip(), "meet")
    app = app_on(Analysis(document, (), (record,), "test", "test"))
    app.capabilities = Capabilities(multiplexer=multiplexer)
    async with driving(app) as drive:
        written: list[str] = []
        monkeypatch.setattr(drive.app._driver, "write", written.append)
        await drive.press("tab", key)
        sequence = "".join(each for each in written if "]52;" in each)
        envelope = {None: "\x1b]52;", "tmux": "\x1bPtmux;\x1b\x1b]52;", "screen": "\x1bP\x1b]52;"}[multiplexer]
        assert envelope in sequence
        copied = base64.b64decode(re.findall(r"52;c;([A-Za-z0-9+/=]+)", sequence)[0]).decode()
        assert copied == sanitise(copied)
        assert sanitise_line(hostile) in copied
        assert sanitise_line(hostile) in drive.shown("#record")


async def test_text_selected_by_mouse_is_copied_as_it_stands_in_the_document() -> None:
    async with driving() as drive:
        rows, margin = drive.shown("#text").splitlines(), drive.screen.text_pane.left_margin
        first = next(y for y, line in enumerate(rows) if "Portugal and Denmark agreed" in line)
        await drive.pilot.mouse_down("#text", offset=(margin + 1, first + 1))
        await drive.pilot.hover("#text", offset=(margin + 8, first + 2))
        await drive.pilot.mouse_up("#text", offset=(margin + 8, first + 2))
        await drive.rest()
        await drive.press("y")
        assert drive.app.clipboard.startswith("Portugal and Denmark agreed")
        assert drive.app.clipboard in drive.state.text
        assert "\n" not in drive.app.clipboard
        assert drive.state.selection is None


async def test_a_title_is_whole_where_its_date_has_no_room() -> None:
    analysis = builders.analysis()
    title = analysis.document.title.ljust(60, "e")
    long = replace(analysis, document=replace(analysis.document, title=title, date="2024-01-09"))
    async with driving(app_on(long), size=(len(title) + 4, 24)) as drive:
        assert drive.shown("#top").strip() == title
    async with driving(app_on(long), size=(120, 24)) as drive:
        assert "2024-01-09" in drive.shown("#top")


async def test_another_document_is_opened_from_the_list_and_left_by_stepping_back() -> None:
    async with driving(app_on(builders.analysis(), builders.analysis(builders.document(title="Third")))) as drive:
        assert "document 1 of 2" in drive.shown("#top")
        await drive.press("o")
        await drive.type("third")
        await drive.press("enter")
        assert "Third" in drive.shown("#top")
        await drive.press("u")
        assert "Portugal and Denmark" in drive.shown("#top")


async def test_the_colours_change_and_come_round() -> None:
    async with driving() as drive:
        names = [drive.app.palette.name]
        await drive.press("t")
        for _ in range(4):
            await drive.press("down")
            names.append(drive.app.palette.name)
        await drive.press("escape")
        names.append(drive.app.palette.name)
        assert names == ["dark", "light", "high-contrast", "ansi", "plain", "dark"]


async def test_every_pane_is_reached_forwards_and_backwards() -> None:
    async with driving() as drive:
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            await drive.press(key)
            seen.append(drive.state.pane)
        assert seen == [Pane.AGREEMENTS, Pane.ENTITIES, Pane.TEXT, Pane.ENTITIES]


async def test_quitting_ends_the_app_with_success() -> None:
    async with driving() as drive:
        await drive.pilot.press("q")
        assert drive.app.return_value == 0


async def test_control_c_copies_what_is_selected_and_else_leaves() -> None:
    async with driving() as drive:
        margin = drive.screen.text_pane.left_margin
        await drive.pilot.mouse_down("#text", offset=(margin + 1, 1))
        await drive.pilot.hover("#text", offset=(margin + 8, 1))
        await drive.pilot.mouse_up("#text", offset=(margin + 8, 1))
        await drive.press("ctrl+c")
        assert drive.app.clipboard == "Defence"
    async with driving() as drive:
        await drive.pilot.press("ctrl+c")
        assert drive.app.return_value == 0


async def test_the_mouse_wheel_scrolls_each_pane() -> None:
    from textual.events import MouseScrollDown

    async with driving(size=(80, 24)) as drive:
        for pane in (drive.screen.text_pane, drive.screen.entities):
            await drive.pilot._post_mouse_events([MouseScrollDown], pane, offset=(5, 3), button=0)
            await drive.rest()
            assert pane.scroll_offset.y > 0


async def test_the_terminal_cursor_stands_where_the_reader_does() -> None:
    async with driving() as drive:
        await drive.press("]")
        text = drive.screen.text_pane
        x, y = text.cursor_screen_offset - text.content_region.offset
        assert drive.shown("#text").splitlines()[y][x:].startswith("Ana Duarte")
        await drive.press("tab", "j")
        pane = drive.screen.agreements
        _, y = pane.cursor_screen_offset - pane.content_region.offset
        assert "Explore building" in drive.shown("#agreements").splitlines()[y]
