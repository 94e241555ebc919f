"""Completions of queries to the library: its fields, with the values that its documents and records have."""

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
    with open_library(fill(tmp_path_factory.mktemp("shelf"))) as library:
        yield LibrarySearch(library)


def offered(searcher: LibrarySearch, query: str) -> dict[str, int]:
    """What is offered at the end of the query, with the counts."""
    return {each.display_text: each.count for each in searcher.completer.complete(query, len(query))}


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("da", {"date:": 0}),
        ("norland pa", {"path:": 0, "party:": 0}),
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
def test_what_is_offered(searcher: LibrarySearch, query: str, values: dict[str, int]) -> None:
    assert offered(searcher, query) == values


@pytest.mark.parametrize(
    "field", [field for field in FIELDS if field not in ("path", "words", "entities", "agreements")]
)
def test_each_value_that_is_offered_finds_a_document(searcher: LibrarySearch, field: str) -> None:
    query = f"{field}:"
    for completion in searcher.completer.complete(query, len(query)):
        *_, findings = searcher.search(completion.text)
        assert findings.hits, completion.text
        assert not findings.problems


def test_of_an_address_the_host_is_offered(tmp_path: Path) -> None:
    with open_library(fill(tmp_path, ["menu", "talks"])) as library:
        library.db.execute("UPDATE documents SET source = 'https://www.lamu.example/news?id=1'")
        searcher = LibrarySearch(library)
        assert offered(searcher, "source:") == {"lamu.example": 2}
        *_, findings = searcher.search("source:lamu.example ")
        assert len(findings.hits) == 2


def test_what_was_removed_is_no_longer_offered(tmp_path: Path) -> None:
    with (
        open_library(fill(tmp_path, ["accord", "talks"])) as library,
        open_library(tmp_path / "library.sqlite") as other,
    ):
        searcher = LibrarySearch(library)
        assert "Ostia" in offered(searcher, "party:")
        other.remove([kept.number for kept in other.documents() if kept.path.endswith("accord.txt")])
        assert searcher.refresh()
        assert set(offered(searcher, "party:")) == {"Westmark", '"République d\'Arvane"'}
