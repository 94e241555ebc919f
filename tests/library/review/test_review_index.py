"""The index of the library follows the review log: both back ends find what the reader judged, corrected and noted."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.links import read_linkable, read_links
from alliance_tui.library.review import review_rows
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.storage.integrity import find_problems, repair
from alliance_tui.library.storage.schema import MIGRATIONS, SCHEMA_VERSION, DataMigration
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import Agreement, Analysis, Document, Kind
from alliance_tui.review import steps
from alliance_tui.review.document_review import make_review, review_after
from alliance_tui.review.entry import (
    begin_step,
    document_target,
    record_target,
)
from alliance_tui.review.labels import index_of
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.relocation import relocate
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis
from alliance_tui.search.engine import search
from alliance_tui.search.matches import Matches
from alliance_tui.search.plan.conditions import POSSIBLE, asks_for_status
from tests.support.builders import analysis as build_analysis
from tests.support.random_review import READER as ADA
from tests.support.random_review import random_step

QUERIES = (
    *("is:accepted", "is:rejected", "is:doubted", "is:new", "is:corrected", "is:possible", "!is:accepted", "tag:sea"),
    *("tag:se note:mini", "note:ministry", "!tag:sea", "is:accepted | tag:sea", "is:accepted strength:binding"),
    *("is:possible port", "is:possible | is:rejected", "is:corrected party:lusitania", "lusitania", "party:lusitania"),
    *("portugal", "type:state lusitania", "is:new drones", "strength:binding", "is:possible strength:explored"),
    *(
        'tag:"sea power"',
        "tag:sea drones",
        "tag:sea centre",
        "tag:sea type:state",
        "tag:sea | drones",
    ),
    *("is:possible tag:sea", "note:minister party:lusitania", "!note:minister", "tag:sea sea"),
)


def analysis() -> Analysis:
    """An analysis whose last record is below the threshold."""
    whole = build_analysis()
    return replace(whole, agreements=whole.agreements[:-1], possible=whole.agreements[-1:])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def store(path: Path) -> Document:
    """Store the document in a new library, with its file; return it as the library has it."""
    file = path.with_name("document.txt")
    file.write_text(build_analysis().document.text)
    document = replace(analysis().document, path=str(file))
    with open_library(path) as library:
        library.upsert(replace(analysis(), document=document), read_source_file(file))
    return document


def reviewed(path: Path, document: Document) -> ReviewedAnalysis:
    extracted = replace(analysis(), document=document)
    return review_analysis(extracted, ReviewLog(path).of_document(document), ADA)


def test_both_back_ends_find_the_same_after_any_steps(path: Path) -> None:
    document, log, chance = store(path), ReviewLog(path), random.Random(3)
    with open_library(path) as library:
        searcher = LibrarySearch(library)
        for _ in range(35):
            seen = reviewed(path, document)
            log.append(random_step(begin_step(document, ADA), seen, log.all_entries(), chance))
            searcher.refresh()
            for query, matches in _matches(reviewed(path, document)):
                assert bool(list(searcher.search(query))[-1].hits) is not matches.is_empty, query
                if not asks_for_status(query, POSSIBLE):  # possible agreements are not in the list of all
                    listed = list(searcher.search_agreements(query))[-1]
                    assert {position for _, position in listed.hits} == _undertakings(path, document, matches), query
            assert list(find_problems(library)) == []


def test_the_rows_after_any_steps_of_one_reader_are_those_that_would_be_written_anew(path: Path) -> None:
    document, log, chance = store(path), ReviewLog(path), random.Random(5)
    review = make_review(replace(analysis(), document=document), (), ADA)
    followed = 0
    with open_library(path) as library:
        for number in range(48):
            entries = random_step(begin_step(document, ADA), review.reviewed, review.entries, chance)
            after = review_after(review, entries, ADA)
            read_to = log.append_step(entries, review, after) if entries else review.read_to
            assert read_to is not None
            review = replace(after, read_to=read_to)
            followed += bool(entries)
            if number % 8 == 7:
                rows = _rows(library)
                assert list(find_problems(library)) == []
                library.rebuild_index()
                assert rows == _rows(library)
    assert followed > 30


def test_a_step_is_shown_with_what_another_instance_logged_meanwhile(path: Path) -> None:
    document, log, record = store(path), ReviewLog(path), analysis().agreements[0]
    review = make_review(replace(analysis(), document=document), (), ADA)
    log.append(steps.tag(begin_step(document, "ben"), [record_target(document, record)], "sea"))
    entries = steps.judge(begin_step(document, ADA), [(record, None)], Judgement.ACCEPTED)
    assert log.append_step(entries, review, review_after(review, entries, ADA)) is None
    with open_library(path) as library:
        assert list(find_problems(library)) == []
        assert found(library, "is:accepted tag:sea")


_ROWS = (
    "SELECT role, keys.key, units FROM postings JOIN keys ON keys.number = postings.key",
    "SELECT label, position FROM labels",
    "SELECT names.name, position, type, mentions FROM entities JOIN names ON names.number = entities.name",
    "SELECT names.name, position FROM parties JOIN names ON names.number = parties.name",
    "SELECT names.name, position, role FROM roles JOIN names ON names.number = roles.name",
    "SELECT names.name, position FROM mentioned JOIN names ON names.number = mentioned.name",
    "SELECT position, value, unit FROM amounts",
    "SELECT position, kind, strength, domain, deadline, start, parties, title FROM agreements",
    "SELECT position, progress, is_done, is_limit FROM status_words",
    "SELECT agreements FROM documents",
)


def _rows(library: Library) -> list[set[tuple[object, ...]]]:
    """The rows of the index, without the numbers that the database gives."""
    (number,) = library.db.execute("SELECT number FROM documents").fetchone()
    return [set(library.db.execute(query)) for query in _ROWS] + [
        {(record.position, str(record)) for record in read_linkable(library.db, number)}
    ]


def _undertakings(path: Path, document: Document, matches: Matches) -> set[int]:
    """Return the positions of the undertakings that match."""
    found = {match.record_id for match in matches.agreements}
    agreements = enumerate(reviewed(path, document).analysis.agreements)
    return {position for position, record in agreements if record.id in found and record.kind is Kind.AGREEMENT}


def _matches(seen: ReviewedAnalysis) -> Iterator[tuple[str, Matches]]:
    """Yield the queries, each with what a search of the document finds."""
    for query in QUERIES:
        index = index_of(seen, possible=asks_for_status(query, POSSIBLE))
        yield query, search(index, query)


def found(library: Library, query: str) -> bool:
    searcher = LibrarySearch(library)
    return bool(list(searcher.search(query))[-1].hits)


def test_an_entity_dropped_in_all_documents_and_undone_is_found_again_in_each(path: Path, tmp_path: Path) -> None:
    document, log = store(path), ReviewLog(path)
    other = tmp_path / "other.txt"
    other.write_text("Portugal will build a port.\n")
    elsewhere = Document.from_text(other.read_text(), title="Other", path=str(other))
    entity = next(each for each in analysis().entities if each.name == "Portugal")
    mention = replace(entity.mentions[0], span=elsewhere.span(0, len("Portugal")))
    with open_library(path) as library:
        portugal = replace(entity, id="p", forms=("Portugal",), mentions=(mention,))
        library.upsert(Analysis(elsewhere, (portugal,), (), "rules", "model"), read_source_file(other))
    dropped = steps.drop(begin_step(document, ADA), entity, everywhere=True)
    for entries, count in ((dropped, 0), (steps.undo(begin_step(document, ADA), dropped[0].step, everywhere=True), 1)):
        log.append(entries)
        with open_library(path) as library:
            assert [each.entities for each in library.documents() if each.path == str(other)] == [count]
            assert list(find_problems(library)) == []


def test_the_index_is_behind_by_no_step_that_was_acknowledged(path: Path) -> None:
    document = store(path)
    record = analysis().agreements[0]
    with open_library(path) as library:
        assert not found(library, "is:accepted")
        ReviewLog(path).append(steps.judge(begin_step(document, ADA), [(record, None)], Judgement.ACCEPTED))
        assert found(library, "is:accepted")
        assert found(library, "is:new")


def test_a_tagged_document_is_found_by_its_words_too_and_needs_no_records(path: Path) -> None:
    document = store(path)
    bare = path.with_name("bare.txt")
    bare.write_text("Nothing was agreed.\n")
    without_records = Document.from_text(bare.read_text(), title="Talks", path=str(bare))
    with open_library(path) as library:
        library.upsert(Analysis(without_records, (), (), "rules", "model"), read_source_file(bare))
        for each in (document, without_records):
            ReviewLog(path).append(steps.tag(begin_step(each, ADA), [document_target()], "follow-up"))
        searcher = LibrarySearch(library)
        for query, titles in {
            "tag:follow-up": {document.title, "Talks"},
            "tag:follow nothing": {"Talks"},
            "tag:follow talks !ministers": {"Talks"},
            "tag:follow party:portugal": {document.title},
            "tag:up strength:agreed": {document.title},
            "tag:later": set(),
        }.items():
            hits = list(searcher.search(query))[-1].hits
            assert {searcher.documents[hit.document].title for hit in hits} == titles, query
        assert [each.text for each in searcher.completer.complete("tag:f", 5)] == ["tag:follow "]


def test_a_document_read_again_keeps_its_judgements_in_the_index(path: Path) -> None:
    document = store(path)
    record = analysis().agreements[0]
    ReviewLog(path).append(steps.judge(begin_step(document, ADA), [(record, None)], Judgement.REJECTED))
    file = Path(document.path or "")
    file.write_text("Foreword.\n" + document.text)
    moved = Document.from_text(file.read_text(), title=document.title, path=str(file))
    with open_library(path) as library:
        library.upsert(Analysis(moved, (), (), "rules", "model"), read_source_file(file))
        assert found(library, "is:rejected")


def test_a_check_sees_an_index_that_is_not_as_the_log_says_and_repairs_it(path: Path) -> None:
    document = store(path)
    record = analysis().agreements[0]
    ReviewLog(path).append(steps.judge(begin_step(document, ADA), [(record, None)], Judgement.ACCEPTED))
    for statement in ("DELETE FROM labels WHERE label = 'accepted'", "UPDATE agreements SET parties = 'Nobody'"):
        with open_library(path) as library:
            library.db.execute(statement)
            (problem,) = find_problems(library)
            assert "document.txt is not as you judged and corrected it" in problem
            repair(library)
            assert list(find_problems(library)) == []
            assert found(library, "is:accepted")


TABLES_OF_LABELS_BEFORE = """DROP TABLE status_words; CREATE TABLE progress (document, position, words);
    DROP INDEX linkable_by_version; ALTER TABLE linkable DROP COLUMN version;"""
"""What changes a later version's tables back to those of the versions before and with the first labels."""


def test_a_library_of_the_version_before_is_brought_into_line_with_its_log(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = store(path)
    monkeypatch.setattr(review_rows, "follow_entries", lambda db, entries: None)  # as the version before
    record = analysis().agreements[0]
    step = begin_step(document, ADA)
    ReviewLog(path).append(
        [
            *steps.judge(step, [(record, None)], Judgement.ACCEPTED),
            *steps.correct(step, record, replace(record, parties=("Lusitania",)), "parties"),
        ]
    )
    with_labels = next(
        n for n, of_version in enumerate(MIGRATIONS) if any("TABLE labels" in str(s) for s in of_version)
    )
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            f"""DROP TABLE labels; DROP TABLE searches; DROP INDEX amounts_of_document; {TABLES_OF_LABELS_BEFORE}
            ALTER TABLE documents DROP COLUMN reader; PRAGMA user_version = {with_labels}"""
        )
    assert with_labels < SCHEMA_VERSION
    with open_library(path) as library:
        assert list(find_problems(library)) == []
        assert found(library, "is:accepted")
        assert found(library, "party:lusitania")
        assert found(library, "is:possible")


def test_labels_of_the_version_before_are_written_anew(path: Path) -> None:
    document = store(path)
    ReviewLog(path).append(steps.tag(begin_step(document, ADA), [document_target()], "sea power"))
    version = next(n for n, steps_ in enumerate(MIGRATIONS) if DataMigration.INDEX_LABELS in steps_)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"DELETE FROM labels; {TABLES_OF_LABELS_BEFORE} PRAGMA user_version = {version}")
    with open_library(path) as library:
        assert list(find_problems(library)) == []
        assert found(library, "tag:power")


def test_links_follow_what_changes_the_list_of_records(path: Path) -> None:
    document = store(path)
    copy = path.with_name("copy.txt")
    copy.write_text("Foreword.\n\n" + document.text)
    again = Document.from_text(copy.read_text(), title="Again", path=str(copy))
    shift = len("Foreword.\n\n")

    def moved(record: Agreement) -> Agreement:
        return relocate(record, again, record.evidence.start + shift, record.evidence.end + shift)

    with open_library(path) as library:
        agreements = tuple(moved(record) for record in analysis().agreements)
        library.upsert(Analysis(again, (), agreements, "rules", "model"), read_source_file(copy))
        linked = {(link.first.position, link.second.position) for link in read_links(library.db)}
        assert (1, 1) in linked
    first, second = analysis().agreements[:2]
    ReviewLog(path).append(steps.merge(begin_step(document, ADA), [first, second]))
    with open_library(path) as library:
        links = set(read_links(library.db))
        library.rebuild_index()
        assert links == set(read_links(library.db))
        assert (0, 0) in {(link.first.position, link.second.position) for link in links}
