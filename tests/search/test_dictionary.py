"""Words and names that a reader means as they stand, and the many spellings of foreign names."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.search.dictionary import is_english_word, is_known_name, is_same_word
from alliance_tui.search.engine import search
from alliance_tui.search.transliteration import transliteration_key
from tests.support.sample_index import index_with

LISTED = [files("alliance_tui.search").joinpath(f"data/{name}.txt").read_text().split() for name in ("words", "names")]


def lit(text: str, query: str, *names: str) -> list[str]:
    """What a query, its last word finished, lights in a text that names these entities."""
    index = index_with(text, *names)
    return [text[hit.start : hit.end] for hit in search(index, f"{query} ").text]


@pytest.mark.parametrize("number", [0, 1])
def test_the_lists_are_in_the_order_in_which_they_are_looked_up(number: int) -> None:
    assert LISTED[number] == sorted(set(LISTED[number]))


@given(st.sampled_from(LISTED[0]), st.sampled_from(LISTED[1]))
def test_every_listed_word_is_known(word: str, name: str) -> None:
    assert is_english_word(word)
    assert is_known_name(name)


@given(st.text("abcdefgh", max_size=6))
def test_no_other_word_is_known(word: str) -> None:
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
def test_an_english_word_or_name_never_lights_another_that_looks_like_it(query: str, text: str) -> None:
    assert lit(text, query) == []
    assert lit(text, query, text.split()[-1].rstrip(".")) == []


@pytest.mark.parametrize(
    ("query", "there"),
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
        ("dependant", "dependent"),
        ("loosing", "losing"),
    ],
)
def test_it_lights_itself_otherwise_inflected_or_spelt_and_after_a_slight_slip(query: str, there: str) -> None:
    assert lit(f"One {there} stands here.", query) == [there]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("plane", "plan"),
        ("planes", "plans"),
        ("hoped", "hop"),
        ("rating", "rats"),
        ("fourth", "forth"),
        ("size", "seize"),
    ],
)
def test_words_with_a_common_beginning_are_not_the_same(one: str, other: str) -> None:
    assert not is_same_word(one, other)


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
def test_a_name_is_found_in_another_romanisation(query: str, name: str) -> None:
    assert lit(f"The talks with {name} were held.", query, name) == [name]


def test_words_that_name_nobody_are_not_romanised() -> None:
    assert lit("The fund is cold.", "found") == []
    assert lit("The fund is cold.", "gold", "cold") == []


@given(st.text("abcdeghijkoqtuvwyz", max_size=12))
def test_romanising_is_stable(name: str) -> None:
    assert transliteration_key(name) == transliteration_key(name)
    assert len(transliteration_key(name)) <= max(len(name), len("muhamad"))
