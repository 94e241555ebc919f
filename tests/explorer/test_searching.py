"""Each key of a query lights what it matches in all three panes."""

from __future__ import annotations

import pytest

from alliance_tui.explorer.rendering.theme import DARK, StyleRole
from alliance_tui.explorer.state.explorer_state import DisplayMode, Pane
from alliance_tui.highlighting import HighlightReason
from alliance_tui.records import Analysis, EntityType, Strength
from tests.support import builders
from tests.support.pilot import Drive, app_on, driving

MATCH = DARK.style(StyleRole.MATCH).bgcolor


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_word_with_a_typo_is_lit_in_the_text_and_among_the_entities(size: tuple[int, int]) -> None:
    async with driving(size=size) as drive:
        await drive.search("portugla")

        assert set(drive.highlighted(HighlightReason.MATCH)) == {"Portugal", "Portuguese"}
        assert drive.styles("#text", "Portugal")[0].bgcolor == MATCH
        assert drive.styles("#entities", "Portugal")[0].bgcolor == MATCH
        assert drive.heading("#entities").endswith("Entities 1/9")


async def test_the_matched_letters_of_an_agreement_are_lit() -> None:
    async with driving() as drive:
        await drive.search("undersea cab")
        assert drive.styles("#agreements", "undersea")[0].bgcolor == MATCH
        assert drive.heading("#agreements").endswith("Agreements 1/5")


async def test_an_alias_that_matches_stands_before_the_name() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.search("acpc")
        assert drive.styles("#entities", "ACPC")[0].bgcolor == MATCH


CENTRE = "Atlantic Cable Protection and Coordination Centre (ACPC) council"


async def test_of_the_other_names_that_match_the_shortest_stands_first_and_rows_do_not_move() -> None:
    document = builders.document("The Tern secretariat for cables, or Tern secretariat, met in Porto.\n")
    name = "Joint Centre for All Matters of Undersea Cables"
    records = (
        builders.entity(document, name, EntityType.BODY, "Tern secretariat for cables", "Tern secretariat"),
        builders.entity(document, "Porto", EntityType.PLACE),
    )
    async with driving(app_on(Analysis(document, records, (), "test", "test")), size=(80, 24)) as drive:
        before = [line.split()[:1] for line in drive.shown("#entities").splitlines()]
        await drive.search("secretar")
        shown = drive.shown("#entities")
        assert "✧ Tern secretariat  Joint" in shown
        assert drive.styles("#entities", "secretar")[0].bgcolor == MATCH
        assert before[2] == [drive.app.glyphs.entities[EntityType.PLACE]] == shown.splitlines()[2].split()[:1]
        await drive.press("enter", "tab", "tab")
        assert f"Tern secretariat {name}" in " ".join(
            word for word in drive.shown("#entities").split() if word.isalpha()
        )


@pytest.mark.parametrize("query", ["acpc", "council", "zugspitze", "porto", "july 2031"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)], ids=str)
async def test_wherever_a_record_matches_its_row_shows_the_lit_characters(query: str, size: tuple[int, int]) -> None:
    quote = (
        f"Portugal agreed to build, by way of the {CENTRE} and in the\nport of Porto, the ship Zugspitze by July 2031"
    )
    document = builders.document(f"{quote}.\n")
    body = builders.entity(document, CENTRE, EntityType.BODY)
    record = builders.agreement(
        document,
        "Build ships of more than one size and of more than one kind by way of the council",
        quote,
        "build",
        strength=Strength.AGREED,
        parties=("Portugal", CENTRE),
        deadline=("2031-07", "by July 2031"),
        cues=("agreed to",),
    )
    async with driving(app_on(Analysis(document, (body,), (record,), "test", "test")), size=size) as drive:
        await drive.search(query)
        found = drive.state.matches
        assert found.agreements
        for pane, matches in (("#agreements", found.agreements), ("#entities", found.entities)):
            lit = [
                segment
                for strip in drive.strips(pane)
                for segment in strip
                if segment.style and segment.style.bgcolor == MATCH
            ]
            assert bool(lit) is bool(matches), drive.shown(pane)
        await drive.press("enter", "tab")
        lit = [segment for segment in drive.strips("#record")[0] if segment.style and segment.style.bgcolor == MATCH]
        assert lit, drive.shown("#record")
        assert "\n" not in drive.strips("#record")[0].text


async def test_what_matches_out_of_sight_is_quoted_in_the_row() -> None:
    async with driving() as drive:
        await drive.search("danish yards")
        assert drive.styles("#agreements", "Danish")[0].bgcolor == MATCH


async def test_enter_goes_to_the_first_match_and_n_on_and_back_in_reading_order() -> None:
    async with driving() as drive:
        await drive.search("lisbon")
        await drive.press("enter")
        starts = [drive.state.position.offset]
        assert "1/3" in drive.shown("#top")
        await drive.press("n")
        starts.append(drive.state.position.offset)
        assert "2/3" in drive.shown("#top")
        await drive.press("n")
        starts.append(drive.state.position.offset)

        assert starts == sorted(starts)
        assert [drive.state.text[at : at + 6] for at in starts] == ["Lisbon"] * 3
        await drive.press("N")
        assert drive.state.position.offset == starts[1]
        await drive.press("n", "n")
        assert drive.state.position.offset == starts[0]


async def test_escape_closes_the_query_line_and_restores_the_place() -> None:
    async with driving(size=(80, 24)) as drive:
        before = drive.shown("#text")
        await drive.search("maintenance")
        assert drive.shown("#text") != before
        await drive.press("escape")

        assert not drive.state.typing
        assert drive.state.position.query == ""
        assert drive.shown("#text") == before
        assert not drive.highlighted(HighlightReason.MATCH)


async def test_escape_clears_step_by_step() -> None:
    async with driving() as drive:
        await drive.search("port")
        await drive.press("enter", "tab", "enter", "f")
        assert drive.state.selection

        await drive.press("escape")
        assert drive.state.selection is None
        assert drive.state.position.query == "port"
        await drive.press("escape")
        assert drive.state.position.query == ""
        assert drive.state.display_mode is DisplayMode.FILTER
        await drive.press("escape")
        assert drive.state.display_mode is DisplayMode.HIGHLIGHT


async def test_a_choice_narrows_a_query_further() -> None:
    async with driving() as drive:
        await drive.search("denmark")
        await drive.press("enter", "tab")
        await drive.press("enter")
        assert drive.state.selection
        assert drive.highlighted(HighlightReason.MATCH)
        assert drive.highlighted(HighlightReason.SELECTED)


async def test_the_filter_folds_the_text_to_what_matches_and_unfolds_at_the_same_place() -> None:
    async with driving() as drive:
        await drive.search("skadi")
        await drive.press("enter")
        before = drive.shown("#text")
        await drive.press("f")

        shown = drive.shown("#text")
        assert "Denmark will deliver" in shown
        assert "folded" in shown
        assert "Defence ministers" not in shown
        assert "rest hidden" in drive.shown("#top")
        assert drive.shown("#entities").split()[:2][-1] == "Systems" or "Skadi" in drive.shown("#entities")
        assert "Portugal" not in drive.shown("#entities")
        await drive.press("f")
        assert drive.shown("#text") == before


async def test_what_was_filtered_unfolds_around_the_point() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.search("maintenance")
        await drive.press("enter", "f", "escape", "escape")
        assert drive.state.display_mode is DisplayMode.HIGHLIGHT
        assert "maintenance" in drive.shown("#text")


async def test_stepping_back_brings_the_row_stood_on_into_view() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.search("porto")
        await drive.press("enter", "tab", "tab", "enter")
        row = drive.state.focused_entity
        await drive.press("escape", "escape", "G", "u", "u")
        assert drive.state.focused_entity == row
        assert "▸" in drive.shown("#entities")


async def test_earlier_queries_come_back_with_the_arrow_keys() -> None:
    async with driving() as drive:
        for query in ("lisbon", "cables"):
            await drive.search(query)
            await drive.press("enter", "escape")
        await drive.press("slash", "up")
        assert drive.state.position.query == "cables"
        await drive.press("up")
        assert drive.state.position.query == "lisbon"
        await drive.press("down")
        assert drive.state.position.query == "cables"


async def test_tab_completes_a_field() -> None:
    async with driving() as drive:
        await drive.search("par")
        await drive.press("tab")
        assert drive.state.position.query == "party:"
        assert drive.state.typing


async def test_tab_goes_on_to_the_next_value_and_round_again() -> None:
    async with driving() as drive:
        await drive.search("strength:")
        offered = [each.display_text for each in drive.state.completions]
        assert len(offered) > 1
        taken = []
        for _ in range(len(offered) + 1):
            await drive.press("tab")
            taken.append(drive.state.position.query)
        assert taken == [f"strength:{value} " for value in (*offered, offered[0])]


async def test_what_may_follow_is_offered_as_it_is_typed() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.search("nato part")
        assert drive.shown("#record").split() == ["Tab", "party:"]
        await drive.press("tab")
        assert "Portugal" in drive.shown("#record")
        await drive.type("den")
        assert drive.shown("#record").split()[:2] == ["Tab", "Denmark"]
        await drive.press("enter")
        assert "Tab" not in drive.shown("#record")


async def test_an_unfinished_field_asks_nothing_and_blanks_nothing() -> None:
    async with driving() as drive:
        await drive.search("lisbon")
        lit = drive.highlighted(HighlightReason.MATCH)
        await drive.type(" party:")
        assert drive.highlighted(HighlightReason.MATCH) == lit
    async with driving() as drive:
        await drive.search("party:")
        assert "no match" not in drive.shown("#top")
        assert not drive.screen.highlights.text_dimmed


async def test_the_mode_is_named_whenever_something_is_asked_or_chosen() -> None:
    async with driving(size=(80, 24)) as drive:
        assert "rest" not in drive.shown("#top")
        await drive.search("lisbon")
        assert "rest dimmed" in drive.shown("#top")
        await drive.press("enter", "f")
        assert "rest hidden" in drive.shown("#top")
        await drive.press("f", "escape", "tab", "enter")
        assert drive.state.selection
        assert "rest dimmed" in drive.shown("#top")


async def test_the_query_is_copied_out_as_the_command_line_takes_it() -> None:
    async with driving() as drive:
        await drive.search("party:denmark 'ship")
        await drive.press("enter")
        await drive.press("c")
        assert drive.app.clipboard == "party:denmark 'ship"
        assert "Copied the query: party:denmark 'ship" in drive.shown("#record")


async def test_stepping_back_brings_the_query_back() -> None:
    async with driving() as drive:
        await drive.search("lisbon")
        await drive.press("enter", "escape")
        assert drive.state.position.query == ""
        await drive.press("u")
        assert drive.state.position.query == "lisbon"
        assert drive.highlighted(HighlightReason.MATCH)


async def test_a_query_may_be_given_at_the_start() -> None:
    async with driving(app_on(builders.analysis(), query="lisbon")) as drive:
        assert drive.highlighted(HighlightReason.MATCH) == ["Lisbon"] * 3
        assert "lisbon" in drive.shown("#top")


async def test_hits_and_places_of_the_chosen_record_have_marks_of_different_shape() -> None:
    async with driving() as drive:
        await drive.search("nato")
        await drive.press("enter")
        marks = {strip.text[-2] for strip in drive.strips("#text")}
        assert drive.app.glyphs.match_tick in marks
        await drive.press("tab", "tab", "down", "enter")
        marks = {strip.text[-2] for strip in drive.strips("#text")}
        assert drive.app.glyphs.selection_tick in marks


async def test_the_minimap_shows_where_agreements_are_and_how_firm() -> None:
    async with driving(size=(200, 60)) as drive:
        marks = [strip.crop(strip.cell_length - 2, strip.cell_length - 1) for strip in drive.strips("#text")]
        heat = [next(iter(mark)) for mark in marks if mark.text in drive.app.glyphs.heat]
        firmest = {DARK.strength_style(Strength.AGREED).color, DARK.strength_style(Strength.COMMITTED).color}
        assert firmest <= {segment.style.color for segment in heat if segment.style}
        assert len(heat) >= 4


async def test_a_query_leaves_the_agreements_in_the_minimap_and_another_size_moves_them() -> None:
    def _marks(drive: Drive) -> dict[int, str]:
        texts = {row: strip.text[-2] for row, strip in enumerate(drive.strips("#text"))}
        return {row: mark for row, mark in texts.items() if mark in drive.app.glyphs.heat}

    async with driving(size=(80, 24)) as drive:
        in_low_pane = _marks(drive)
    async with driving(size=(200, 60)) as drive:
        in_high_pane = _marks(drive)
        await drive.search("zzzz")
        assert _marks(drive) == in_high_pane != in_low_pane
        await drive.press("escape")
        await drive.pilot.resize_terminal(80, 24)
        await drive.rest()
        assert _marks(drive) == in_low_pane


async def test_a_pasted_flood_is_cut_and_does_no_harm() -> None:
    async with driving() as drive:
        await drive.press("slash")
        from textual.events import Paste

        assert drive.app.screen.focused
        drive.app.screen.focused.post_message(Paste("\x1b]52;c;AAAA\x07[/bold] " + "x" * 10_000))
        await drive.rest()
        assert 0 < len(drive.state.position.query) <= 500
        assert "\x1b" not in drive.state.position.query
        await drive.press("escape")
        assert drive.state.pane is Pane.TEXT


async def test_the_bottom_line_tells_what_is_missing_and_that_a_place_is_only_the_nearest() -> None:
    async with driving() as drive:
        await drive.search("portugal lawsuit")
        assert "no “lawsuit” here; showing “portugal”" in drive.shown("#record")
    async with driving() as drive:
        await drive.search("skadi duarte ")
        assert "no passage has all words" in drive.shown("#record")
        assert "nearest" in drive.shown("#top")


async def test_the_bottom_line_tells_why_another_word_matches() -> None:
    async with driving() as drive:
        await drive.search("portuguese republic navy")
        await drive.press("ctrl+u")
        await drive.type("nvay")
        assert "about “Navy”" in drive.shown("#record")
        await drive.press("ctrl+u")
        await drive.type("denmark dornes")
        assert "about “drones”" in drive.shown("#record"), "of several words, the one that is not plain"
