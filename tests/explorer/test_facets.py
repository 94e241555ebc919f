"""The agreements are summed up in a line, and narrowed by their strength, parties, due dates and fields."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.explorer.presenters.facets import facet_rows, facets, first_due, split_terms, toggled
from alliance_tui.explorer.rendering.chips import due_label
from alliance_tui.explorer.screens.document_screen import DocumentScreen
from alliance_tui.explorer.state.explorer_state import DisplayMode, Pane
from alliance_tui.explorer.widgets.facets_pane import LEAD_WIDTH
from alliance_tui.records import Analysis, Strength
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import NO_MATCHES
from tests.explorer.test_agreement_rows import one_record, words
from tests.support import builders
from tests.support.pilot import app_on, driving
from tests.support.sample_analysis import sample_analysis

ANALYSIS = builders.analysis()


def test_the_counts_are_those_of_the_records() -> None:
    counts = {facet.term: facet.count for facet in facets(ANALYSIS, NO_MATCHES)}
    assert counts["strength:committed"] == 2
    assert counts["party:denmark"] == 4
    assert counts["by:2027"] == 1
    assert counts["by:2028"] == 2
    assert counts["domain:defence-industry"] == 3
    assert counts['said:"mikkel holm"'] == 1


def test_each_facet_finds_as_many_agreements_as_it_counts() -> None:
    analysis = sample_analysis()
    index = SearchIndex.build(analysis.document.text, analysis)
    for facet in facets(analysis, NO_MATCHES):
        kinds = {record.id for record in analysis.agreements if record.strength}
        found = [match for match in search(index, facet.term).agreements if match.record_id in kinds]
        assert len(found) == facet.count, facet.term


@given(st.lists(st.sampled_from(["strength:aimed", 'party:"new zealand"', "ship", '"two words"']), unique=True))
def test_a_term_that_is_added_is_taken_away_again(terms: list[str]) -> None:
    query = " ".join(terms)
    assert split_terms(query) == terms
    once = toggled(query, "by:2030")
    assert split_terms(once) == [*terms, "by:2030"]
    assert toggled(once, "by:2030") == query


def test_what_is_completed_or_past_does_not_fall_due() -> None:
    assert first_due(ANALYSIS) is None, "the hand-made records have no bounds"
    sample = sample_analysis()
    radars = sample.agreements[0]
    assert first_due(sample) is radars
    done = replace(radars, strength=Strength.COMPLETED)
    assert first_due(replace(sample, agreements=(done, *sample.agreements[1:]))) is None
    later = replace(sample, document=replace(sample.document, date="2032-01-01"))
    assert first_due(later) is None


async def test_the_line_sums_up_strengths_and_parties() -> None:
    async with driving() as drive:
        shown = drive.shown("#summary")
        assert f"{drive.app.glyphs.strengths['committed']} 2" in shown  # type: ignore[index]
        assert "Denmark 4" in shown


async def test_the_summary_needs_no_second_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(*_: object) -> None:
        """Leave the text without headings, which would draw the screen once more."""

    monkeypatch.setattr(DocumentScreen, "_style_document", plain)
    async with driving() as drive:
        assert "Denmark 4" in drive.shown("#summary")


async def test_a_click_on_a_part_narrows_to_it_and_another_widens_again() -> None:
    async with driving() as drive:
        x = drive.shown("#summary").index("Denmark")
        await drive.pilot.click("#summary", offset=(x + 1, 0))
        await drive.rest()
        assert drive.state.position.query == "party:denmark"
        assert drive.state.display_mode is DisplayMode.FILTER
        assert drive.heading("#agreements").endswith("Agreements 4/5")
        x = drive.shown("#summary").index("Denmark")
        await drive.pilot.click("#summary", offset=(x + 1, 0))
        await drive.rest()
        assert drive.state.position.query == ""
        assert str(drive.state.display_mode) == "highlight"


async def test_a_key_opens_the_facets_as_a_pane_which_narrows_as_they_are_chosen() -> None:
    async with driving() as drive:
        await drive.press("F")
        assert not drive.screen.entities.region
        assert "4 Narrow by" in drive.heading("#facets")
        await drive.press(*["down"] * [row.term for row in facet_rows(drive.state)].index("strength:committed"))
        assert "strength:committed  Enter shows only 2 agreements" in drive.shown("#record")
        await drive.press("enter")
        assert drive.state.position.query == "strength:committed"
        assert drive.heading("#agreements").endswith("Agreements 2/5")
        assert f"{drive.app.glyphs.marked} {drive.app.glyphs.strengths[Strength.COMMITTED]} committed" in drive.shown(
            "#facets"
        )
        assert "agreed" not in drive.shown("#facets")
        assert "Enter takes it away again" in drive.shown("#record")
        await drive.press("space")
        assert drive.state.position.query == ""
        await drive.press("F")
        assert drive.state.pane is Pane.AGREEMENTS
        assert drive.screen.entities.region


async def test_the_entities_come_back_with_the_focus_while_the_facets_stay_open() -> None:
    async with driving() as drive:
        await drive.press("4", "shift+tab")
        assert drive.screen.entities.region
        await drive.press("tab")
        assert drive.screen.facets.region
        await drive.press("tab")
        assert drive.state.pane is Pane.TEXT
        assert drive.screen.facets.region


async def test_a_click_on_a_value_narrows_to_it() -> None:
    async with driving() as drive:
        await drive.press("F")
        line = next(y for y, row in enumerate(drive.shown("#facets").split("\n")) if "Denmark" in row)
        await drive.pilot.click("#facets", offset=(5, line + 1))
        await drive.rest()
        assert drive.state.position.query == "party:denmark"


LONG_NAMES = (
    "Northern Fisheries and Harbour Development Agency",
    "Commission for Cross-Border Environmental Protection",
)


@pytest.mark.parametrize("size", [(100, 30), (120, 40), (200, 60)])
async def test_a_value_that_is_wider_than_the_pane_is_whole_in_several_lines(size: tuple[int, int]) -> None:
    async with driving(app_on(one_record("Open a harbour", LONG_NAMES)), size=size) as drive:
        await drive.press("F")
        rows = [row[LEAD_WIDTH:].rstrip("1 ") for row in drive.shown("#facets").split("\n")]
        bars = [row.rstrip(drive.app.glyphs.bar_done) for row in rows]
        shown = " ".join(" ".join(bars).split())
        assert all(name in shown for name in LONG_NAMES)
        assert drive.app.glyphs.ellipsis not in shown
        await drive.press("down", "down")
        assert "1 agreement" in drive.shown("#record")


async def test_the_bars_of_the_facets_leave_the_longest_word_whole() -> None:
    word = "Umweltschutzbeschaffungsbehoerdenleitung"
    async with driving(app_on(one_record("Open a harbour", (word, "Norland"))), size=(100, 30)) as drive:
        await drive.press("F")
        shown = drive.shown("#facets")
        assert drive.app.glyphs.bar_done not in shown
        assert word[:30] in shown


async def test_a_value_that_is_asked_for_in_vain_can_be_taken_away() -> None:
    async with driving() as drive:
        await drive.search("strength:committed zebra")
        await drive.press("enter", "F")
        (row,) = (row for row in facet_rows(drive.state) if row.chosen)
        assert (row.term, row.count) == ("strength:committed", 0)


async def test_where_there_is_no_room_for_a_pane_a_dialog_lists_the_facets() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.press("F")
        before = len(drive.shown("#items").split("\n"))
        await drive.type("committed")
        await drive.press("enter")
        assert drive.state.position.query == "strength:committed"
        glyphs = drive.app.glyphs
        assert f"{glyphs.marked} {glyphs.strengths[Strength.COMMITTED]} committed" in drive.shown("#items")
        await drive.press(*["backspace"] * 9)
        assert "agreed" not in drive.shown("#items")
        assert len(drive.shown("#items").strip().split("\n")) < before
        await drive.press("escape")
        assert drive.screen.after_draw is None
        await drive.press("u")
        assert drive.state.position.query == ""


async def test_the_dialog_is_as_wide_as_its_values_need() -> None:
    async with driving(app_on(one_record("Open a harbour", ("Norland",))), size=(80, 24)) as drive:
        await drive.press("F")
        narrow = drive.app.screen.query_one("#items").size.width
    async with driving(app_on(one_record("Open a harbour", (LONG_NAMES[0],))), size=(80, 24)) as drive:
        await drive.press("F")
        assert drive.app.screen.query_one("#items").size.width > narrow
        assert LONG_NAMES[0] in drive.shown("#items")


async def test_the_dialog_grows_with_the_facets_when_they_are_widened_again() -> None:
    async with driving(size=(80, 24)) as drive:
        await drive.search("strength:explored")
        await drive.press("enter", "F")
        narrow = drive.app.screen.query_one("#frame").size.height
        assert drive.shown("#items").splitlines()[0].split()[-2:] == ["explored", "1"]
        await drive.press("enter")
        assert drive.state.position.query == ""
        widened = drive.app.screen.query_one("#frame").size.height
        assert widened > narrow
        await drive.press("enter")
        assert drive.app.screen.query_one("#frame").size.height == widened


async def test_the_dialog_names_each_facet_once_and_again_at_the_top_of_what_is_in_view() -> None:
    async with driving(app_on(ANALYSIS), size=(80, 24)) as drive:
        await drive.press("F")
        assert drive.shown("#items").split().count("Strength") == 1
        await drive.press("pagedown", "pagedown", "pagedown")
        assert drive.shown("#items").split()[0] in ("Strength", "Party", "Due", "Amount", "Field", "Section")


async def test_one_key_says_what_falls_due_next_how_much_and_by_whom() -> None:
    record = one_record("Build ships")
    deadline = record.agreements[0].deadline
    assert deadline
    due = replace(deadline, latest="2031-07-31")
    analysis = replace(record, agreements=(replace(record.agreements[0], deadline=due),))
    async with driving(app_on(analysis), size=(80, 24)) as drive:
        await drive.press("T")
        shown = drive.shown("#record")
        assert all(words in shown for words in ("Portugal", "by July 2031", "$500 M"))


@pytest.mark.parametrize("width", range(100, 161, 4))
async def test_what_does_not_fit_the_summary_is_left_out_whole(width: int) -> None:
    sample = sample_analysis()
    titled = replace(sample.agreements[0], title="Rebuild the radar stations of the northern coast and their roads")
    analysis = replace(sample, agreements=(titled, *sample.agreements[1:]))
    async with driving(app_on(analysis), size=(width, 30)) as drive:
        shown = drive.shown("#summary").strip()
        assert f"first due  {due_label(titled)} " in f"{shown} "
        *_, title = shown.partition(f"  {due_label(titled)} ")
        words = title.removesuffix(drive.app.glyphs.ellipsis).split()
        assert words == titled.title.split()[: len(words)]


def analysis_of_one_agreement(parties: tuple[str, ...]) -> Analysis:
    sample = sample_analysis()
    return replace(sample, agreements=(replace(sample.agreements[0], parties=parties),))


async def test_parties_give_way_to_what_falls_due() -> None:
    analysis = analysis_of_one_agreement(
        ("Republic of the Outer Isles", "Northern Coast Guard Agency", "Ministry of Harbours and Roads")
    )
    async with driving(app_on(analysis), size=(100, 30)) as drive:
        shown = drive.shown("#summary")
        assert "first due" in shown
        assert drive.app.glyphs.ellipsis not in shown


async def test_the_title_of_what_falls_due_goes_before_the_third_party() -> None:
    analysis = analysis_of_one_agreement(("Republic of the Isles", "Norland", "Northern Coast Guard Agency"))
    async with driving(app_on(analysis), size=(104, 30)) as drive:
        shown = drive.shown("#summary")
        assert "Northern Coast Guard" not in shown
        assert f"{due_label(analysis.agreements[0])}  {analysis.agreements[0].title.split()[0]}" in shown
    async with driving(app_on(analysis), size=(160, 30)) as drive:
        assert "Northern Coast Guard Agency 1" in drive.shown("#summary")


@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_what_falls_due_first_is_told_from_any_pane(pane: str) -> None:
    analysis = sample_analysis()
    async with driving(app_on(analysis), size=(80, 24)) as drive:
        await drive.press(pane, "T")
        assert all(party in drive.shown("#record") for party in analysis.agreements[0].parties)


async def test_a_low_screen_has_no_line_to_spare() -> None:
    async with driving(size=(80, 24)) as drive:
        assert not drive.app.screen.query_one("#summary").region
        await drive.press("T")
        assert "Nothing falls due" in drive.shown("#record")


@settings(max_examples=15, deadline=None)
@given(words, st.lists(words, max_size=4), st.integers(100, 200))
async def test_no_facet_and_no_part_of_the_summary_is_wider_than_its_pane(
    title: str, parties: list[str], width: int
) -> None:
    async with driving(app_on(one_record(title, tuple(parties))), size=(width, 30)) as drive:
        await drive.press("F")
        assert {strip.cell_length for strip in drive.strips("#facets")} == {drive.screen.facets.size.width}
        assert {strip.cell_length for strip in drive.strips("#summary")} == {width}
