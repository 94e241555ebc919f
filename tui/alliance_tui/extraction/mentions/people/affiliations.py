"""Affiliations: the state or party that a leader, an administration or an agency belongs to."""

from __future__ import annotations

import re
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Leaders, Organisations
from alliance_tui.extraction.mentions.names.gazetteer import gazetteer
from alliance_tui.extraction.mentions.names.person_names import surname
from alliance_tui.records import EntityType


@cache
def leader_parties() -> dict[str, str]:
    """Return the party that each listed leader represents, by full name."""
    leaders = load(Leaders)
    by_party = [*leaders.states.items(), *leaders.organisations.items()]
    return {name: party for party, names in by_party for name in names}


@cache
def _leaders_by_surname() -> dict[str, tuple[str, ...]]:
    leaders: dict[str, list[str]] = {}
    for name in leader_parties():
        leaders.setdefault(surname(name).lower(), []).append(name)
    return {family: tuple(names) for family, names in leaders.items()}


@cache
def _leaders_by_words() -> dict[frozenset[str], str]:
    return {frozenset(name.lower().split()): name for name in reversed(leader_parties())}


def leaders_by_surname(family: str) -> tuple[str, ...]:
    """Return the listed leaders of this surname."""
    return _leaders_by_surname().get(family.lower(), ())


def surname_parties(family: str) -> set[str]:
    """Return the parties of the listed leaders of this surname."""
    return {leader_parties()[leader] for leader in leaders_by_surname(family)}


def leader_in_any_order(name: str) -> str | None:
    """Return the listed leader whose name has these words in any order: "Kishida Fumio"."""
    words = name.lower().split()
    return _leaders_by_words().get(frozenset(words)) if len(words) > 1 else None


@cache
def administration_state(name: str) -> str | None:
    """Return the state of the listed leaders whose administration this is: "the Biden-Harris Administration"."""
    leading, _, head = name.rpartition(" ")
    if head != "Administration":
        return None
    states = [parties for family in re.split("[- ]", leading) if (parties := surname_parties(family))]
    shared = set.intersection(*states) if states else set()
    return next(iter(shared)) if len(shared) == 1 else None


@cache
def agency_states() -> dict[str, str]:
    """Return the state that each agency acts for whose acts are simply the state's, by the agency's name."""
    return load(Organisations).state_metonyms


def state_in_name(name: str) -> str | None:
    """Return the state that an agency's name begins with or contains: "U.S. Department of State", "Bank of Kenya"."""
    words = name.split()
    initial = (gazetteer().get(" ".join(words[:count])) for count in (1, 2, 3))
    entries = [*(entry for entry in initial if entry), *(match.entry for match in gazetteer().find(name))]
    return next((entry.name for entry in entries if entry.type is EntityType.STATE), None)
