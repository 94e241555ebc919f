"""Tokens of names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.mentions.capitalised_names.tokenizer import tokenize


def test_words_keep_abbreviations_and_lose_possessives() -> None:
    text = "The U.S.-Kenya Co. of Joseph R. Vimes’s, AT&T and the leaders’ 3M"
    assert [w.text for w in tokenize(text, 0, len(text))] == [
        "The",
        "U.S.-Kenya",
        "Co.",
        "of",
        "Joseph",
        "R.",
        "Vimes",
        "AT&T",
        "and",
        "the",
        "leaders",
        "3M",
    ]


@given(st.text(max_size=60))
def test_tokens_quote_the_text_in_order(text: str) -> None:
    last = 0
    for word in tokenize(text, 0, len(text)):
        assert last <= word.start < word.end <= len(text)
        assert text[word.start : word.end] == word.text
        last = word.end
