"""Occasions: documents of the same days that name the same parties or the same meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.occasions import Occasion, OccasionFinder
from alliance_tui.library.store import Library, open_library
from tests.support.linked_documents import linked_analysis

VISIT = (
    ("Joint statement of Norland and Westmark", "2029-03-04"),
    ("Fact sheet: the visit of Queen Sigrid of Norland", "2029-03-05"),
    ("Remarks by the president and Queen Sigrid", "2029-03-05"),
)
OTHERS = (
    ("Press briefing by Otto Brandt on the budget of Ostmark", "2029-03-04"),
    ("Press briefing by Otto Brandt on the harvest of Tarn", "2029-03-05"),
    ("Queen Sigrid of Norland turns fifty", "2029-06-05"),
    ("Remarks on the opera of Lund", "2029-03-20"),
    ("Remarks on the rivers of Lund", "2029-05-20"),
    *(
        (f"Press briefing by Otto Brandt on the {what}", f"2029-0{month}-17")
        for month, what in enumerate(
            ("glaciers", "ferries", "owls", "mines", "forests", "schools", "roads", "bridges", "harbours"), 1
        )
    ),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library.sqlite") as library:
        add(library, tmp_path, (*VISIT, *OTHERS))
        yield library


def add(library: Library, folder: Path, documents: Sequence[tuple[str, str | None]]) -> None:
    """Add documents of these titles and dates; those of the visit have an agreement of both its parties."""
    for number, (title, day) in enumerate(documents):
        quote = f"Norland and Westmark will open harbour {number}"
        text = f"{quote}." if (title, day) in VISIT else f"Nothing of note happened in year {number}."
        records = ({"quote": quote, "parties": ["Norland", "Westmark"]},) if (title, day) in VISIT else ()
        file = folder / f"{number}.txt"
        file.write_text(text, encoding="utf-8")
        library.upsert(linked_analysis(text, records, title=title, date=day), read_source_file(file))


def titles(library: Library, occasion: Occasion | None) -> list[str]:
    return [document.title for number in (occasion.documents if occasion else ()) if (document := library.get(number))]


def occasion_of(library: Library, title: str) -> Occasion | None:
    (number,) = (document.number for document in library.documents() if document.title == title)
    return OccasionFinder(library.db).occasion_of(number)


def test_documents_of_a_visit_are_of_one_occasion_whichever_is_asked_for(library: Library) -> None:
    for title, _ in VISIT:
        assert titles(library, occasion_of(library, title)) == [title for title, _ in VISIT]


def test_an_occasion_has_its_days_and_parties(library: Library) -> None:
    occasion = occasion_of(library, VISIT[0][0])
    assert occasion is not None
    assert occasion.describe() == "2029-03-04 to 2029-03-05 Norland, Westmark"


def test_a_name_that_is_there_at_all_times_makes_no_occasion(library: Library) -> None:
    assert occasion_of(library, OTHERS[0][0]) is None


def test_documents_of_other_days_and_without_a_day_are_of_none(library: Library, tmp_path: Path) -> None:
    assert occasion_of(library, "Queen Sigrid of Norland turns fifty") is None
    (tmp_path / "undated").mkdir()
    add(library, tmp_path / "undated", (("Queen Sigrid of Norland in Eskby", None),))
    assert occasion_of(library, "Queen Sigrid of Norland in Eskby") is None


def test_all_occasions_are_listed_each_document_once(library: Library) -> None:
    assert [titles(library, each) for each in OccasionFinder(library.db).occasions()] == [[title for title, _ in VISIT]]


def test_a_copy_is_of_the_occasion_of_its_text(library: Library, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    add(library, tmp_path / "copies", VISIT[:1])
    copy = max(document.number for document in library.documents())
    assert titles(library, OccasionFinder(library.db).occasion_of(copy)) == [title for title, _ in VISIT]


def test_in_a_library_of_one_visit_alone_its_documents_are_found(tmp_path: Path) -> None:
    with open_library(tmp_path / "library.sqlite") as library:
        add(library, tmp_path, VISIT)
        assert len(titles(library, occasion_of(library, VISIT[0][0]))) == 3
