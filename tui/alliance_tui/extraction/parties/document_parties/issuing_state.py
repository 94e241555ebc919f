"""The state that issues a document, by the agencies and leaders that it mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Leaders, States
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.people.affiliations import agency_states, state_in_name
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.parties.party_mapping import PartyNames
from alliance_tui.records import EntityType


def issuing_state(mentions: Sequence[EntityMention], people: PersonIndex) -> PartyNames:
    """Return the state whose agencies a text mentions most, else the one whose agencies and leaders it does.

    Of other states than the issuing one, a text mentions the leaders rather than the agencies.
    """
    for types in ({EntityType.ORGANISATION}, {EntityType.ORGANISATION, EntityType.PERSON}):
        counts = Counter(state for m in mentions if m.type in types and (state := _state_served(m, people)))
        if counts and (counts.most_common(1)[0][1] > 1 or EntityType.PERSON in types):
            return tuple(state for state, _ in counts.most_common(1))
    return ()


def _state_served(mention: EntityMention, people: PersonIndex) -> str | None:
    """Return the state that a leader or an agency serves."""
    if mention.type is EntityType.PERSON:
        person = people.find(mention.name)
        party = person.represents if person else None  # the head of an agency or a firm represents that
        return party if party in load(States).states or party in load(Leaders).organisations else None
    if mention.type is EntityType.ORGANISATION:
        return agency_states().get(mention.name) or state_in_name(mention.name)
    return None
