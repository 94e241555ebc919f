"""Romanisation keys: the spellings of one name share one, names that differ do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.search.names.romanisation import romanisation_keys
from alliance_tui.search.names.skeleton import skeletons

SPELLINGS = {
    "Russian, by the German press": [
        ("gorbachev", "gorbatschow"),
        ("zhukov", "schukow"),
        ("khrushchev", "chruschtschow"),
    ],
    "Russian, by the French press": [("putin", "poutine"), ("brezhnev", "brejnev"), ("yushchenko", "iouchtchenko")],
    "Russian endings": [
        ("zelensky", "zelenskyy"),
        ("dmitry", "dmitriy"),
        ("smirnov", "smirnoff"),
        ("nazarbayev", "nazarbaev"),
    ],
    "Ukrainian and Belarusian": [("lugansk", "luhansk"), ("serhiy", "sergei"), ("lukashenko", "lukashenka")],
    "Arabic": [
        ("gaddafi", "qadhafi"),
        ("hussein", "husayn"),
        ("jamal", "gamal"),
        ("haftar", "hifter"),
        ("saleh", "salih"),
    ],
    "Arabic, glued": [("baradei", "elbaradei"), ("abdullah", "abdallah"), ("hezbollah", "hizballah")],
    "Persian": [("rouhani", "rowhani"), ("khamenei", "chamenei"), ("ahmadinejad", "ahmadinezhad")],
    "Hebrew": [("netanyahu", "netanjahu"), ("yitzhak", "itzhak"), ("gantz", "ganz")],
    "Indian": [("vajpayee", "bajpai"), ("mukherjee", "mookerjee"), ("jaishankar", "jayshankar")],
    "diacritics": [("schroder", "schroeder"), ("vucic", "vuchich"), ("cavusoglu", "chavushoglu")],
    "Indonesian": [("sukarno", "soekarno"), ("jakarta", "djakarta")],
    "Japanese": [("sato", "satoh"), ("shinzo", "sinzou"), ("koizumi", "koidzumi")],
    "Korean": [("pusan", "busan"), ("seok", "suk"), ("jaemyung", "jaemyong"), ("moohyun", "muhyon")],
    "Wade-Giles": [("xiaoping", "hsiaoping"), ("zedong", "tsetung"), ("qingde", "chingte")],
}


@pytest.mark.parametrize(("first", "second"), [pair for pairs in SPELLINGS.values() for pair in pairs])
def test_spellings_of_a_name_share_a_key_and_a_skeleton(first: str, second: str) -> None:
    assert romanisation_keys(first) & romanisation_keys(second)
    assert skeletons(first) & skeletons(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("oleksandr", "oleksii"),
        ("ivanov", "ivanova"),
        ("hassan", "hussein"),
        ("salman", "suleiman"),
        ("jongun", "yongnam"),
        ("zhang", "chan"),
        ("khalid", "khalil"),
    ],
)
def test_different_names_share_no_key(first: str, second: str) -> None:
    assert not romanisation_keys(first) & romanisation_keys(second)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=40))
def test_any_word_has_few_keys(word: str) -> None:
    assert len(romanisation_keys(word)) <= 600
    assert len(skeletons(word)) <= 54


@pytest.mark.parametrize("word", ["", "2030", "côte", "北京"])
def test_what_is_no_folded_latin_word_has_no_key(word: str) -> None:
    assert romanisation_keys(word) == frozenset()
