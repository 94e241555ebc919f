"""Alias resolution: short, longer and variant names of one entity get one canonical name."""

from __future__ import annotations

import pytest

from alliance_tui.extraction.mentions.aliases import resolve_aliases
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.records import EntityType


def mention(name: str, kind: EntityType = EntityType.ORGANISATION, start: int = 0, rank: int = 2) -> EntityMention:
    return EntityMention(start, start + len(name), name, kind, rank)


def names(*forms: str) -> list[str]:
    mentions = [mention(name, start=1000 * i) for i, name in enumerate(forms)]
    return [n.name for n in resolve_aliases(mentions)]


def test_a_name_is_joined_to_the_longer_one_that_only_qualifies_it() -> None:
    assert names("Annual Harbour Dialogue", "Harbour Dialogue") == ["Annual Harbour Dialogue"] * 2


def test_a_name_that_ends_two_longer_ones_stays_its_own() -> None:
    assert names("Kenya Harbour Dialogue", "Ghana Harbour Dialogue", "Harbour Dialogue")[2] == "Harbour Dialogue"


def test_a_firm_has_its_full_name_unless_that_adds_but_its_legal_form_to_the_usual_one() -> None:
    assert names("Zephyr Motor Company", "Zephyr") == ["Zephyr Motor Company"] * 2
    assert names("Zephyr Group SpA", "Zephyr") == ["Zephyr Group SpA"] * 2
    assert names("Zephyr Group SpA", "Zephyr", "Zephyr", "Zephyr") == ["Zephyr"] * 4


def test_an_acronym_that_is_never_explained_is_joined_by_its_initials_to_the_one_name_that_has_them() -> None:
    assert names("Lamu Harbour Workers", "LHW") == ["Lamu Harbour Workers"] * 2
    assert names("Lamu Harbour Workers", "Lodwar Highland Wardens", "LHW")[2] == "LHW"


def test_a_noun_in_lower_case_after_a_name_does_not_change_the_entity() -> None:
    assert names("Selene program", "Selene") == ["Selene", "Selene"]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Task Force", "Interagency Task Force on Ports and Harbours"),
        ("Joint Taskforce", "Joint Ports and Supply Taskforce"),
        ("Second Harbour Forum", "Harbour Forum"),
    ],
)
def test_a_body_is_referred_to_by_the_words_of_its_head(short: str, full: str) -> None:
    assert len(set(names_as_bodies(full, short))) == 1


def test_names_that_differ_by_their_ordinals_are_different_entities() -> None:
    assert len(set(names("First Additional Protocol", "Second Additional Protocol"))) == 2


@pytest.mark.parametrize("other", ["Interagency Task Force on Ferries", "Second Fleet"])
def test_a_short_name_that_fits_two_entities_is_joined_to_neither(other: str) -> None:
    forms = ("Interagency Task Force on Ports", other, "Task Force", "Third Fleet")
    assert len(set(names_as_bodies(*forms))) == (4 if "Force" in other else 3)


def test_a_listed_organisation_is_not_called_by_the_mere_head_of_its_name() -> None:
    assert names_as_bodies("Financial Action Task Force", "Task Force")[1] == "Task Force"
    forms = ("Financial Action Task Force", "Interagency Task Force on Ports", "Task Force")
    assert names_as_bodies(*forms)[2] == "Interagency Task Force on Ports"


def names_as_bodies(*forms: str) -> list[str]:
    return [n.name for n in resolve_aliases([mention(name, EntityType.BODY, 1000 * i) for i, name in enumerate(forms)])]
