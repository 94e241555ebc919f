"""Choosing a record lights the text, the agreements and the entities together."""

from __future__ import annotations

from itertools import pairwise

import pytest

from alliance_tui.explorer.rendering.theme import DARK, StyleRole
from alliance_tui.explorer.state.explorer_state import Pane
from alliance_tui.highlighting import HighlightReason
from alliance_tui.records import Analysis, EntityType
from tests.support import builders
from tests.support.pilot import app_on, driving

SIZES = [(80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("size", SIZES)
async def test_an_agreement_brings_its_evidence_into_view_and_lights_its_parties(size: tuple[int, int]) -> None:
    async with driving(size=size) as drive:
        await drive.press("tab", "j", "j", "enter")

        assert "Denmark will deliver" in drive.shown("#text")
        assert drive.heading("#agreements").endswith("Agreements 1/5")
        assert DARK.style(StyleRole.STRONG).bold
        assert all(style.bold for style in drive.styles("#entities", "Denmark"))
        assert not any(style.bold for style in drive.styles("#entities", "NATO"))


async def test_evidence_anchor_and_deadline_each_have_an_attribute_of_their_own() -> None:
    async with driving() as drive:
        await drive.press("tab", "enter")

        evidence = drive.styles("#text", "agreed")[0]
        anchor = drive.styles("#text", "create")[0]
        deadline = drive.styles("#text", "by June")[0]
        rest = drive.styles("#text", "Defence ministers")[0]
        assert evidence.bold
        assert not evidence.underline
        assert anchor.bold
        assert anchor.underline
        assert deadline.bgcolor not in (evidence.bgcolor, anchor.bgcolor)
        assert not rest.bold
        assert rest.color == DARK.style(StyleRole.MUTED).color


async def test_an_entity_lights_its_mentions_and_its_agreements_and_dims_the_rest() -> None:
    async with driving() as drive:
        await drive.press("tab", "tab", "enter")

        assert drive.highlighted(HighlightReason.SELECTED) == ["Portugal", "Lisbon", "Portugal", "Lisbon", "Lisbon"]
        assert drive.styles("#agreements", "Open the port")[0].bold
        assert not drive.styles("#agreements", "Deliver four")[0].bold
        assert "Lisbon" in drive.shown("#entities")


def chain_of_agreements(count: int) -> Analysis:
    """Return the analysis of a text with `count` states, each of which agrees to meet the next."""
    names = [f"Land{chr(65 + number // 26)}{chr(97 + number % 26)}" for number in range(count)]
    text = "".join(f"{one} and {other} agreed to meet.\n" for one, other in pairwise(names))
    doc = builders.document(text)
    entities = tuple(builders.entity(doc, name, EntityType.STATE) for name in names)
    agreements = tuple(
        builders.agreement(doc, f"Meet {other}", f"{one} and {other} agreed to meet", "agreed", parties=(one, other))
        for one, other in pairwise(names)
    )
    return Analysis(doc, entities, agreements, "test", "test")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_chosen_agreement_brings_its_parties_into_view_and_the_keys_stay(size: tuple[int, int]) -> None:
    async with driving(app_on(chain_of_agreements(60)), size=size) as drive:
        assert "LandCe" not in drive.shown("#entities")
        await drive.press("tab", "G", "enter")
        assert drive.state.pane is Pane.AGREEMENTS
        assert drive.state.selection
        chosen = next(each for each in drive.state.analysis.agreements if each.id == drive.state.selection.id)
        assert all(party in drive.shown("#entities") for party in chosen.parties)
        assert drive.state.focused_entity == drive.entity(chosen.parties[0]).id


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_chosen_entity_brings_its_agreements_into_view(size: tuple[int, int]) -> None:
    async with driving(app_on(chain_of_agreements(60)), size=size) as drive:
        await drive.press("tab", "tab", "G", "k", "k", "enter")
        assert drive.state.pane is Pane.ENTITIES
        assert drive.state.focused_entity == drive.entity("LandCg").id
        assert "Meet LandCg" in drive.shown("#agreements")
        assert "Meet LandCh" in drive.shown("#agreements")
        assert drive.state.focused_agreement == drive.agreement("Meet LandCg").id


async def test_a_row_that_goes_with_the_choice_already_stays_focused() -> None:
    async with driving() as drive:
        await drive.press("tab", "tab")
        denmark = drive.entity("Denmark").id
        while drive.state.focused_entity != denmark:
            await drive.press("j")
        await drive.press("shift+tab", "enter")
        assert drive.state.focused_entity == denmark


async def test_the_aliases_of_the_focused_entity_are_shown() -> None:
    async with driving() as drive:
        assert "Copenhagen" not in drive.shown("#entities")
        await drive.press("tab", "tab", "j")
        assert "Copenhagen" in drive.shown("#entities")


async def test_the_lit_spans_of_the_text_lead_back_to_their_records() -> None:
    async with driving() as drive:
        await drive.press("]", "]", "]", "enter")

        assert drive.state.pane is Pane.TEXT
        assert drive.state.selection
        assert drive.state.selection.id == drive.entity("Mikkel Holm").id
        assert drive.state.focused_entity == drive.entity("Mikkel Holm").id


async def test_enter_again_on_a_word_takes_the_wider_record_around_it() -> None:
    async with driving() as drive:
        evidence = drive.agreement("Create").evidence
        while drive.state.position.offset != evidence.start:
            await drive.press("]")

        await drive.press("enter")
        assert drive.state.selection
        assert drive.state.selection.id == drive.entity("Portugal").id
        await drive.press("enter")
        assert drive.state.selection.id == drive.agreement("Create").id


async def test_a_click_on_a_lit_word_chooses_its_record() -> None:
    async with driving() as drive:
        row = next(y for y, line in enumerate(drive.shown("#text").splitlines()) if "ACPC" in line)
        column = drive.shown("#text").splitlines()[row].index("ACPC")
        await drive.pilot.click("#text", offset=(column + 2, row + 1))
        await drive.rest()

        assert drive.state.selection
        assert drive.state.selection.id == drive.entity("Atlantic Cable Protection Centre").id


async def test_a_click_on_a_row_chooses_its_record() -> None:
    async with driving() as drive:
        await drive.pilot.click("#agreements", offset=(8, 3))
        await drive.rest()

        assert drive.state.selection
        assert drive.state.selection.id == drive.agreement("Explore").id
        assert drive.state.pane is Pane.AGREEMENTS


@pytest.mark.parametrize(("size", "border"), [((120, 40), 1), ((80, 24), 0)])
async def test_a_click_chooses_the_very_row_under_the_pointer(size: tuple[int, int], border: int) -> None:
    async with driving(size=size) as drive:
        pane = drive.screen.agreements
        for y, line in enumerate(drive.shown("#agreements").splitlines()):
            record = next((each for each in drive.state.analysis.agreements if each.title[:18] in line), None)
            if record:
                await drive.pilot.click("#agreements", offset=(8 + border, y + 1))
                await drive.rest()
                assert drive.state.selection
                assert drive.state.selection.id == record.id
                assert pane.has_focus
                break


async def test_escape_takes_the_choice_back_and_all_is_lit_as_before() -> None:
    async with driving() as drive:
        before = drive.shown("#text"), drive.shown("#entities"), drive.shown("#agreements")
        await drive.press("tab", "enter", "escape", "shift+tab")
        assert (drive.shown("#text"), drive.shown("#entities"), drive.shown("#agreements")) == before


async def test_one_key_steps_back_through_choices_and_another_forward() -> None:
    async with driving() as drive:
        await drive.press("tab", "enter", "j", "enter")
        second = drive.state.selection
        await drive.press("u")
        assert drive.state.selection
        assert drive.state.selection.id == drive.agreement("Create").id
        await drive.press("u")
        assert drive.state.selection is None
        await drive.press("U", "U")
        assert drive.state.selection == second


async def test_what_is_no_agreement_is_listed_in_reading_order_and_only_when_asked() -> None:
    async with driving() as drive:
        assert "Reaffirm friendship" not in drive.shown("#agreements")
        await drive.press("x")
        shown = drive.shown("#agreements")
        assert shown.index("Open the port") < shown.index("Reaffirm friendship") < shown.index("Sign a deal")
        assert "declaratory" in shown
        assert drive.heading("#agreements").endswith("Agreements 5 + 2 other")
        assert "Listed too, in reading order: 1 declaratory phrase and 1 package" in drive.shown("#record")
        await drive.press("x")
        assert "Agreements only: 1 declaratory phrase and 1 package hidden" in drive.shown("#record")


async def test_the_margin_shows_where_an_agreement_begins() -> None:
    async with driving() as drive:
        rows = drive.shown("#text").splitlines()
        row = next(line for line in rows if "Denmark will deliver" in line)
        glyph = row[drive.screen.text_pane.left_margin - 2]
        assert glyph == drive.app.glyphs.for_agreement(drive.agreement("Deliver"))


async def test_a_second_enter_shows_every_field_of_the_record() -> None:
    async with driving() as drive:
        await drive.press("tab", "enter", "enter")

        shown = drive.shown("#fields")
        text = " ".join(shown.split())
        for words in ("agreed, by the words “agreed to”", "Portugal Denmark", "by “by June 2027”", "maritime", "test"):
            assert words in text
        assert drive.heading("#frame") == "Create a joint centre for undersea cables"
        await drive.press("escape")
        assert drive.app.screen is drive.screen
