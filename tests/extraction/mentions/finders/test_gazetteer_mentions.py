"""Mentions by listed names, disambiguated by context."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.mentions.finders.gazetteer_mentions import find_gazetteer_mentions
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer


def mentions(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.name) for m in find_gazetteer_mentions(text, gazetteer().find(text))]


def test_the_longest_name_wins() -> None:
    assert mentions("The United Nations Security Council met.") == [
        ("United Nations Security Council", "United Nations Security Council")
    ]


@pytest.mark.parametrize("form", ["U.S.", "US", "United States", "United States of America", "USA", "America"])
def test_the_forms_of_a_state_are_one_state(form: str) -> None:
    assert mentions(f"Kenya and the {form} will meet.") == [("Kenya", "Kenya"), (form, "United States")]


def test_two_states_joined_by_a_hyphen_are_two_states() -> None:
    assert [name for _, name in mentions("Kenya-Japan ties and U.S.-ROK ties")] == [
        "Kenya",
        "Japan",
        "United States",
        "South Korea",
    ]


def test_demonyms_qualify_and_name_nothing() -> None:
    assert mentions("Kenyan and Japanese ships") == []


def test_a_government_is_a_form_of_its_state() -> None:
    assert mentions("The Kenyan government and the Government of Japan met.") == [
        ("Kenyan government", "Kenya"),
        ("Government of Japan", "Japan"),
    ]


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Republic of Kenya", "Kenya"),
        ("Federal Democratic Republic of Ethiopia", "Ethiopia"),
        ("Republic of the Union of Myanmar", "Myanmar"),
        ("People’s Democratic Republic of Algeria", "Algeria"),
        ("Plurinational State of Bolivia", "Bolivia"),
        ("Grand Duchy of Luxembourg", "Luxembourg"),
        ("Portuguese Republic", "Portugal"),
        ("Swiss Confederation", "Switzerland"),
    ],
)
def test_a_state_has_an_official_name(name: str, state: str) -> None:
    assert mentions(f"Leaders of the {name} met.") == [(name, state)]


def test_a_republican_party_is_no_state() -> None:
    assert mentions("the Portuguese Republic Party and the Norwegian republic of letters") == []


@pytest.mark.parametrize("city", ["Hanoi", "Ha Noi", "Kyiv", "Kiev", "Sana'a", "Sana’a"])
def test_a_capital_has_more_than_one_spelling(city: str) -> None:
    assert mentions(f"Talks are held in {city} this week.") == [(city, city)]


def test_heads_of_government_are_not_a_government() -> None:
    assert mentions("the Heads of Government of Kenya") == [("Kenya", "Kenya")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Talks are held in Nairobi this week.", "Nairobi"),
        ("Nairobi’s offer was welcome.", "Kenya"),
        ("Relations between Nairobi and Tokyo", "Kenya"),
        ("Nairobi will send two ships.", "Kenya"),
        ("They flew to Nairobi, Kenya.", "Nairobi"),
        ("They met in Oslo. Nairobi will send two ships.", "Kenya"),
        ("Port Nairobi will stay.", "Nairobi"),
    ],
)
def test_a_capital_is_the_city_or_the_government_by_its_context(text: str, name: str) -> None:
    assert name in {canonical for _, canonical in mentions(text)}


def test_a_state_glued_to_the_next_word_is_found() -> None:
    assert mentions("a base in Japanfollowing a review, and in Kenyawith friends") == [
        ("Japan", "Japan"),
        ("Kenya", "Kenya"),
    ]


def test_a_word_that_only_begins_like_a_state_is_left_alone() -> None:
    assert mentions("Omanis in Chinatown; Indianola; Jordanians") == []


@pytest.mark.parametrize(
    ("text", "is_state"),
    [
        ("A plant in Savannah, Georgia, will close.", False),
        ("Talks were held in Tbilisi, Georgia.", True),
        ("Ukraine, Georgia and Moldova applied.", True),
    ],
)
def test_a_city_before_it_makes_a_name_a_region_elsewhere_and_no_state(text: str, is_state: bool) -> None:
    assert ("Georgia" in dict(mentions(text))) is is_state


def test_money_is_no_state() -> None:
    assert mentions("It cost US$40 million.") == []


def test_a_name_runs_over_an_indented_line_break_and_not_over_a_blank_stretch() -> None:
    assert [n for _, n in mentions("the United\n    Kingdom")] == ["United Kingdom"]
    assert mentions("United\n\n                                        Kingdom") == []
