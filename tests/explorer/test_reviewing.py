"""A review in the explorer: from a key to the log, and back on the screen."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_tui.explorer.dialogs.source_screen import NOTHING_TO_EXPORT
from alliance_tui.explorer.state.explorer_state import Pane, ReviewOrder, agreement_order, focused_record
from alliance_tui.extraction.lexicon import loading, own_names
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.records import Entity, EntityType, Strength
from alliance_tui.review.record_changes import Judgement, RecordReview
from tests.support import builders
from tests.support.pilot import Drive, app_on, driving

CENTRE = "Create a joint centre"
DRONES = "Deliver four Skadi"


@pytest.fixture
def cache(tmp_path: Path) -> AnalysisCache:
    return AnalysisCache(tmp_path / "library.sqlite")


@asynccontextmanager
async def reviewing(cache: AnalysisCache | None, *keys: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Drive]:
    """Open the sample document with the agreements focused, and press keys."""
    async with driving(app_on(builders.analysis(), cache=cache), size=size) as drive:
        await drive.press("tab", *keys)
        assert drive.state.pane is Pane.AGREEMENTS
        yield drive


def review(drive: Drive, title: str) -> RecordReview | None:
    document = drive.state.current_document.review
    return document.reviewed.reviews.get(drive.agreement(title).id) if document else None


def judgements(drive: Drive) -> list[Judgement | None]:
    document = drive.state.current_document.review
    assert document
    return [document.reviewed.judgement_of(record.id) for record in drive.state.analysis.agreements]


def record_line(drive: Drive) -> str:
    return drive.shown("#record")


@pytest.mark.parametrize(
    ("key", "judgement"), [("a", Judgement.ACCEPTED), ("r", Judgement.REJECTED), ("i", Judgement.DOUBTED)]
)
async def test_one_key_judges_the_focused_record_for_good(key: str, judgement: Judgement, cache: AnalysisCache) -> None:
    async with reviewing(cache, key) as drive:
        assert judgements(drive)[0] is judgement
        assert record_line(drive).strip().startswith(f"{judgement.capitalize()}: “Create a joint centre")
    async with reviewing(cache) as drive:
        assert judgements(drive)[0] is judgement
        await drive.press(key)
        assert judgements(drive)[0] is None


async def test_marked_records_are_judged_together_and_undone_together(cache: AnalysisCache) -> None:
    async with reviewing(cache, "space", "space", "a") as drive:
        assert judgements(drive)[:3] == [Judgement.ACCEPTED, Judgement.ACCEPTED, None]
        assert drive.state.marked == frozenset()
        await drive.press("ctrl+z")
        assert judgements(drive)[:2] == [None, None]
        assert "Undone: accepted, 2 records" in record_line(drive)
        await drive.press("ctrl+y")
        assert judgements(drive)[:2] == [Judgement.ACCEPTED, Judgement.ACCEPTED]


async def test_a_range_and_all_rows_are_marked(cache: AnalysisCache) -> None:
    async with reviewing(cache, "space", "down", "down", "M") as drive:
        assert len(drive.state.marked) == 4
        await drive.press("A")
        assert len(drive.state.marked) == 5
        await drive.press("A")
        assert drive.state.marked == frozenset()


async def test_a_pass_goes_through_all_that_is_not_judged(cache: AnalysisCache) -> None:
    async with reviewing(cache, "V") as drive:
        assert drive.state.review_order is ReviewOrder.READING
        assert "review 0 of 5" in drive.shown("#top")
        assert drive.state.focused_agreement == drive.agreement(CENTRE).id
        await drive.press("a")
        assert "review 1 of 5" in drive.shown("#top")
        assert drive.state.selection
        assert drive.state.selection.id == drive.agreement("Explore building").id
        await drive.press("r", "i", "a", "a")
        assert drive.state.review_order is None
        assert "All that is listed is judged" in record_line(drive)


async def test_the_least_certain_record_comes_first(cache: AnalysisCache) -> None:
    analysis = builders.analysis()
    confidences = (0.9, 0.5, 0.7, 0.6, None, None, 0.8)
    agreements = tuple(replace(a, confidence=c) for a, c in zip(analysis.agreements, confidences, strict=True))
    async with driving(app_on(replace(analysis, agreements=agreements), cache=cache)) as drive:
        await drive.press("v")
        seen = []
        for _ in range(5):
            record = next(a for a in drive.state.analysis.agreements if a.id == drive.state.focused_agreement)
            seen.append(record.confidence)
            await drive.press("a")
        assert seen == sorted(c for c in confidences if c is not None)


async def test_the_strength_steps_along_the_ladder(cache: AnalysisCache) -> None:
    async with reviewing(cache, "plus") as drive:
        assert drive.agreement(CENTRE).strength is Strength.BINDING
        await drive.press("minus", "minus")
        assert drive.agreement(CENTRE).strength is Strength.COMMITTED
        found = review(drive, CENTRE)
        assert found
        assert found.corrected == ("strength",)


async def test_the_evidence_moves_by_words_on_the_text(cache: AnalysisCache) -> None:
    async with reviewing(cache, "less_than_sign", "less_than_sign") as drive:
        assert drive.agreement(CENTRE).evidence.quote.endswith("undersea cables by")
        await drive.press("right_curly_bracket")
        assert drive.agreement(CENTRE).evidence.quote.startswith("and Denmark")
        assert "Evidence: “and Denmark agreed" in record_line(drive)
        await drive.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert drive.agreement(CENTRE).evidence == builders.analysis().agreements[0].evidence


async def test_a_field_is_corrected_as_it_is_typed(cache: AnalysisCache) -> None:
    async with reviewing(cache, "e") as drive:
        await drive.type("dead")
        await drive.press("enter")
        await drive.press(*["backspace"] * 7)
        await drive.type("soonish")
        await drive.press("enter")
        assert "is no date" in drive.shown("#checked")
        await drive.press(*["backspace"] * 7)
        await drive.type("2028")
        assert "2028: 2028-01-01 to 2028-12-31" in drive.shown("#checked")
        await drive.press("enter")
        deadline = drive.agreement(CENTRE).deadline
        assert deadline
        assert deadline.edtf == "2028"
        assert "Deadline: 2028" in record_line(drive)


async def test_parties_are_completed_from_the_entities(cache: AnalysisCache) -> None:
    async with reviewing(cache, "e") as drive:
        await drive.type("parties")
        await drive.press("enter")
        await drive.type("; nat")
        assert "NATO" in drive.shown("#items")
        await drive.press("tab", "enter")
        assert drive.agreement(CENTRE).parties == ("Portugal", "Denmark", "NATO")


async def test_a_choice_is_picked(cache: AnalysisCache) -> None:
    async with reviewing(cache, "e") as drive:
        await drive.type("domain")
        await drive.press("enter")
        await drive.type("space")
        await drive.press("enter")
        assert str(drive.agreement(CENTRE).domain) == "space"


async def test_records_are_merged_and_split(cache: AnalysisCache) -> None:
    async with reviewing(cache, "down", "down", "space", "space", "ampersand") as drive:
        merged = drive.agreement(DRONES)
        assert merged.evidence.quote.endswith("to Danish ships")
        assert len(drive.state.analysis.agreements) == 6
        await drive.press("ctrl+z", "home", "down", "down", "vertical_line")
        assert "Where does the second part begin?" in drive.heading("#frame")
        await drive.type("portuguese")
        await drive.press("enter")
        assert len(drive.state.analysis.agreements) == 8


async def test_the_sentence_at_the_cursor_becomes_a_record_that_can_be_corrected(cache: AnalysisCache) -> None:
    async with reviewing(cache) as drive:
        await drive.search("40,000")
        await drive.press("enter", "I")
        assert "Correct: Watch over" in drive.heading("#frame")
        await drive.press("escape")
        added = next(a for a in drive.state.analysis.agreements if a.rule == "reader")
        assert added.evidence.quote.startswith("The Atlantic Cable Protection Centre (ACPC), to be run")
        assert drive.state.focused_agreement == added.id
        document = drive.state.current_document.review
        assert document
        assert document.reviewed.judgement_of(added.id) is Judgement.ACCEPTED


async def test_notes_and_tags_are_kept_and_listed(cache: AnalysisCache) -> None:
    async with reviewing(cache, "semicolon") as drive:
        await drive.type("ask Lisbon")
        await drive.press("enter", "number_sign")
        await drive.type("sea")
        await drive.press("enter")
    async with reviewing(cache) as drive:
        assert "ask Lisbon" in record_line(drive)
        assert "#sea" in record_line(drive)
        await drive.press("apostrophe")
        assert "ask Lisbon / #sea" in drive.shown("#items")
        await drive.press("escape", "semicolon", "end", *["backspace"] * 10, "enter", "number_sign")
        await drive.type("sea")
        await drive.press("enter")
        found = review(drive, CENTRE)
        assert found
        assert (found.notes, found.tags) == ((), ())


async def test_a_tag_on_the_document_a_passage_or_an_entity_is_found_by_a_query(cache: AnalysisCache) -> None:
    async with reviewing(cache, "@") as drive:
        await drive.type("vienna talks")
        await drive.press("enter", "1", "number_sign")  # the first sentence of the text
        await drive.type("navies")
        await drive.press("enter", "3", "number_sign")
        await drive.type("north")
        await drive.press("enter")
        entity = focused_record(drive.state)
        assert isinstance(entity, Entity)
        everything = [each.title for each in drive.state.analysis.agreements]
        for query, agreements, text in (
            ('tag:"vienna talks"', everything, "Portugal and Denmark agreed"),
            ('tag:"vienna talks" leixões', ["Open the port of Leixões to Danish ships"], "Leixões"),
            ("tag:navies", [], "Defence ministers"),
            ("tag:navies chapter", [], "chapter"),
            ("tag:north", [], entity.forms[0]),
        ):
            await drive.press("slash", "ctrl+u")
            await drive.type(query)
            await drive.press("enter")
            matches = drive.state.matches
            found = {match.record_id for match in matches.agreements}
            assert [each.title for each in drive.state.analysis.agreements if each.id in found] == agreements, query
            assert drive.state.text[matches.text[0].start :].startswith(text), query
        assert [match.record_id for match in matches.entities] == [entity.id]


async def test_a_passage_is_bookmarked_and_gone_back_to(cache: AnalysisCache) -> None:
    async with reviewing(cache) as drive:
        await drive.search("faith")
        await drive.press("enter", "B", "g", "apostrophe")
        assert "Copenhagen and Lisbon reaffirmed" in drive.shown("#items")
        await drive.press("enter")
        assert drive.state.text[drive.state.position.offset :].startswith("Copenhagen and Lisbon")
        await drive.press("B", "apostrophe")
        assert "Nothing is bookmarked, noted or tagged here yet" in record_line(drive)


async def test_an_entity_is_renamed_in_all_records(cache: AnalysisCache) -> None:
    async with driving(app_on(builders.analysis(), cache=cache), size=(120, 40)) as drive:
        await drive.press("tab", "tab")
        assert drive.state.focused_entity == drive.entity("Portugal").id
        await drive.press("e")
        await drive.type("rename")
        await drive.press("enter", *["backspace"] * 8)
        await drive.type("Lusitania")
        await drive.press("enter", "enter")
        assert drive.agreement(CENTRE).parties == ("Lusitania", "Denmark")
        assert "Portugal is now Lusitania." in record_line(drive)


async def test_entities_are_parted_retyped_joined_dropped_and_given_forms_and_the_next_start_knows_it(
    cache: AnalysisCache,
) -> None:
    async def edit(drive: Drive, name: str, action: str, *typed: str) -> None:
        drive.screen.set_state(replace(drive.state, focused_entity=drive.entity(name).id, pane=Pane.ENTITIES))
        await drive.press("e")
        for words in (action, *typed):
            await drive.type(words)
            await drive.press("enter")

    async with driving(app_on(builders.analysis(), cache=cache), size=(120, 40)) as drive:
        await edit(drive, "Portugal", "part", "Lisbon")
        assert drive.entity("Lisbon").forms == ("Lisbon",)
        await edit(drive, "Lisbon", "retype", "place", "here")
        assert drive.entity("Lisbon").type is EntityType.PLACE
        await edit(drive, "Porto", "join", "Lisbon", "here")
        assert drive.entity("Lisbon").forms == ("Lisbon", "Porto")
        await edit(drive, "NATO", "drop", "here")
        await edit(drive, "Skadi", "further", "Skadi drones", "here")
        assert drive.entity("Skadi").forms == ("Skadi", "Skadi drones")
        await drive.press("w", "w")
        assert "Undone: dropped, “NATO”" in record_line(drive)
    async with driving(app_on(builders.analysis(), cache=cache), size=(120, 40)) as drive:
        assert drive.entity("NATO")
        await drive.press("W", "W")  # what was undone at the last start is redone at this one
        names = {entity.name: entity.forms for entity in drive.state.analysis.entities}
        assert "NATO" not in names
        assert "Porto" not in names
        assert names["Skadi"] == ("Skadi", "Skadi drones")


async def test_what_is_learnt_of_an_entity_is_kept_in_the_reader_s_lexicon_if_that_is_chosen(
    cache: AnalysisCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (loading, own_names):
        monkeypatch.setattr(module, "own_folder", lambda: tmp_path / "lexicon")
    async with driving(app_on(builders.analysis(), cache=cache), size=(120, 40)) as drive:
        await drive.press("tab", "tab")
        while drive.state.focused_entity != drive.entity("Atlantic Cable Protection Centre").id:
            await drive.press("down")
        await drive.press("e")
        await drive.type("rename")
        await drive.press("enter", *["backspace"] * 40)
        await drive.type("Cable Centre")
        await drive.press("enter")
        assert "in my own lexicon" in drive.shown("#items")
        assert not (tmp_path / "lexicon").exists()
        await drive.press("down", "down", "enter")
        assert "Atlantic Cable Protection Centre is now Cable Centre. It is in bodies.toml" in record_line(drive)
    assert tomllib.loads((tmp_path / "lexicon/bodies.toml").read_text()) == {
        "bodies": {"Cable Centre": ["ACPC", "Atlantic Cable Protection Centre"]}
    }


async def test_without_a_library_nothing_can_be_judged_and_the_screen_says_so() -> None:
    async with reviewing(None, "a") as drive:
        assert "With --no-cache nothing is kept" in record_line(drive)
        assert drive.state.current_document.review is None


async def test_a_library_that_cannot_be_written_is_a_notice_and_nothing_is_shown_as_done(
    cache: AnalysisCache, tmp_path: Path
) -> None:
    cache.path.write_text("not a library at all, but something else entirely" * 30)
    async with reviewing(cache, "a") as drive:
        assert "Nothing is logged" in record_line(drive)
        assert drive.state.current_document.review is None


async def test_two_explorers_on_one_library_see_each_others_steps(cache: AnalysisCache) -> None:
    async with reviewing(cache, "a") as drive:
        other = ReviewLog(cache.path)
        (entry,) = other.all_entries()
        async with reviewing(cache, "down", "r") as second:
            assert judgements(second)[:2] == [Judgement.ACCEPTED, Judgement.REJECTED]
        await drive.press("down", "down", "i")
        assert judgements(drive)[:3] == [Judgement.ACCEPTED, Judgement.REJECTED, Judgement.DOUBTED]
        assert entry.author == drive.app.author


async def test_details_say_what_the_reader_did(cache: AnalysisCache) -> None:
    async with reviewing(cache, "a", "plus", "d") as drive:
        shown = drive.shown("#fields")
        assert "Judgement" in shown
        assert "accepted" in shown
        assert drive.app.author in shown


async def test_space_pages_in_the_text_and_marks_in_the_list(cache: AnalysisCache) -> None:
    async with driving(app_on(builders.analysis(), cache=cache), size=(60, 12)) as drive:
        await drive.press("space")
        assert drive.screen.text_pane.scroll_offset.y > 0
        assert drive.state.marked == frozenset()


async def test_escape_takes_marks_away_then_ends_the_pass(cache: AnalysisCache) -> None:
    async with reviewing(cache, "V", "space") as drive:
        assert drive.state.marked
        await drive.press("escape")
        assert not drive.state.marked
        assert drive.state.review_order
        await drive.press("escape")
        assert drive.state.review_order is None


async def test_all_marked_records_are_cited(cache: AnalysisCache) -> None:
    async with reviewing(cache, "space", "space", "Y") as drive:
        assert drive.app.clipboard.count("Portugal and Denmark join forces at sea, 2026-03-02") == 2
        assert "Copied the 2 citations" in record_line(drive)


async def test_possible_agreements_are_listed_on_demand_and_accepting_one_makes_it_a_record(
    cache: AnalysisCache,
) -> None:
    analysis = builders.analysis()
    *others, last = analysis.agreements[:4]
    uncertain = replace(analysis, agreements=tuple(others), possible=(last,))
    async with driving(app_on(uncertain, cache=cache)) as drive:
        await drive.press("tab")
        assert last.title not in drive.shown("#agreements")
        await drive.press("p", "end")
        assert drive.state.focused_agreement == last.id
        assert "1 possible agreement below the others" not in record_line(drive)
        await drive.press("a", "p")
        assert [record.id for record in drive.state.analysis.agreements][-1] == last.id
        assert drive.state.analysis.possible == ()
        assert "There are no possible agreements" in record_line(drive)


async def test_without_agreements_the_export_says_that_there_is_nothing() -> None:
    async with driving(app_on(replace(builders.analysis(), agreements=()))) as drive:
        await drive.press("X")
        assert NOTHING_TO_EXPORT in record_line(drive)


async def test_what_is_listed_is_exported_by_the_suffix_of_the_file(cache: AnalysisCache, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    async with reviewing(cache, "a", "space", "X", *["backspace"] * 11) as drive:
        await drive.type(str(target.with_suffix(".xyz")))
        assert "the suffix says the format" in drive.shown("#checked")
        await drive.press(*["backspace"] * 3)
        await drive.type("csv")
        assert "1 record as csv" in drive.shown("#checked")
        await drive.press("enter")
        assert "Wrote 1 record to" in record_line(drive)
        assert CENTRE in target.read_text()
        assert DRONES not in target.read_text()


async def test_a_table_is_exported_with_its_order_and_columns_and_what_was_judged(
    cache: AnalysisCache, tmp_path: Path
) -> None:
    async with reviewing(cache, "a", "z", "S", "R", "X", *["backspace"] * 40, size=(80, 24)) as drive:
        await drive.type(str(tmp_path / "out.csv"))
        await drive.press("enter")
        listed = [record.title for record in agreement_order(drive.state, drive.screen.highlights)]
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text().splitlines()))
    assert [row["title"] for row in rows] == listed
    ranks = [Strength(row["strength"]).rank for row in rows if row["strength"]]
    assert ranks == sorted(ranks)
    assert list(rows[0])[:2] == ["strength", "title"]
    assert [row["title"].startswith(CENTRE) for row in rows if row["judgement"] == "accepted"] == [True]


async def test_a_row_shows_what_was_done_with_it(cache: AnalysisCache) -> None:
    async with reviewing(cache, "a", "down", "r", "down", "i", "down", "plus", "space") as drive:
        rows = drive.shown("#agreements").splitlines()
        first = [row for row in rows if any(glyph in row[:5] for glyph in "◉◌◕⧫")]
        assert [row[1] for row in first] == ["+", "x", "~", "▪", " "]
        await drive.press("escape")
        row = next(row for row in drive.shown("#agreements").splitlines() if "Open the port" in row)
        assert row[1] == "*"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("is:accepted", [CENTRE]),
        ("is:rejected", ["Explore building"]),
        ("is:corrected", [DRONES]),
        ("!is:new", [CENTRE, "Explore building"]),
        ("tag:arms", [DRONES]),
        ("tag:sea", []),
        ("note:lisb", [CENTRE]),
        ("is:accepted denmark", [CENTRE]),
    ],
)
async def test_a_query_finds_what_the_reader_did(query: str, titles: list[str], cache: AnalysisCache) -> None:
    async with reviewing(cache, "a", "semicolon") as drive:
        await drive.type("ask Lisbon")
        await drive.press("enter", "down", "r", "down", "plus", "number_sign")
        await drive.type("arms")
        await drive.press("enter")
        await drive.search(query)
        await drive.press("enter")
        found = {match.record_id for match in drive.state.matches.agreements}
        assert found == {drive.agreement(title).id for title in titles}
