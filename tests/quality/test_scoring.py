"""How predicted records are compared with annotated ones: parties count by entity."""

from __future__ import annotations

import pytest

from tests.quality.evaluate.scoring import same_party, shared_parties


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NASA", "National Aeronautics and Space Administration"),
        ("Group of Seven", "G7"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("U.S. Harbour Safety Agency", "Harbour Safety Agency"),
        ("Norwegian Sonar Institute", "Sonar Institute"),
        ("CIRT", "Centre Intérieur de Recherche Thermique"),
        ("Joint Harbour Taskforce", "Joint Taskforce"),
        ("Ministry of Ports", "the Ministry of Ports"),
    ],
)
def test_names_abbreviations_and_short_forms_of_one_entity_are_one_party(one: str, other: str) -> None:
    assert same_party(one, other)
    assert same_party(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("South Korea", "North Korea"),
        ("Kenyan Navy", "Norwegian Navy"),
        ("African Union", "African Union Commission"),
        ("European Council", "European Commission"),
        ("Ministry of Foreign Affairs of Kenya", "Ministry of Foreign Affairs of Norway"),
        ("Bank of Kenya", "Kenya"),
        ("United States", "U.S. Department of Commerce"),
        ("Peace and Security Council", "United Nations Security Council"),
    ],
)
def test_a_part_and_its_whole_and_the_like_of_two_states_are_different_parties(one: str, other: str) -> None:
    assert not same_party(one, other)
    assert not same_party(other, one)


def test_each_annotated_party_is_counted_once() -> None:
    assert shared_parties(["NASA", "National Aeronautics and Space Administration"], ["NASA", "Kenya"]) == 1
    assert shared_parties(["Kenya", "NASA"], ["National Aeronautics and Space Administration", "Kenya"]) == 2
    assert shared_parties([], ["Kenya"]) == 0
