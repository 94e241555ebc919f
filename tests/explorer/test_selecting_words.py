"""Words of the text that are selected by keys or with the mouse: to add a record, to note, tag or copy them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from alliance_tui.explorer.rendering.theme import DARK, StyleRole
from alliance_tui.explorer.state.explorer_state import Pane, words_selected
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.review.record_changes import Judgement
from tests.support import builders
from tests.support.pilot import Drive, app_on, driving


@asynccontextmanager
async def reading(tmp_path: Path, word: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Drive]:
    """Open the sample document with the cursor on a word of its text."""
    cache = AnalysisCache(tmp_path / "library.sqlite")
    async with driving(app_on(builders.analysis(), cache=cache), size=size) as drive:
        await drive.search(word)
        await drive.press("enter")
        yield drive


def selected(drive: Drive) -> str:
    span = words_selected(drive.state)
    return drive.state.text[slice(*span)] if span else ""


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_key_selects_the_word_then_its_sentence_then_its_paragraph(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with reading(tmp_path, "kilometres", size) as drive:
        await drive.press("comma")
        assert selected(drive) == "kilometres"
        assert "1 word “kilometres”" in drive.shown("#record")
        cursor = DARK.style(StyleRole.CURSOR).bgcolor
        assert {style.bgcolor for style in drive.styles("#text", "kilometres")} == {cursor}
        assert cursor not in {style.bgcolor for style in drive.styles("#text", " of cable")}
        await drive.press("comma")
        assert selected(drive).startswith("The Atlantic Cable Protection Centre")
        assert selected(drive).endswith("40,000 kilometres of cable")
        await drive.press("comma")
        assert selected(drive).startswith("Portugal and Denmark agreed")
        await drive.press("comma")
        assert selected(drive).startswith("Portugal and Denmark agreed")
        await drive.press("escape")
        assert selected(drive) == ""
        assert drive.state.position.query


async def test_arrows_move_the_word_and_keys_move_the_ends(tmp_path: Path) -> None:
    async with reading(tmp_path, "Skadi") as drive:
        await drive.press("comma", "l", "l", "h")
        assert selected(drive) == "drones"
        await drive.press("less_than_sign", "greater_than_sign", "greater_than_sign", "left_curly_bracket")
        assert selected(drive) == "Skadi drones to the"
        await drive.press("right_curly_bracket", "shift+right", "shift+left", "shift+left")
        assert selected(drive) == "drones to"
        await drive.press("right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
        assert selected(drive) == "to"  # a word is left
        assert drive.state.selection is None


async def test_a_step_by_rows_passes_over_blank_ones_and_ends_at_the_last(tmp_path: Path) -> None:
    async with reading(tmp_path, "“new") as drive:
        await drive.press("comma", "down")
        first = selected(drive)
        assert first
        assert first in drive.state.text[drive.state.text.index("navies") :]
        await drive.press("up")
        assert selected(drive) == "new"
        await drive.press("shift+down")
        assert len(selected(drive).split()) > 8
        await drive.press("shift+up")
        assert len(selected(drive).split()) < 3
        await drive.press(*["down"] * 40)
        assert drive.state.text.rstrip().endswith(drive.state.text[words_selected(drive.state)[0] :].rstrip())  # type: ignore[index]


async def test_without_a_selection_shift_and_an_arrow_begin_one(tmp_path: Path) -> None:
    async with reading(tmp_path, "Leixões") as drive:
        await drive.press("shift+right", "shift+right")
        assert selected(drive) == "Leixões to"


async def test_the_selected_words_become_a_record_with_the_fields_that_they_suggest(tmp_path: Path) -> None:
    async with reading(tmp_path, '"Denmark will deliver"') as drive:
        await drive.press("comma", *["greater_than_sign"] * 4)
        assert selected(drive) == "Denmark will deliver four Skadi"
        assert drive.shown("#keys").strip().startswith("I add")
        await drive.press("I")
        assert "Correct: Deliver four Skadi" in drive.heading("#frame")
        await drive.press("escape")
        added = next(each for each in drive.state.analysis.agreements if each.rule == "reader")
        assert added.evidence.quote == "Denmark will deliver four Skadi"
        assert added.parties == ("Denmark",)
        assert "in place of “Deliver four Skadi drones" in drive.shown("#record")  # of the same words
        assert selected(drive) == ""
        review = drive.state.current_document.review
        assert review
        assert review.reviewed.judgement_of(added.id) is Judgement.ACCEPTED


async def test_selected_words_are_tagged_and_noted_whatever_record_is_chosen_and_let_go_of_elsewhere(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path, "Skadi") as drive:
        await drive.press("enter")  # the agreement or the entity is chosen
        assert drive.state.selection
        await drive.press("comma", "greater_than_sign", "number_sign")
        await drive.type("arms")
        await drive.press("enter", "semicolon")
        await drive.type("how many?")
        await drive.press("enter", "tab")
        assert words_selected(drive.state) is None
        assert drive.state.pane is Pane.AGREEMENTS
        review = drive.state.current_document.review
        assert review
        (passage,) = review.reviewed.passages
        assert (passage.quote, passage.marks.tags, passage.marks.notes) == ("Skadi drones", ("arms",), ("how many?",))


async def test_the_key_takes_over_what_the_mouse_selected(tmp_path: Path) -> None:
    async with reading(tmp_path, "Skadi") as drive:
        start = drive.state.text.index(" Skadi drones ")
        pane = drive.screen.text_pane
        drive.screen.selections = {pane: Selection(Offset(start, 0), Offset(start + len(" Skadi drones "), 0))}
        await drive.press("comma")
        assert selected(drive) == "Skadi drones"
        assert drive.screen.selections == {}
        await drive.press("comma")
        assert selected(drive).startswith("Denmark will deliver")


async def test_what_the_mouse_selected_is_added_where_it_is_though_the_same_words_come_before(tmp_path: Path) -> None:
    async with reading(tmp_path, "faith") as drive:
        text, pane = drive.state.text, drive.screen.text_pane
        start = text.rindex("Lisbon")
        drive.screen.selections = {pane: Selection(Offset(start, 0), Offset(start + len("Lisbon"), 0))}
        await drive.press("I", "escape")
        added = next(each for each in drive.state.analysis.agreements if each.rule == "reader")
        assert added.evidence.start == start
