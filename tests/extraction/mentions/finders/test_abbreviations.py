"""Abbreviations: the long forms that a text gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.finders.abbreviation_mentions import find_foreign_abbreviations
from alliance_tui.extraction.mentions.finders.abbreviations import find_abbreviations
from alliance_tui.records import EntityType


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("the Forum on Harbour Repair (FHR) met", "Forum on Harbour Repair", "FHR"),
        ("the Trade and Ports Agency (TPA)", "Trade and Ports Agency", "TPA"),
        ("the Harbour Repair Services’ (HRS) office", "Harbour Repair Services", "HRS"),
        ("The FHR (Forum on Harbour Repair) met", "Forum on Harbour Repair", "FHR"),
        ("Pact for Open Regional Trade (“PORT”)", "Pact for Open Regional Trade", "PORT"),
    ],
)
def test_abbreviations_are_found_before_and_behind_their_long_form(text: str, long: str, short: str) -> None:
    (abbreviation,) = find_abbreviations(text)
    assert text[abbreviation.long_start : abbreviation.long_end] == long
    assert text[abbreviation.short_start : abbreviation.short_end] == short
    assert abbreviation.is_name


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("It met Norway and Kenya’s Agency for Maritime Exchange (AKAME).", "Kenya’s Agency for Maritime Exchange"),
        ("It met Kenya’s Ship Authority Trust (SAT).", "Ship Authority Trust"),
    ],
)
def test_a_long_form_begins_with_a_word_of_the_name(text: str, long: str) -> None:
    (found,) = find_abbreviations(text)
    assert text[found.long_start : found.long_end] == long


def test_an_abbreviation_of_a_common_noun_is_no_name() -> None:
    (abbreviation,) = find_abbreviations("imports of liquefied natural gas (LNG) rose")
    assert not abbreviation.is_name


def test_brackets_that_explain_nothing_define_nothing() -> None:
    assert list(find_abbreviations("The ship (built in 1999) sailed (again) to Malta (MT7).")) == []


def test_no_long_form_begins_within_a_bracket() -> None:
    assert [d.short_start for d in find_abbreviations("the Lamu Trade Forum (LTF) Forum (LTF) countries")] == [22]


@given(st.text(alphabet="ABCab ()of.’", max_size=60))
def test_an_abbreviation_quotes_the_text(text: str) -> None:
    for abbreviation in find_abbreviations(text):
        assert 0 <= abbreviation.long_start < abbreviation.long_end <= len(text)
        assert text[abbreviation.short_start : abbreviation.short_end] == abbreviation.short


def test_an_abbreviation_in_another_language_is_found_by_its_position() -> None:
    agency = EntityMention(0, 23, "Harbour Property Agency", EntityType.ORGANISATION, 2)
    assert [
        (d.short, n.name) for d, n in find_foreign_abbreviations("Harbour Property Agency (AVLP) said", [agency])
    ] == [("AVLP", "Harbour Property Agency")]
