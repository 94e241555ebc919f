"""Capitalised names: where they begin and end, and the type that their head noun gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.mentions.capitalised_names.finder import CapitalisedNameFinder
from alliance_tui.extraction.mentions.finders.spacy_ner import common_words
from alliance_tui.records import EntityType
from tests.support.name_recognition import find_names, typed_names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("they signed the Harbour Access Agreement today", "Harbour Access Agreement", "instrument"),
        ("the Lamu Declaration on Fisheries was adopted", "Lamu Declaration on Fisheries", "instrument"),
        ("under the Ports Act of 1974, they may", "Ports Act of 1974", "instrument"),
        ("the Joint Harbour Committee will meet", "Joint Harbour Committee", "body"),
        ("the Working Group on Coastal Trade met", "Working Group on Coastal Trade", "body"),
        ("the Blue Lanterns Initiative starts", "Blue Lanterns Initiative", "programme"),
        ("the Plan for Ending the Causes of Drought", "Plan for Ending the Causes of Drought", "instrument"),
        ("He launched the First Harbour Coalition", "First Harbour Coalition", "body"),
        ("The Building Codes Forum met", "Building Codes Forum", "body"),
        ("Project Selene will go on", "Project Selene", "programme"),
        ("the Global Lantern program will grow", "Global Lantern program", "programme"),
        ("the Kenyan Pacific Fleet sailed", "Kenyan Pacific Fleet", "unit"),
        ("the Ministry of Ports, Roads and Railways said", "Ministry of Ports, Roads and Railways", "organisation"),
        ("the Food and Harbour Administration said", "Food and Harbour Administration", "organisation"),
        ("the University of Lamu opened", "University of Lamu", "organisation"),
        ("the Lamu Leaders’ Summit ended", "Lamu Leaders’ Summit", "event"),
        ("the Harbour Training (HT) Programme runs", "Harbour Training (HT) Programme", "programme"),
        ("the 2019 Kenyan presidential election was close", "2019 Kenyan presidential election", "event"),
        ("two F-35B fighters and an SM-6", "F-35B", "system"),
        ("at COP31 they agreed", "COP31", "event"),
        ("with Combined Task Force 153 at sea", "Combined Task Force 153", "unit"),
        ("the 9th Fleet sailed", "9th Fleet", "unit"),
        ("the Climate & Ports Task Force met", "Climate & Ports Task Force", "body"),
        ("the Tidal Power working group met", "Tidal Power working group", "body"),
        ("the Lamu Harbour Working group met", "Lamu Harbour Working group", "body"),
        ("under an Open Harbour Policy they", "Open Harbour Policy", "instrument"),
        ("the Lamu Support Package for Ports grew", "Lamu Support Package for Ports", "programme"),
        ("the Council of Harbour Ministers met", "Council of Harbour Ministers", "body"),
        (
            "at the 14th Ordinary Session of the Council of Ministers",
            "14th Ordinary Session of the Council of Ministers",
            "event",
        ),
        ("the 21st Century Harbours initiative", "21st Century Harbours initiative", "programme"),
        ("from RAF Heronby and", "RAF Heronby", "place"),
        ("at the Lamu War Memorial in", "Lamu War Memorial", "place"),
        ("when Tropical Storm Hilda came", "Tropical Storm Hilda", "event"),
        ("the Kenyan Ministry of Ports said", "Kenyan Ministry of Ports", "organisation"),
    ],
)
def test_the_head_noun_gives_the_type(text: str, name: str, kind: str) -> None:
    text = f"They said that roads, railways, ports, food and harbour work matter: {text}."
    assert (name, kind) in typed_names(text)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Stand Up a Lamu Port Coordination Group", "Lamu Port Coordination Group"),
        ("Launching the Blue Lanterns Initiative", "Blue Lanterns Initiative"),
        ("Establish Coastal Radar Contact Groups", "Coastal Radar Contact Groups"),
        ("Blue Lanterns Initiative", "Blue Lanterns Initiative"),
        ("Host Port Support Agreement", "Host Port Support Agreement"),
        ("Sign Language Initiative", "Sign Language Initiative"),
    ],
)
def test_a_heading_with_a_founding_verb_is_the_name_of_what_it_creates(heading: str, name: str) -> None:
    mention = CapitalisedNameFinder(heading, common_words(heading), [], []).match_heading(0, len(heading))
    assert mention is not None and mention.name == name


@pytest.mark.parametrize("heading", ["Launch New Ships", "Sailing the Blue Lanterns Initiative", "Stand Up", "Launch"])
def test_a_heading_that_is_no_name_gives_none(heading: str) -> None:
    assert CapitalisedNameFinder(heading, common_words(heading), [], []).match_heading(0, len(heading)) is None


def test_two_names_joined_by_and_are_two() -> None:
    text = "The Harbour Agency and the Lamu Trade Forum met, as did the Ministry of Ports and Department of Roads."
    assert [name for name, _ in typed_names(text)] == [
        "Harbour Agency",
        "Lamu Trade Forum",
        "Ministry of Ports",
        "Department of Roads",
    ]


def test_a_possessive_ends_the_owner_s_name() -> None:
    assert [n for n, _ in typed_names("the Harbour Agency’s Blue Lanterns Initiative")] == [
        "Harbour Agency",
        "Blue Lanterns Initiative",
    ]


def test_a_place_after_in_is_not_part_of_the_name() -> None:
    assert [n for n, _ in typed_names("the Harbour Summit in Kenya")] == ["Harbour Summit"]


def test_the_year_of_a_day_before_a_name_is_no_part_of_it() -> None:
    assert typed_names("the May 7-8, 2031 Lake Summit opens") == [("Lake Summit", "event")]


def test_a_year_before_a_name_belongs_to_it_and_the_name_alone_is_known_too() -> None:
    (mention,) = find_names("under the 2019 Lamu Accord")
    assert mention.name == "2019 Lamu Accord"
    assert mention.nested_forms == ("Lamu Accord",)


@pytest.mark.parametrize("text", ["Foreign Ministers and Defence Secretaries met.", "By April 2024 Today", "FY 2027"])
def test_roles_and_dates_are_no_names(text: str) -> None:
    assert typed_names(text) == []


@given(
    st.lists(
        st.sampled_from(
            ["Ministry", "of", "and", ",", "the", "Trade", "(TF)", "U.S.", "Kenya", "’s", "Agreement", "2019", "to"]
        ),
        max_size=14,
    )
)
def test_names_found_in_any_run_of_words_quote_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    for mention in find_names(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.type in EntityType
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
