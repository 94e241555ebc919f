"""A document of two megabytes opens, is searched and is chosen in like a short one."""

from __future__ import annotations

import gc
import warnings

from alliance_tui.explorer.widgets.text_pane import TextView
from alliance_tui.explorer.workers.search_worker import SHORT_TEXT
from alliance_tui.highlighting import HighlightReason
from alliance_tui.records import Analysis, EntityType
from tests.support import builders
from tests.support.pilot import app_on, driving

SENTENCE = "Denmark and Portugal agreed to share radar pictures, and Lisbon will host the ninth round of talks. "
PARAGRAPH = SENTENCE * 5 + "\n"
END = "At the very end stands Reykjavik.\n"


def long_analysis() -> Analysis:
    """Two megabytes with some 12,000 mentions."""
    document = builders.document(PARAGRAPH * 4000 + END)
    denmark = builders.entity(document, "Denmark", EntityType.STATE)
    return Analysis(document, (denmark, builders.entity(document, "Reykjavik", EntityType.PLACE)), (), "test", "test")


async def test_the_end_is_one_key_away_and_the_beginning_another() -> None:
    async with driving(app_on(long_analysis())) as drive:
        assert len(drive.state.text) > 2_000_000 > SHORT_TEXT
        await drive.press("G")
        assert END.strip() in drive.shown("#text")
        await drive.press("g")
        assert drive.shown("#text").splitlines()[0].strip().startswith("Denmark and Portugal")


async def test_a_search_finds_its_way_to_the_end() -> None:
    async with driving(app_on(long_analysis())) as drive:
        await drive.search("reykjavic")
        await drive.press("enter")
        assert END.strip() in drive.shown("#text")
        assert "1/1" in drive.shown("#top")
        await drive.press("f")
        assert "4000 paragraphs folded" in drive.shown("#text")


async def test_of_two_queries_at_once_only_the_last_is_searched_for() -> None:
    async with driving(app_on(long_analysis())) as drive:
        await drive.press("slash")
        with warnings.catch_warnings(record=True, action="always") as caught:
            drive.screen.update_query("denmark")
            drive.screen.update_query("portugal")
            await drive.rest()
            gc.collect()
        assert drive.state.matches.query == "portugal"
        assert not [warning for warning in caught if "never awaited" in str(warning.message)]


async def test_all_mentions_of_a_choice_are_lit() -> None:
    async with driving(app_on(long_analysis())) as drive:
        await drive.press("tab", "tab", "enter")
        assert len(drive.highlighted(HighlightReason.SELECTED)) == 20_000
        await drive.press("escape")
        assert not drive.highlighted(HighlightReason.SELECTED)


async def test_a_key_that_changes_nothing_in_the_lists_makes_no_row_anew() -> None:
    async with driving(app_on(long_analysis())) as drive:
        await drive.search("denmark")
        screen = drive.screen
        rows, lights = screen.entities.records, screen.entities.highlights
        margin = screen.text_pane.view.agreements
        await drive.press("enter", "n")
        assert screen.entities.records is rows
        assert screen.entities.highlights is lights
        assert screen.text_pane.view.agreements is margin


async def test_the_matches_of_a_key_come_with_their_light() -> None:
    async with driving(app_on(long_analysis())) as drive:
        screen = drive.screen
        drawn: list[tuple[str, int]] = []
        show = screen.text_pane.show

        def _noted(view: TextView, *, reveal: tuple[int, int] | None = None) -> None:
            drawn.append((screen.state.matches.query, len(view.highlights.match_ticks)))
            show(view, reveal=reveal)

        screen.text_pane.show = _noted  # type: ignore[method-assign]
        await drive.search("r")
        await drive.type("eykja")
        assert all(bool(hits) == bool(query) for query, hits in drawn)
        assert drawn[-1] == ("reykja", 1)


async def test_a_letter_taken_back_brings_the_very_answer_that_was_there() -> None:
    async with driving(app_on(long_analysis())) as drive:
        await drive.search("denmar")
        matches = drive.state.matches
        await drive.press("k")
        await drive.rest()
        assert drive.state.matches.query == "denmark"
        await drive.press("backspace")
        await drive.rest()
        assert drive.state.matches is matches
