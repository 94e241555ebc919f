"""Links between the documents of a library: made when one is stored, dropped with it, those that a comparison shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.links import never_linked_documents, read_linkable, read_links, unlinked_documents
from alliance_tui.library.register import load_life, load_register
from alliance_tui.library.review.review_entries import read_entries
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.library.storage.schema import MIGRATIONS
from alliance_tui.library.store import Library, open_library
from alliance_tui.linking.comparison import compare
from alliance_tui.linking.linker import Link
from alliance_tui.linking.register import RegisterRow, Status
from alliance_tui.linking.register_query import matching_rows
from alliance_tui.linking.word_diff import Side
from alliance_tui.overviews.undertakings import register_of
from alliance_tui.records import Analysis
from alliance_tui.review.entry import begin_step, document_target, record_target
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.record_links import decide_link, link_decisions
from alliance_tui.review.steps import judge, tag
from tests.support.linked_documents import (
    LINKS_WITHOUT_VERSION,
    REPORT,
    REPORT_RECORDS,
    fact_sheet,
    linked_analysis,
    report,
    statement,
)

TODAY = "2030-06-01"
LATER = report()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with a statement and the report of the next year."""
    with open_library(tmp_path / "library.sqlite") as library:
        for analysis in (statement(), LATER):
            store(library, tmp_path, analysis)
        yield library


def store(library: Library, folder: Path, analysis: Analysis) -> None:
    file = folder / (analysis.document.path or "")
    file.write_text(analysis.document.text, encoding="utf-8")
    library.upsert(analysis, read_source_file(file))


def linked_ids(library: Library) -> set[frozenset[str]]:
    """The ids of linked records; equal ids of two documents are one."""
    ids = {
        (number, record.position): record.id
        for (number,) in library.db.execute("SELECT number FROM documents").fetchall()
        for record in read_linkable(library.db, number)
    }
    return {frozenset((ids[link.first], ids[link.second])) for link in read_links(library.db)}


def row_of(library: Library, record: str) -> RegisterRow:
    """The row whose first statement has a title with these words."""
    (row,) = (row for row in load_register(library, TODAY) if record in row.title)
    return row


def test_documents_are_linked_when_they_are_added_as_a_comparison_links_them(library: Library) -> None:
    compared = {
        frozenset(each.id for statements in row.statements for each in statements)
        for row in compare([statement(), LATER]).shared()
    }
    assert linked_ids(library) == compared == {frozenset({"centre"}), frozenset({"radars"}), frozenset({"drones"})}


def test_adding_a_document_again_links_nothing_anew(library: Library, tmp_path: Path) -> None:
    before = [(link.confidence, link.reasons) for link in read_links(library.db, with_reasons=True)]
    store(library, tmp_path, LATER)
    assert [(link.confidence, link.reasons) for link in read_links(library.db, with_reasons=True)] == before


def test_the_order_in_which_documents_are_added_does_not_matter(library: Library, tmp_path: Path) -> None:
    with open_library(tmp_path / "other.sqlite") as other:
        for analysis in (LATER, statement()):
            store(other, tmp_path, analysis)
        assert linked_ids(other) == linked_ids(library)
        assert sorted(link.confidence for link in read_links(other.db)) == sorted(
            link.confidence for link in read_links(library.db)
        )


def test_links_go_with_a_document(library: Library) -> None:
    number = library.db.execute("SELECT max(number) FROM documents").fetchone()[0]
    library.remove([number])
    assert list(read_links(library.db)) == []
    assert [len(row.statements) for row in load_register(library, TODAY)] == [1, 1, 1, 1]


def test_a_document_with_other_records_is_linked_anew(library: Library, tmp_path: Path) -> None:
    changed = linked_analysis(REPORT + " ", REPORT_RECORDS[:1], title="Later", date="2030-01-10")
    store(library, tmp_path, changed)
    assert linked_ids(library) == {frozenset({"radars"})}


def test_documents_of_an_older_library_are_linked_on_demand(library: Library) -> None:
    linked = linked_ids(library)
    library.db.executescript("DELETE FROM linkable; DELETE FROM links; DELETE FROM status_words")
    assert [document.title for document in library.link_pending()] == ["Statement", "Later"]
    assert linked_ids(library) == linked
    assert list(library.link_pending()) == []


def link_by_other_rules(library: Library) -> None:
    """Leave the library as other rules might have: with another link, and another word of status."""
    library.db.execute("UPDATE linkable SET version = 'other'")
    library.db.execute("UPDATE links SET second_position = 3, reasons = '[]' WHERE first_position = 0")
    library.db.execute("DELETE FROM status_words")
    library.db.execute("INSERT INTO status_words VALUES (1, 0, 'under way', 1, 1, 0, 0)")


def state_of(library: Library) -> tuple[list[Link], list[tuple[object, ...]]]:
    """The links of a library, and what its agreements say of their status."""
    said = library.db.execute("SELECT * FROM status_words ORDER BY document, position")
    return sorted(read_links(library.db, with_reasons=True), key=lambda link: link.first), said.fetchall()


def test_what_other_rules_linked_is_linked_anew_document_by_document(library: Library, tmp_path: Path) -> None:
    before = state_of(library)
    link_by_other_rules(library)
    assert state_of(library) != before
    links = state_of(library)[0]
    assert next(library.link_pending()).title == "Statement"  # and the register is left
    assert state_of(library)[0] == links, "links stay until both documents are linked anew"
    with open_library(tmp_path / "library.sqlite") as reopened:
        assert unlinked_documents(reopened.db) == [2]
        assert [document.title for document in reopened.link_pending()] == ["Later"]
        assert state_of(reopened) == before
        assert unlinked_documents(reopened.db) == []


def test_a_library_from_before_rules_had_versions_is_linked_anew(library: Library, tmp_path: Path) -> None:
    before = state_of(library)
    version = next(n for n, steps in enumerate(MIGRATIONS) if any("linkable_by_version" in str(s) for s in steps))
    library.db.executescript(f"{LINKS_WITHOUT_VERSION} PRAGMA user_version = {version}")
    with open_library(tmp_path / "library.sqlite") as migrated:
        assert unlinked_documents(migrated.db) == [1, 2]
        assert never_linked_documents(migrated.db) == []
        assert [link.first for link in state_of(migrated)[0]] == [link.first for link in before[0]]
        assert len(list(migrated.link_pending())) == 2
        assert state_of(migrated) == before


def test_a_new_document_is_not_compared_with_what_other_rules_linked(library: Library, tmp_path: Path) -> None:
    link_by_other_rules(library)
    third = linked_analysis(REPORT + " ", REPORT_RECORDS, title="Third", date="2030-03-10")
    store(library, tmp_path, third)
    assert all(3 not in (link.first.document, link.second.document) for link in read_links(library.db))
    assert len(list(library.link_pending())) == 2
    assert len(row_of(library, "link their coastal radars").statements) == 3


def test_a_change_of_a_record_that_other_rules_linked_waits_for_the_present_ones(
    library: Library, tmp_path: Path
) -> None:
    link_by_other_rules(library)
    radars = {each.id: each for each in LATER.agreements}["radars"]
    rejection = judge(begin_step(LATER.document, "Ada"), [(radars, None)], Judgement.REJECTED)
    ReviewLog(tmp_path / "library.sqlite").append(rejection)
    assert unlinked_documents(library.db) == [1, 2]
    list(library.link_pending())
    assert linked_ids(library) >= {frozenset({"centre"}), frozenset({"drones"})}


def test_what_a_reader_said_of_links_stays_when_they_are_made_anew(library: Library, tmp_path: Path) -> None:
    by_id = [{each.id: each for each in analysis.agreements} for analysis in (statement(), LATER)]
    step = begin_step(statement().document, "Ada")
    log = ReviewLog(tmp_path / "library.sqlite")
    log.append(decide_link(step, by_id[0]["radars"], LATER.document, by_id[1]["radars"], is_same=False))
    log.append(decide_link(step, by_id[0]["pilots"], LATER.document, by_id[1]["oaks"], is_same=True))
    link_by_other_rules(library)
    list(library.link_pending())
    rows = load_register(library, TODAY, link_decisions(list(read_entries(library.db))))
    told = {row.title: row.documents for row in rows}
    assert told["They intend to link their coastal radars"] == 1
    assert told["They will teach ferry pilots each other’s language"] == 2
    assert told["Norland plans to buy four Skadi drones for $6 million"] == 2


def test_rebuilding_the_index_keeps_the_links(library: Library) -> None:
    linked = linked_ids(library)
    library.rebuild_index()
    assert linked_ids(library) == linked


def test_the_register_has_a_row_for_each_undertaking(library: Library) -> None:
    rows = load_register(library, TODAY)
    assert [(row.first, row.last, row.documents, row.status) for row in rows] == [
        ("2029-03-04", "2030-01-10", 2, Status.REAFFIRMED),
        ("2029-03-04", "2030-01-10", 2, Status.REAFFIRMED),
        ("2029-03-04", "2030-01-10", 2, Status.REAFFIRMED),
        ("2029-03-04", "2029-03-04", 1, Status.PROMISED),
        ("2030-01-10", "2030-01-10", 1, Status.PROMISED),
        ("2030-01-10", "2030-01-10", 1, Status.PROMISED),
    ]


def test_copies_of_a_text_state_an_undertaking_once(library: Library, tmp_path: Path) -> None:
    before = [len(row.statements) for row in load_register(library, TODAY)]
    store(library, tmp_path, linked_analysis(REPORT, REPORT_RECORDS, title="Copy", date="2030-02-10"))
    assert [len(row.statements) for row in load_register(library, TODAY)] == before


def test_a_document_has_the_same_statuses_in_a_library_as_on_its_own(tmp_path: Path) -> None:
    quotes = (
        "Norland continues to link its coastal radars",
        "Westmark will pay ferry pilots from 2029",
        "Ostmark delivered its drones",
        "Ostmark will have delivered its owls",
    )
    completed = {"strength": "completed"}
    fields: tuple[dict[str, str], ...] = ({}, {"deadline": "2029", "deadline_text": "2029"}, completed, completed)
    records = tuple({"quote": quote} | of_quote for quote, of_quote in zip(quotes, fields, strict=True))
    analysis = linked_analysis(". ".join(quotes), records)
    with open_library(tmp_path / "library.sqlite") as library:
        store(library, tmp_path, analysis)
        stored = [(row.finding, row.due) for row in load_register(library, TODAY)]
    alone = [(row.finding, row.due) for row in register_of([analysis], TODAY)]
    assert alone == stored
    assert [finding.status for finding, _ in alone][:2] == [Status.UNDER_WAY, Status.PROMISED]
    assert {due for _, due in alone} == {None}


def test_silence_is_said_of_what_later_documents_with_the_same_parties_do_not_state(library: Library) -> None:
    silence = row_of(library, "teach ferry pilots").silence
    assert silence
    assert silence.describe() == ("not mentioned since 2029-03-04 in 1 later document with the same parties")
    assert row_of(library, "link their coastal radars").silence is None


def test_a_life_has_each_statement_with_what_changed(library: Library) -> None:
    first, second = load_life(library, row_of(library, "link their coastal radars"))
    assert (first.document.title, second.document.title) == ("Statement", "Later")
    assert [(change.field, change.before, change.after) for change in second.changes] == [
        ("strength", "planned", "committed")
    ]
    assert [run.words for run in second.words if run.side is Side.FIRST] == ["intend"]
    assert first.changes == ()
    assert "same parties" in second.reasons


def test_a_reader_cuts_and_confirms_links(library: Library) -> None:
    one, other = statement(), LATER
    by_id = [{each.id: each for each in analysis.agreements} for analysis in (one, other)]
    step = begin_step(one.document, "Ada")
    cut = decide_link(step, by_id[0]["radars"], other.document, by_id[1]["radars"], is_same=False)
    confirmed = decide_link(step, by_id[0]["pilots"], other.document, by_id[1]["oaks"], is_same=True)
    rows = load_register(library, TODAY, link_decisions([*cut, *confirmed]))
    told = {row.title: row.documents for row in rows}
    assert told["They intend to link their coastal radars"] == 1
    assert told["They will teach ferry pilots each other’s language"] == 2


def test_a_rejected_record_joins_no_statements(library: Library, tmp_path: Path) -> None:
    """A record that links two others is no reason to count them as one undertaking once it is rejected."""
    store(library, tmp_path, linked_analysis(REPORT + " ", REPORT_RECORDS, title="Third", date="2030-03-10"))
    assert len(row_of(library, "link their coastal radars").statements) == 3
    radars = {each.id: each for each in statement().agreements}["radars"]
    rejection = judge(begin_step(statement().document, "Ada"), [(radars, None)], Judgement.REJECTED)
    ReviewLog(tmp_path / "library.sqlite").append(rejection)
    rows = [row for row in load_register(library, TODAY) if "coastal radars" in row.title]
    assert [(row.first, len(row.statements)) for row in rows] == [("2030-01-10", 1), ("2030-03-10", 1)]


def test_a_statement_has_the_labels_of_its_agreement_and_of_its_document(library: Library, tmp_path: Path) -> None:
    radars = {each.id: each for each in LATER.agreements}["radars"]
    step = begin_step(LATER.document, "Ada")
    log = ReviewLog(tmp_path / "library.sqlite")
    log.append(tag(step, [record_target(LATER.document, radars)], "sea power"))
    log.append(tag(begin_step(LATER.document, "Ada"), [document_target()], "budget"))
    log.append(judge(begin_step(LATER.document, "Ada"), [(radars, None)], Judgement.ACCEPTED))
    first, second = row_of(library, "link their coastal radars").statements
    assert first.labels == frozenset()
    assert second.labels == {"accepted", "#sea", "#power", "#budget"}
    rows = load_register(library, TODAY)
    assert len(matching_rows(rows, "tag:budget").rows) == len(LATER.agreements)
    assert [row.title for row in matching_rows(rows, "is:accepted").rows] == [
        "They intend to link their coastal radars"
    ]


def test_the_fact_sheet_of_the_same_day_reaffirms_nothing(tmp_path: Path) -> None:
    with open_library(tmp_path / "library.sqlite") as library:
        for analysis in (statement(), fact_sheet()):
            store(library, tmp_path, analysis)
        assert row_of(library, "link their coastal radars").status is Status.PROMISED


def test_two_orders_are_not_linked_however_alike_they_are(tmp_path: Path) -> None:
    with open_library(tmp_path / "library.sqlite") as library:
        for analysis in (statement(), LATER):
            document = replace(analysis.document, title=f"Executive Order: {analysis.document.title}")
            store(library, tmp_path, replace(analysis, document=document))
        assert linked_ids(library) == set()
