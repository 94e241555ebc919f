"""Speakers of a transcript and the parties they represent: "PRESIDENT OTIENO" and Kenya.

An unnamed official represents the state whose officials are called so: "SENIOR ADMINISTRATION OFFICIAL".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from alliance_tui.extraction.layout.speaker_turns import QUESTIONER
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.mentions.people.affiliations import surname_parties
from alliance_tui.extraction.mentions.people.person_index import Person, PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.party_mapping import PartyNames, unique
from alliance_tui.extraction.regex import literal_alternation

_NAME_AND_I = re.compile(r"(?P<name>[A-Z][\w’'-]{1,60}),? and I\b")
_LONGEST_NAME = 4
"""The most words of a name at the end of a label ("PRESIDENT VON DER LEYEN")."""


def speaker_labels(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the labels of the speakers in order of their first turns, without the unnamed questioner's."""
    labels = (passage.segment.speaker for passage in passages)
    return tuple(dict.fromkeys(label for label in labels if label and label != QUESTIONER))


def find_speaker_parties(passages: Sequence[Passage], people: PersonIndex) -> dict[str, str]:
    """Return the party that each speaker represents, by label, where that is known."""
    parties = {label: _party_of_label(label, people) for label in speaker_labels(passages)}
    return {label: party for label, party in parties.items() if party}


def co_actors(text: str, people: PersonIndex) -> PartyNames:
    """Return the parties of persons who act together with a speaker: "Prime Minister Otieno and I agreed"."""
    persons = (people.find(match["name"]) for match in _NAME_AND_I.finditer(text))
    return unique(person.represents for person in persons if person and person.represents)


def state_of_unnamed_official(words: str) -> str | None:
    """Return the state of the unnamed officials that a label or a title mentions."""
    for state, officials in roles().unnamed_officials.items():
        alternatives = literal_alternation(officials)
        if re.search(rf"(?:^\W*|\b(?:senior|by|from|an?|the|u\.?s\.?) )(?:{alternatives})", words, re.IGNORECASE):
            return state
    return None


def seat_of_government(lines: str) -> PartyNames:
    """Return the state whose seat of government the first lines of a transcript give as the place: "Rose Garden".

    Not the place that a title is about ("after talks in the Kremlin").
    """
    normalised = lines.replace("'", "’")
    for state, seats in roles().seats_of_government.items():
        alternatives = literal_alternation(seats)
        pattern = rf"(?<!\bin )(?<!\bat )(?<! the )\b(?:the )?(?:{alternatives})\b"
        if re.search(pattern, normalised, re.IGNORECASE):
            return (state,)
    return ()


def person_of_label(label: str, people: PersonIndex) -> Person | None:
    """Return the person whose name a label ends in, with or without an office behind it."""
    name_first = label.partition(",")[0]
    return next((p for words in (label, name_first) for form in _names_in(words) if (p := people.find(form))), None)


def _party_of_label(label: str, people: PersonIndex) -> str | None:
    if state := state_of_unnamed_official(label):
        return state
    if (person := person_of_label(label, people)) is not None:
        return person.represents
    parties = (surname_parties(name) for name in _names_in(label))
    return next((party.pop() for party in parties if len(party) == 1), None)


def _names_in(label: str) -> list[str]:
    """Return the words at the end of a label that may be a name, the longest first."""
    words = re.sub(r" ?[\[(].*", "", label).split()[-_LONGEST_NAME:]
    return [" ".join(words[start:]).title() for start in range(len(words))]
