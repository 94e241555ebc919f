"""The grammar of queries: every string is legal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.query import MAX_QUERY_WORDS, Filter, MatchMode, Phrase, parse_query

pieces = st.sampled_from(
    [*(f"{field}:" for field in FilterField), '"', "“", "”", "'", "^", "$", "!", "|", ":", ">=", " ", "x"]
)
queries = st.lists(pieces | st.text(max_size=6), max_size=12).map("".join)


def terms(query: str) -> list[list[str]]:
    """Return the groups of a query, each term as its mode or field and its words."""
    return [[_describe(term.operand, term.negated) for term in group] for group in parse_query(query).groups]


def _describe(what: Phrase | Filter, negated: bool) -> str:
    words = what if isinstance(what, Phrase) else what.phrase
    kind = what.mode if isinstance(what, Phrase) else what.field + what.comparison
    return f"{'!' if negated else ''}{kind} {'+'.join(word.folded for word in words.words)}"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Kishida  visit", [["fuzzy kishida"], ["fuzzy visit"]]),
        ("self-defense", [["fuzzy self+defense"]]),
        ('"joint statement"', [["whole joint+statement"]]),
        ("“joint statement”", [["whole joint+statement"]]),
        ("'ship ^coop ion$ ^x$", [["inside ship"], ["prefix coop"], ["suffix ion"], ["whole x"]]),
        ("!china", [["!fuzzy china"]]),
        ("!'china", [["!inside china"]]),
        ("a | b c|d", [["fuzzy a", "fuzzy b"], ["fuzzy c", "fuzzy d"]]),
        ("party:japan", [["party: japan"]]),
        ('party:"south korea" x', [["party: south+korea"], ["fuzzy x"]]),
        ("strength:>=committed", [["strength>= committed"]]),
        ("!by:<2027-03", [["!by< 2027+03"]]),
        ("Strength:agreed", [["strength: agreed"]]),
        ("at 12:30", [["fuzzy at"], ["fuzzy 12+30"]]),
        ("memo:this", [["fuzzy memo+this"]]),
    ],
)
def test_terms(query: str, expected: list[list[str]]) -> None:
    assert terms(query) == expected


@pytest.mark.parametrize("query", ["", " ", "|", "| |", "—", "%$#"])
def test_queries_without_terms(query: str) -> None:
    assert parse_query(query).groups == ()


@pytest.mark.parametrize("query", ["party:", "kishida by:", "!", '"', "kishida !", "x:y"])
def test_ignored_parts_are_reported(query: str) -> None:
    assert len(parse_query(query).problems) == 1


@pytest.mark.parametrize(
    ("query", "typing"),
    [("kish", True), ("kish ", False), ('"joint st', True), ('"joint st"', False), ("party:jap", True), ("a.", False)],
)
def test_the_last_word_may_be_incomplete(query: str, typing: bool) -> None:
    what = parse_query(query).groups[-1][-1].operand
    assert (what if isinstance(what, Phrase) else what.phrase).incomplete is typing


def test_a_long_query_is_truncated_and_reported() -> None:
    query = parse_query(" ".join(f"word{n}" for n in range(2_000)))
    assert (
        sum(len(term.operand.words) for (term,) in query.groups if isinstance(term.operand, Phrase)) == MAX_QUERY_WORDS
    )
    assert query.problems == ("only the first 40 words are searched for",)


def test_only_the_last_word_may_be_incomplete() -> None:
    first, last = (group[0].operand for group in parse_query("kish vis").groups)
    assert isinstance(first, Phrase)
    assert isinstance(last, Phrase)
    assert (first.incomplete, last.incomplete) == (False, True)
    assert first.mode is MatchMode.FUZZY


@given(queries | st.text(max_size=200))
def test_any_string_is_a_query_with_words_in_every_term(query: str) -> None:
    for group in parse_query(query).groups:
        assert group
        for term in group:
            words = term.operand if isinstance(term.operand, Phrase) else term.operand.phrase
            assert words.words
            assert all(word.folded for word in words.words)
