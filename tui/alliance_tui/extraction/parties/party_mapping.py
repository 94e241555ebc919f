"""Mapping of mentions to the parties they act for: leaders to states, administrations, groups and their members."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Bodies, Organisations, Places
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.people.affiliations import (
    administration_state,
    agency_states,
    leader_in_any_order,
    leader_parties,
    surname_parties,
)
from alliance_tui.extraction.mentions.people.person_index import PersonIndex, leader_of_surname
from alliance_tui.records import EntityType

PartyNames = tuple[str, ...]
"""Parties by canonical name, without repetition."""
UNNAMED_PARTIES = frozenset(
    {
        "Contracting Governments",
        "Contracting Parties",
        "Contracting States",
        "High Contracting Parties",
        "Member States",
        "Parties",
        "Signatory States",
        "States Parties",
    }
)
"""The terms of treaty practice for the parties of a treaty that names none."""
ACTOR_TYPES = {EntityType.STATE, EntityType.ORGANISATION, EntityType.BODY, EntityType.UNIT}
"""The types of entities that act in their own name."""


def unique(*names: Iterable[str]) -> PartyNames:
    """Return the names of all arguments in order, without repetition."""
    return tuple(dict.fromkeys(name for part in names for name in part))


def party_of(mention: EntityMention, people: PersonIndex) -> str | None:
    """Return the party that a mention acts for: a leader's state, else the actor in its own name."""
    if mention.type is EntityType.PERSON:
        person = people.find(mention.name)
        return (person.represents if person else None) or mention.name
    if mention.type in ACTOR_TYPES:
        return agency_states().get(mention.name) or administration_state(mention.name) or mention.name
    return None


def states_represented(mentions: Iterable[EntityMention], people: PersonIndex) -> PartyNames:
    """Return the states mentioned, and those that the persons mentioned represent."""
    parties = (
        (mention, party_of(mention, people))
        for mention in mentions
        if mention.type in {EntityType.STATE, EntityType.PERSON}
    )
    return unique(party for m, party in parties if party and (m.type is EntityType.STATE or party != m.name))


def represented_party(name: str, people: PersonIndex) -> str | None:
    """Return the party that a person represents, by the text or by the list of leaders.

    A surname is enough where all listed leaders who bear it represent one party.
    """
    person = people.find(name)
    if person is not None:
        return person.represents or leader_parties().get(person.name)
    has_given_name = " " in name and name[0].isupper()  # unlike "von der Leyen"
    leader = leader_in_any_order(name) or (leader_of_surname(name, {}) if has_given_name else None)
    parties = surname_parties(name)
    only = parties.pop() if len(parties) == 1 else None
    return leader_parties().get(leader or name) or only


@cache
def self_governing_territories() -> frozenset[str]:
    """Return the territories that have a government of their own."""
    return frozenset(load(Places).self_governing)


@cache
def state_groups() -> frozenset[str]:
    """Return the listed groups and alliances of states."""
    return frozenset((*load(Bodies).bodies, *load(Organisations).alliances))


def first_state_group(mentions: Iterable[EntityMention]) -> PartyNames:
    """Return the first group or alliance of states among the mentions: G7, Quad, NATO."""
    return tuple(m.name for m in mentions if m.name in state_groups())[:1]


def named_group_members(mentions: Iterable[EntityMention], people: PersonIndex) -> dict[str, PartyNames]:
    """Return the members of each small group of states that is mentioned together with all of them."""
    parties = {party for mention in mentions if (party := party_of(mention, people))}
    members = load(Bodies).members
    return {group: tuple(of) for group, of in members.items() if group in parties and parties.issuperset(of)}


def without_institutions(parties: PartyNames) -> PartyNames:
    """Leave out the institutions of an organisation that is a party itself: the European Commission beside the EU."""
    institutions = load(Organisations).institutions
    represented = {institution for party in parties for institution in institutions.get(party, ())}
    return tuple(party for party in parties if party not in represented)
