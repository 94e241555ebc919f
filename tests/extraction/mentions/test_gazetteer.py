"""The gazetteer: what its lexicons have, and how its names are found and disambiguated in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import States
from alliance_tui.extraction.mentions.gazetteer import Sense, gazetteer
from alliance_tui.extraction.mentions.gazetteer_mentions import find_gazetteer_mentions
from alliance_tui.records import EntityType


def named(text: str) -> list[tuple[str, str]]:
    return [(text[n.start : n.end], n.name) for n in find_gazetteer_mentions(text, gazetteer().find(text))]


def test_the_longest_known_name_wins() -> None:
    assert named("The United Nations Security Council met.") == [
        ("United Nations Security Council", "United Nations Security Council")
    ]


@pytest.mark.parametrize("form", ["U.S.", "US", "United States", "United States of America", "USA", "America"])
def test_the_forms_of_a_state_are_one_state(form: str) -> None:
    assert named(f"Kenya and the {form} will meet.") == [("Kenya", "Kenya"), (form, "United States")]


def test_two_states_joined_by_a_hyphen_are_two_states() -> None:
    assert [name for _, name in named("Kenya-Japan ties and U.S.-ROK ties")] == [
        "Kenya",
        "Japan",
        "United States",
        "South Korea",
    ]


def test_demonyms_qualify_and_name_nothing() -> None:
    assert named("Kenyan and Japanese ships") == []


def test_a_government_is_a_form_of_its_state() -> None:
    assert named("The Kenyan government and the Government of Japan met.") == [
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
    assert named(f"Leaders of the {name} met.") == [(name, state)]


def test_a_republican_party_is_no_state() -> None:
    assert named("the Portuguese Republic Party and the Norwegian republic of letters") == []


@pytest.mark.parametrize("city", ["Hanoi", "Ha Noi", "Kyiv", "Kiev", "Sana'a", "Sana’a"])
def test_a_capital_has_more_than_one_spelling(city: str) -> None:
    assert named(f"Talks are held in {city} this week.") == [(city, city)]


def test_heads_of_government_are_not_a_government() -> None:
    assert named("the Heads of Government of Kenya") == [("Kenya", "Kenya")]


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
def test_a_capital_is_the_city_or_the_government_by_what_stands_around_it(text: str, name: str) -> None:
    assert name in {found for _, found in named(text)}


def test_a_state_glued_to_the_next_word_is_found() -> None:
    assert named("a base in Japanfollowing a review, and in Kenyawith friends") == [
        ("Japan", "Japan"),
        ("Kenya", "Kenya"),
    ]


def test_a_word_that_only_begins_like_a_state_is_left_alone() -> None:
    assert named("Omanis in Chinatown; Indianola; Jordanians") == []


@pytest.mark.parametrize(
    ("text", "is_state"),
    [
        ("A plant in Savannah, Georgia, will close.", False),
        ("Talks were held in Tbilisi, Georgia.", True),
        ("Ukraine, Georgia and Moldova applied.", True),
    ],
)
def test_a_name_that_a_state_shares_with_a_region_elsewhere_is_told_by_the_city_before_it(
    text: str, is_state: bool
) -> None:
    assert ("Georgia" in dict(named(text))) is is_state


def test_money_is_no_state() -> None:
    assert named("It cost US$40 million.") == []


def test_a_name_runs_over_an_indented_line_break_and_not_over_a_blank_stretch() -> None:
    assert [n for _, n in named("the United\n    Kingdom")] == ["United Kingdom"]
    assert named("United\n\n                                        Kingdom") == []


def test_every_state_has_a_name_that_is_found_again() -> None:
    for name, state in load(States).states.items():
        for form in (name, *state.forms):
            known = gazetteer().get(form)
            assert known is not None and known.type in {EntityType.STATE, EntityType.PLACE}, form


def test_no_state_is_named_only_by_an_adjective() -> None:
    for state in load(States).states.values():
        for demonym in state.demonyms:
            known = gazetteer().get(demonym)
            assert known is not None and (known.sense is Sense.DEMONYM or known.type is EntityType.STATE), demonym


@given(st.text(alphabet=st.sampled_from("US.-Japn ’'“2+\n()Koreathe ,"), max_size=80))
def test_what_is_found_stands_in_the_text_from_left_to_right_without_overlap(text: str) -> None:
    last = 0
    for found in gazetteer().find(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
