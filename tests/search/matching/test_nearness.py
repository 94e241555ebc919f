"""The order of places with several words of a query: side by side, in one clause, in one sentence."""

from __future__ import annotations

import pytest

from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import TextMatch

TEXT = """The missile of the navy, which was old, needed a defense.
Its defense against any missile is new.
The missile defense works. A missile for air defense came later.
Nobody spoke of it.
"""


def best(text: str, query: str) -> TextMatch:
    return max(search(SearchIndex.build(text, None), query, typing=False).text, key=lambda match: match.score)


def best_line(text: str, query: str) -> str:
    start = best(text, query).start
    return text[text.rfind("\n", 0, start) + 1 : text.find("\n", start)]


@pytest.mark.parametrize("query", ["missile defense", "misile defnse", "missile defence"])
def test_words_side_by_side_come_first(query: str) -> None:
    assert best_line(TEXT, query) == "The missile defense works. A missile for air defense came later."
    assert best(TEXT, query).start == TEXT.index("missile defense works")


def test_words_of_one_clause_come_before_words_of_one_sentence() -> None:
    text = "A missile, said the old admiral in the harbour yesterday, is no defense.\nA missile needs some defense.\n"
    assert best_line(text, "missile defense") == "A missile needs some defense."


def test_of_a_phrase_half_remembered_the_sentence_with_the_rarest_words_matches() -> None:
    text = "We met.\nA new era of strategic cooperation.\nA new day. A partnership.\nThe new plan. The new boat.\n"
    matches = search(SearchIndex.build(text, None), "new era of strategic partnership", typing=False)
    assert matches.is_nearest
    assert [text[match.start : match.end] for match in matches.text] == ["new", "era", "of", "strategic"]


def test_words_far_apart_in_one_paragraph_are_only_the_nearest() -> None:
    text = "The treaty came. " + "Much was said about other things on that day. " * 10 + "The navy left."
    assert search(SearchIndex.build(text, None), "treaty navy", typing=False).is_nearest


def test_operators_are_never_relaxed() -> None:
    index = SearchIndex.build(TEXT, None)
    for query in ('"defense missile" navy', "^missil lawsuit !navy", '\'issil "navy spoke"'):
        matches = search(index, query, typing=False)
        assert not matches.is_nearest
        assert not any(index.text.strings[0][m.start : m.end] == "lawsuit" for m in matches.text)
    assert not search(index, '"defense missile" navy', typing=False).text
