"""Look-up of values in postings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.values.parser import find_values
from alliance_tui.search.values.value import value_of
from alliance_tui.search.values.value_index import ValueIndex

TEXT = (
    "On October 7, 2023 Norland pledged $6 million, half a million of it to 16 towns. "
    "A second plan for the third quarter of 2025 has 6 ships, 6% more, and a million trees by 2023."
)


def found(query: str, *strings: str) -> list[str]:
    """The values of the strings that the query means, with the words that they cover."""
    postings = Postings(strings or (TEXT,))
    index = ValueIndex(postings)
    values = find_values(query, in_query=True)[0].values
    keys = dict.fromkeys(key for value in values for key in index.keys_meant_by(value))
    spans = sorted(words for key in keys for words in index.occurrences(key))
    return [
        postings.strings[postings.by_string.unit_of(first)][postings.start_offsets[first] : postings.end_offset(last)]
        for first, last in spans
    ]


@pytest.mark.parametrize(
    ("query", "spans"),
    [
        ("$6m", ["6 million"]),
        ("6", ["6", "6"]),
        ("500,000", ["half a million"]),
        ("1m", ["a million"]),
        ("2023", ["2023", "2023"]),
        ("7 october", ["October 7, 2023"]),
        ("q3 2025", ["third quarter of 2025"]),
        ("7", ["7"]),
        ("17", []),
    ],
)
def test_values_are_found_by_worth(query: str, spans: list[str]) -> None:
    assert found(query) == spans


def test_every_string_is_searched_from_its_own_first_word() -> None:
    assert found("$6m", "6 ships", "", "about $6 million", "US$6m") == ["6 million", "US$6m"]


def test_a_full_date_means_the_same_day_without_its_year_too() -> None:
    assert found("2023-10-07", "on October 7", "on October 7, 2023") == ["October 7", "October 7, 2023"]
    assert found("2023-10-07", "on October 8, 2023") == []


@given(st.lists(st.sampled_from([*TEXT.split(), "a", "half", "7-9", "to", "$400–500", "FY27"]), max_size=12))
def test_the_index_has_the_values_of_the_string(words: list[str]) -> None:
    text = " ".join(words)
    postings = Postings([text])
    index = ValueIndex(postings)
    values = {value.key for found in find_values(text) for value in found.values}
    assert set(index.keys) == values
    assert all(index.occurrences(key) for key in values)
    assert all(key in index.keys_meant_by(value_of(key)) for key in values)
