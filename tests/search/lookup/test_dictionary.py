"""The English dictionary, inflections, and other spellings of names."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.search.engine import search
from alliance_tui.search.lookup.dictionary import is_english_word, is_known_name, is_same_word
from tests.support.sample_index import index_with

DATA = files("alliance_tui.search.lookup") / "data"
LISTED = [DATA.joinpath(f"{name}.txt").read_text().split() for name in ("words", "names")]


def matched_text(text: str, query: str, *names: str) -> list[str]:
    """Return what a query with a complete last word matches in a text with these entities."""
    index = index_with(text, *names)
    return [text[hit.start : hit.end] for hit in search(index, f"{query} ").text]


@pytest.mark.parametrize("number", [0, 1])
def test_the_word_lists_are_sorted(number: int) -> None:
    assert LISTED[number] == sorted(set(LISTED[number]))


@given(st.sampled_from(LISTED[0]), st.sampled_from(LISTED[1]))
def test_every_listed_word_is_in_the_dictionary(word: str, name: str) -> None:
    assert is_english_word(word)
    assert is_known_name(name)


@given(st.text("abcdefgh", max_size=6))
def test_other_words_are_not_in_the_dictionary(word: str) -> None:
    assert is_english_word(word) == (word in LISTED[0])


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("saudi", "The two leaders said so."),
        ("billion", "A million people came."),
        ("fear", "It was a good year."),
        ("formation", "They shared information."),
        ("stage", "A state visit followed."),
        ("austria", "The minister went to Australia."),
        ("gambia", "The minister went to Zambia."),
    ],
)
def test_an_english_word_or_name_never_matches_a_similar_one(query: str, text: str) -> None:
    assert matched_text(text, query) == []
    assert matched_text(text, query, text.split()[-1].rstrip(".")) == []


@pytest.mark.parametrize(
    ("query", "text_word"),
    [
        ("agreements", "agreement"),
        ("policies", "policy"),
        ("increasing", "increased"),
        ("defence", "defense"),
        ("organisations", "organization"),
        ("centre", "center"),
        ("labour", "labor"),
        ("programme", "program"),
        ("dialogue", "dialog"),
        ("cancelled", "canceled"),
        ("commit", "committed"),
        ("planning", "plans"),
        ("need", "needed"),
        ("stay", "staying"),
        ("fleeing", "fled"),
        ("vetoes", "vetoed"),
        ("traffic", "trafficking"),
        ("dying", "died"),
        ("programmes", "program"),
        ("organising", "organizes"),
        ("dependant", "dependent"),
        ("loosing", "losing"),
    ],
)
def test_an_english_word_matches_its_inflections_and_spelling_variants_and_a_slight_slip(
    query: str, text_word: str
) -> None:
    assert matched_text(f"One {text_word} stands here.", query) == [text_word]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("plane", "plan"),
        ("planes", "plans"),
        ("hoped", "hop"),
        ("rating", "rats"),
        ("seed", "see"),
        ("thing", "the"),
        ("starred", "stared"),
        ("unit", "united"),
        ("fourth", "forth"),
        ("size", "seize"),
    ],
)
def test_words_with_a_common_prefix_are_different_words(first: str, second: str) -> None:
    assert not is_same_word(first, second)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("kiev", "Kyiv"),
        ("kyiv", "Kiev"),
        ("qadhafi", "Gaddafi"),
        ("kadafi", "Gaddafi"),
        ("muhammad", "Mohammed"),
        ("kharkov", "Kharkiv"),
        ("lvov", "Lviv"),
        ("zelenskij", "Zelenskyy"),
        ("kyongju", "Gyeongju"),
        ("soekarno", "Sukarno"),
        ("hizbullah", "Hezbollah"),
    ],
)
def test_a_name_matches_its_other_romanisations(query: str, name: str) -> None:
    assert matched_text(f"The talks with {name} were held.", query, name) == [name]


def test_words_outside_names_have_no_romanisations() -> None:
    assert matched_text("The fund is cold.", "found") == []
    assert matched_text("The fund is cold.", "gold", "cold") == []
