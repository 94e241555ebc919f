"""Completion of queries to the library: fields, with the values in its documents and records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from alliance_tui.library.search.completion import FIELDS
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.store import open_library
from tests.support.sample_library import fill


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibrarySearch]:
    with open_library(fill(tmp_path_factory.mktemp("library"))) as library:
        yield LibrarySearch(library)


def completed_values(searcher: LibrarySearch, query: str) -> dict[str, int]:
    """The completions at the end of the query, with their counts."""
    return {completion.display_text: completion.count for completion in searcher.completer.complete(query, len(query))}


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("da", {"date:": 0}),
        ("norland pa", {"path:": 0, "party:": 0, "pays:": 0}),
        ("date:", {"2021": 3, "2022": 2}),
        ("date:>=2022", {"2022": 1 + 1}),
        ("source:", {'"Coast Wire"': 3, '"Ministry of Defence of Norland"': 1}),
        ("source:minis", {'"Ministry of Defence of Norland"': 1}),
        ("language:", {"en": 5}),
        ("title:what", {'"What the ministers ate"': 1}),
        ("kind:", {"agreement": 5, "news": 3, "statement": 2}),
        ("party:", {"Norland": 3, "Westmark": 3, "Suderia": 2, "Ostia": 1, '"République d\'Arvane"': 1}),
        ("party:arv", {'"République d\'Arvane"': 1}),
        ("instrument:", {'"Harbour Accord"': 1}),
        ("said:", {'"Ilse Brandt"': 1}),
        ("strength:>=", {"agreed": 3, "committed": 1, "explored": 1}),
        ("domain:", {"maritime": 2, "defence-industry": 1}),
        ("type:pers", {"person": 1}),
        ("by:", {"2031": 2}),
        ("has:", {"party": 5, "deadline": 2, "attribution": 1, "duplicate": 1, "instrument": 1}),
        ("words:", {}),
        ("nosuch:", {}),
    ],
)
def test_the_completions_and_their_counts(searcher: LibrarySearch, query: str, values: dict[str, int]) -> None:
    assert completed_values(searcher, query) == values


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if field not in ("path", "words", "entities", "agreements")]
)
def test_each_completed_value_finds_a_document(searcher: LibrarySearch, field: str) -> None:
    query = f"{field}:"
    for completion in searcher.completer.complete(query, len(query)):
        *_, results = searcher.search(completion.text)
        assert results.hits, completion.text
        assert not results.problems


def test_an_address_is_completed_by_its_host(tmp_path: Path) -> None:
    with open_library(fill(tmp_path, ["menu", "talks"])) as library:
        library.db.execute("UPDATE documents SET source = 'https://www.lamu.example/news?id=1'")
        searcher = LibrarySearch(library)
        assert completed_values(searcher, "source:") == {"lamu.example": 2}
        *_, results = searcher.search("source:lamu.example ")
        assert len(results.hits) == 2


def test_values_of_removed_documents_are_not_completed(tmp_path: Path) -> None:
    with (
        open_library(fill(tmp_path, ["accord", "talks"])) as library,
        open_library(tmp_path / "library.sqlite") as other,
    ):
        searcher = LibrarySearch(library)
        assert "Ostia" in completed_values(searcher, "party:")
        other.remove([document.number for document in other.documents() if document.path.endswith("accord.txt")])
        assert searcher.refresh()
        assert set(completed_values(searcher, "party:")) == {"Westmark", '"République d\'Arvane"'}
