"""The vocabulary, and likely misspellings in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.lookup.edit_distance import weighted_distance

word = st.text("abcdes", min_size=1, max_size=9)


@given(st.sets(word, max_size=30), st.sets(word, max_size=30), word)
def test_a_vocabulary_and_its_base_are_looked_up_as_one(base: set[str], own: set[str], asked: str) -> None:
    vocabulary = Vocabulary(own, base=Vocabulary(base))
    everything = base | own
    assert len(vocabulary) == len(everything)
    assert (asked in vocabulary) == (asked in everything)
    assert sorted(vocabulary.with_prefix(asked)) == sorted(w for w in everything if w.startswith(asked))
    assert sorted(vocabulary.with_suffix(asked)) == sorted(w for w in everything if w.endswith(asked))
    assert sorted(vocabulary.with_substring(asked)) == sorted(w for w in everything if asked in w)
    near = sorted(pair for chunk in vocabulary.within_distance(asked, 2) for pair in chunk)
    assert near == sorted((w, OSA.distance(asked, w)) for w in everything if OSA.distance(asked, w) <= 2)


@given(word, word)
def test_only_equal_words_have_distance_zero(typed: str, meant: str) -> None:
    assert (weighted_distance(typed, meant) == 0) == (typed == meant)


@given(word, word)
def test_no_edit_weighs_more_than_a_substitution_of_the_first_letter(typed: str, meant: str) -> None:
    assert weighted_distance(typed, meant) <= 2.5 * OSA.distance(typed, meant)


@pytest.mark.parametrize(
    ("typed", "likelier", "than"),
    [
        ("comand", "command", "demand"),
        ("recieve", "receive", "relieve"),
        ("kihsida", "kishida", "kishina"),
        ("seperate", "separate", "desperate"),
        ("adress", "address", "dress"),
        ("enviroment", "environment", "enrolment"),
        ("definately", "definitely", "defiantly"),
    ],
)
def test_common_slips_have_a_smaller_distance(typed: str, likelier: str, than: str) -> None:
    assert weighted_distance(typed, likelier) < weighted_distance(typed, than)
