"""Completion of filter fields and their values from the document's records."""

from __future__ import annotations

import pytest

from alliance_tui.search.completion import document_completions
from alliance_tui.search.engine import search
from tests.support.sample_index import INDEX


def completed_queries(query: str, cursor: int | None = None) -> list[str]:
    """Return the whole query after each completion."""
    cursor = len(query) if cursor is None else cursor
    return [query[: c.start] + c.text + query[c.end :] for c in document_completions(INDEX, query, cursor)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pa", ["party:", "pays:"]),
        ("kishida st", ["kishida strength:"]),
        ("!ha", ["!has:"]),
        ("party:", ["party:Japan ", 'party:"Security Consultative Committee" ', 'party:"United States" ']),
        ("party:sta", ['party:"United States" ']),
        ('party:"united', ['party:"United States" ']),
        ("strength:>=a", ["strength:>=agreed "]),
        ("domain:def", ["domain:defence-industry "]),
        ("type:b", ["type:body "]),
        ("by:", ["by:2025 "]),
        ("said:kis", ['said:"Fumio Kishida" ']),
        ("has:", ["has:party ", "has:amount ", "has:attribution ", "has:deadline ", "has:instrument "]),
        ("nofield:x", []),
        ("", []),
        ("kishida ", []),
    ],
)
def test_completions_of_the_term_under_the_cursor(query: str, expected: list[str]) -> None:
    assert completed_queries(query) == expected


def test_the_most_frequent_value_comes_first() -> None:
    assert [c.count for c in document_completions(INDEX, "party:", 6)] == [2, 1, 1]


def test_only_the_text_before_the_cursor_is_completed() -> None:
    assert completed_queries("pa kishida", 2) == ["party: kishida", "pays: kishida"]


def test_every_completed_value_has_matches() -> None:
    for field in ("party", "strength", "domain", "type", "kind", "instrument", "said", "has", "by"):
        for query in completed_queries(f"{field}:"):
            matches = search(INDEX, query)
            assert matches.entities or matches.agreements, query
            assert not matches.problems, query
