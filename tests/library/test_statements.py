"""Statements as the register has them: kept between two readings, and never other than the rows that they are of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_tui.library import register
from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.register import load_register
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.library.statements import read_stored
from alliance_tui.library.storage.schema import MIGRATIONS
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import Analysis, Strength
from alliance_tui.review.entry import Entry, begin_step, document_target
from alliance_tui.review.record_changes import Judgement
from alliance_tui.review.steps import correct, judge, tag
from tests.support.linked_documents import LINKS_WITHOUT_VERSION, fact_sheet, fill_linked, report, statement

TODAY = "2032-01-01"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with a statement and the report of the next year, whose register was read."""
    path = fill_linked(tmp_path, statement(), report())
    with open_library(path) as library:
        assert len(load_register(library, TODAY)) == 6
    return path


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The documents whose statements are made of their rows, one list for each time."""
    made: list[list[int]] = []
    make = register._make_statements

    def note_and_make(db: sqlite3.Connection, numbers: list[int]) -> object:
        made.append(list(numbers))
        return make(db, numbers)

    monkeypatch.setattr(register, "_make_statements", note_and_make)
    return made


def described(library: Library) -> list[str]:
    """The rows of the register, each with its statements and status."""
    return [f"{row.statements} {row.finding}" for row in load_register(library, TODAY)]


def stored(analysis: Analysis, folder: Path) -> Callable[[Library], object]:
    """Return a step that stores an analysis."""

    def store(library: Library) -> None:
        file = folder / (analysis.document.path or "")
        file.write_text(analysis.document.text, encoding="utf-8")
        library.upsert(analysis, read_source_file(file))

    return store


def logged(entries: list[Entry], path: Path) -> Callable[[Library], object]:
    """Return a step that logs entries."""
    return lambda _: ReviewLog(path).append(entries)


def changes(folder: Path, path: Path) -> Iterator[Callable[[Library], object]]:
    """Yield whatever changes what the register shows, one after the other."""
    analysis = statement()
    first, second, third, _ = analysis.agreements
    step = begin_step(replace(analysis.document, path=str(folder / "statement.txt")), "ada")
    weaker = replace(second, strength=Strength.EXPLORED)
    yield logged(correct(step, second, weaker, "strength"), path)
    yield logged(correct(step, first, replace(first, parties=("Tarn, Land of",)), "parties"), path)
    yield logged(judge(step, [(third, None)], Judgement.REJECTED), path)
    yield logged(tag(step, [document_target()], "fleet"), path)
    yield stored(fact_sheet(), folder)
    later = report()
    yield stored(replace(later, document=replace(later.document, date="2031-05-01")), folder)
    yield lambda library: library.remove([1])
    yield lambda library: library.rebuild_index()


def test_after_each_change_they_are_those_of_the_rows(path: Path, tmp_path: Path) -> None:
    seen = set()
    for change in changes(tmp_path, path):
        with open_library(path) as library:
            change(library)
            shown = described(library)
            library.db.execute("DELETE FROM statements")
            assert shown == described(library)
            seen.add(tuple(shown))
    assert len(seen) == 7, "each change is seen, but for the index that is made anew"


def test_only_what_changed_is_read_from_rows(path: Path, tmp_path: Path, makings: list[list[int]]) -> None:
    with open_library(path) as library:
        load_register(library, TODAY)
        assert makings == []
        stored(fact_sheet(), tmp_path)(library)
        load_register(library, TODAY)
        load_register(library, TODAY)
    assert makings == [[3]]


def test_a_changed_document_has_none_of_the_other_documents_status_words_read(path: Path) -> None:
    """What is read for one changed document does not grow with the library."""
    with open_library(path) as library:
        library.db.execute("DELETE FROM statements WHERE document = 2")
        queries: list[str] = []
        library.db.set_trace_callback(queries.append)
        load_register(library, TODAY)
        library.db.set_trace_callback(None)
        plans = [
            step
            for query in queries
            if query.lstrip().startswith("SELECT") and ("status_words" in query or "agreements" in query)
            for *_, step in library.db.execute(f"EXPLAIN QUERY PLAN {query}")
        ]
    assert plans, "they are read"
    assert not [step for step in plans if step.startswith(("SCAN status_words", "SCAN agreements"))], plans


@pytest.mark.parametrize(
    "damage",
    ["body = x'ff00'", "body = x'c0'", "body = x'91a161'", "version = 'other'"],
    ids=["no MessagePack", "null", "no statement", "of other fields"],
)
def test_a_row_that_cannot_be_read_is_made_anew(path: Path, damage: str, makings: list[list[int]]) -> None:
    with open_library(path) as library:
        before = described(library)
        library.db.execute(f"UPDATE statements SET {damage} WHERE document = 2")
        assert described(library) == before
        assert makings == [[2]]
        assert set(read_stored(library.db)) == {1, 2}


def test_a_library_that_cannot_be_written_has_a_register(path: Path, makings: list[list[int]]) -> None:
    with open_library(path) as library:
        before = described(library)
        library.db.execute("DELETE FROM statements")
        library.db.execute("PRAGMA query_only = 1")
        assert described(library) == described(library) == before
    assert makings == [[1, 2], [1, 2]]


def test_a_library_of_the_version_before_gets_them_when_its_register_is_read(path: Path) -> None:
    with open_library(path) as library:
        before = described(library)
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%statements%'"
        for (name,) in library.db.execute(query).fetchall():
            library.db.execute(f"DROP TRIGGER {name}")
        version = next(n for n, steps in enumerate(MIGRATIONS) if any("EXISTS statements (" in str(s) for s in steps))
        library.db.executescript(f"DROP TABLE statements; {LINKS_WITHOUT_VERSION} PRAGMA user_version = {version}")
    with open_library(path) as library:
        assert described(library) == before
        assert set(read_stored(library.db)) == {1, 2}
