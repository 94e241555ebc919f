"""The rows of the agreements pane: whole titles, parties, chips, and never wider than their column."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_tui.explorer.rendering.theme import DARK, PALETTES, StyleRole
from alliance_tui.records import Agreement, Amount, Analysis, EntityType, Strength
from tests.support import builders
from tests.support.pilot import app_on, driving

LONG = "Build ships of more than one size and of more than one kind by way of the council"
QUOTE = "Portugal agreed to build ships by July 2031 for 500 million dollars"
words = st.text(alphabet="ab 日本\u0301\u05e9\u05dc\u0627\u200dÉ(“", min_size=1, max_size=72)


def one_record(
    title: str, parties: tuple[str, ...] = ("Portugal",), *, confidence: float | None = None, amounts: float = 5e8
) -> Analysis:
    """Return the analysis of a text with one agreement of this title."""
    document = builders.document(f"{QUOTE}.\n")
    portugal = builders.entity(document, "Portugal", EntityType.STATE)
    record = builders.agreement(
        document, title, QUOTE, "build", strength=Strength.AGREED, parties=parties, deadline=("2031-07", "by July 2031")
    )
    from msgspec.structs import replace

    at = document.text.index("500")
    record = replace(record, amounts=(Amount(amounts, "USD", document.span(at, at + 19)),), confidence=confidence)
    return Analysis(document, (portugal,), (record,), "test", "test")


@pytest.mark.parametrize("size", [(100, 30), (120, 40), (200, 60)], ids=str)
async def test_a_long_title_is_whole(size: tuple[int, int]) -> None:
    async with driving(app_on(one_record(LONG)), size=size) as drive:
        assert LONG in " ".join(drive.shown("#agreements").replace("◉", "").split())
        assert drive.app.glyphs.ellipsis not in drive.shown("#agreements")


async def test_on_a_low_screen_the_title_under_the_cursor_is_whole() -> None:
    async with driving(app_on(builders.analysis()), size=(80, 24)) as drive:
        assert "Deliver four Skadi drones to the⋯ DK  2028" in drive.shown("#agreements")
        await drive.press("tab", "j", "j")
        assert "Deliver four Skadi drones to the Portuguese\n" in drive.shown("#agreements")


async def test_the_line_below_the_title_has_parties_amount_and_due_date_but_no_word_for_the_strength() -> None:
    async with driving(app_on(one_record(LONG))) as drive:
        shown = drive.shown("#agreements")
        details = next(line for line in shown.splitlines() if "Portugal" in line)
        assert details.split() == ["Portugal", "$500", "M", "by", "Jul", "2031"]
        assert "agreed" not in shown
        assert drive.styles("#agreements", "$500 M")[0].bgcolor == DARK.style(StyleRole.AMOUNT).bgcolor
        assert drive.styles("#agreements", "by Jul")[0].bgcolor == DARK.style(StyleRole.DUE).bgcolor


async def test_without_the_focus_a_low_pane_has_one_line_for_each_and_the_words_that_match_out_of_sight() -> None:
    async with driving(app_on(builders.analysis()), size=(80, 24)) as drive:
        lines = drive.shown("#agreements").splitlines()
        assert sum(line.endswith(("PT", "DK", "2027", "2028")) for line in lines) == 5
        await drive.press("tab", "shift+tab")
        assert drive.shown("#agreements").splitlines() == lines
        await drive.search("danish yards")
        assert "Danish yards”" in drive.shown("#agreements").splitlines()[1]


async def test_in_a_narrow_row_parties_are_known_by_their_codes() -> None:
    async with driving(app_on(one_record("Build ships", ("Portugal", "United States"))), size=(80, 24)) as drive:
        await drive.press("tab")
        assert "Portugal, US" in drive.shown("#agreements") or "Portugal, United" in drive.shown("#agreements")
    async with driving(app_on(builders.analysis()), size=(80, 24)) as drive:
        assert any(line.endswith("PT DK") for line in drive.shown("#agreements").splitlines())


async def test_a_record_of_low_confidence_says_so() -> None:
    async with driving(app_on(one_record(LONG, confidence=0.5))) as drive:
        assert "unsure" in drive.shown("#agreements")
    async with driving(app_on(one_record(LONG, confidence=0.9))) as drive:
        assert "unsure" not in drive.shown("#agreements")


async def test_during_a_query_parties_stay_and_the_quote_has_a_line_of_its_own() -> None:
    async with driving() as drive:
        await drive.search("danish yards")
        lines = drive.shown("#agreements").splitlines()
        row = next(number for number, line in enumerate(lines) if "Explore building" in line)
        assert "Portugal, Denmark" in lines[row + 1]
        assert "Danish yards”" in lines[row + 2]


async def test_a_match_that_the_title_shows_needs_no_line_more() -> None:
    async with driving() as drive:
        before = len(drive.shown("#agreements").splitlines())
        await drive.search("patrol vessels")
        assert "“" not in drive.shown("#agreements")
        assert len(drive.shown("#agreements").splitlines()) == before


@pytest.mark.parametrize("palette", PALETTES)
async def test_the_glyph_has_the_colour_of_the_strength(palette: str) -> None:
    async with driving(app_on(builders.analysis(), palette=PALETTES[palette])) as drive:
        glyph = drive.app.glyphs.strengths[Strength.COMMITTED]
        assert drive.styles("#agreements", glyph)[0].color == PALETTES[palette].strength_style(Strength.COMMITTED).color
        assert drive.styles("#text", glyph)[0].color == PALETTES[palette].strength_style(Strength.COMMITTED).color


@settings(max_examples=15, deadline=None)
@given(words, st.lists(words, max_size=5), st.integers(16, 140), st.integers(9, 40), st.floats(0, 1e15))
async def test_no_row_is_wider_than_its_column(
    title: str, parties: list[str], width: int, height: int, amount: float
) -> None:
    analysis = one_record(title, tuple(parties), confidence=0.4, amounts=amount)
    async with driving(app_on(analysis), size=(width, height)) as drive:
        await drive.press("tab")
        for query in ("", "portugal", "ships dollars"):
            if query:
                await drive.search(query)
                await drive.press("enter")
            pane = drive.screen.agreements
            records: tuple[Agreement, ...] = drive.state.analysis.agreements
            for strip in drive.strips("#agreements"):
                assert strip.cell_length == pane.size.width
            for record in records:
                drawn = pane._draw(record, 0)
                assert len(drawn) == pane.count_lines()[0]
                assert {strip.cell_length for strip in drawn} == {pane.inner_width}
