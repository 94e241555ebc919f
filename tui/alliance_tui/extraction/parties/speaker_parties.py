"""For whom the speakers of a transcript speak: "PRESIDENT OTIENO" for Kenya, "SENIOR ADMINISTRATION OFFICIAL" for the
state whose government is called so, another unnamed official for those at home.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.name_lexicon import agency_states, roles
from alliance_tui.extraction.mentions.people import PersonIndex, leader_parties, leaders_by_surname
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.party_mapping import state_in_name
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

_AND_I = re.compile(r"(?P<name>[A-Z][\w’'-]+),? and I\b")
_LONGEST = 4
"""How many words a name at the end of a label may have ("PRESIDENT VON DER LEYEN")."""


def speaker_labels(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The labels of those who speak in the passages, in the order of their first turns."""
    return tuple(dict.fromkeys(p.segment.speaker for p in passages if p.segment.speaker and p.segment.speaker != "Q"))


def find_speaker_parties(passages: Sequence[Passage], people: PersonIndex) -> dict[str, str]:
    """The party for whom each named speaker acts, by the speaker's label, where that is known."""
    found = {label: _party_of_label(label, people) for label in speaker_labels(passages)}
    return {label: party for label, party in found.items() if party}


def co_actors(text: str, people: PersonIndex) -> tuple[str, ...]:
    """The parties of those whom a speaker names as acting along: "Prime Minister Otieno and I agreed"."""
    named = (people.find(match["name"]) for match in _AND_I.finditer(text))
    return tuple(dict.fromkeys(person.represents for person in named if person and person.represents))


def state_of_unnamed_official(words: str) -> str | None:
    """The state whose officials, not to be named, the words of a label or a title tell of."""
    for state, officials in roles().unnamed_officials.items():
        either = literal_alternation(officials)
        if re.search(rf"(?:^\W*|\b(?:senior|by|from|an?|the|u\.?s\.?) )(?:{either})", words, re.IGNORECASE):
            return state
    return None


def seat_of_government(lines: str) -> tuple[str, ...]:
    """The state in whose seat of government it is spoken, by the first lines of a transcript: "Rose Garden"; not the
    place of which a title tells ("after talks in the Kremlin").
    """
    said = lines.replace("'", "’")
    for state, seats in roles().seats_of_government.items():
        either = literal_alternation(seats)
        if re.search(rf"(?<!\bin )(?<!\bat )(?<! the )\b(?:the )?(?:{either})\b", said, re.IGNORECASE):
            return (state,)
    return ()


def _party_of_label(label: str, people: PersonIndex) -> str | None:
    if state := state_of_unnamed_official(label):
        return state
    words = re.sub(r" ?[\[(].*", "", label).split()[-_LONGEST:]
    for begin in range(len(words)):
        name = " ".join(words[begin:]).title()
        person = people.find(name)
        if person is not None:
            return person.represents
        parties = {leader_parties()[leader] for leader in leaders_by_surname(name)}
        if len(parties) == 1:
            return parties.pop()
    return None


def issuing_state(namings: Sequence[EntityMention], people: PersonIndex) -> tuple[str, ...]:
    """The state whose agencies are named most, or else its leaders, for which an unnamed official speaks; none without
    any: of other states the leaders are named rather than the agencies.
    """
    for kinds in ({EntityType.ORGANISATION}, {EntityType.ORGANISATION, EntityType.PERSON}):
        counts = Counter(state for n in namings if n.type in kinds and (state := _state_served(n, people)))
        if counts and (counts.most_common(1)[0][1] > 1 or EntityType.PERSON in kinds):
            return tuple(state for state, _ in counts.most_common(1))
    return ()


def _state_served(naming: EntityMention, people: PersonIndex) -> str | None:
    """The state that a leader or an agency serves."""
    if naming.type is EntityType.PERSON:
        person = people.find(naming.name)
        return person.represents if person else None
    if naming.type is EntityType.ORGANISATION:
        return agency_states().get(naming.name) or state_in_name(naming.name)
    return None
