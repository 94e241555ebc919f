"""For whom the speakers of a transcript speak: "PRESIDENT OTIENO" for Kenya, an unnamed official for those at home."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from alliance_tui.extraction.entities.gazetteer import gazetteer
from alliance_tui.extraction.entities.lexicon import for_state
from alliance_tui.extraction.entities.naming import Naming
from alliance_tui.extraction.entities.people import People, leaders, leaders_named
from alliance_tui.extraction.parsing import Passage
from alliance_tui.records import EntityType

_AND_I = re.compile(r"(?P<name>[A-Z][\w’'-]+),? and I\b")
_LONGEST = 4
"""How many words a name at the end of a label may have ("PRESIDENT VON DER LEYEN")."""


def speakers(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The labels of those who speak in the passages, in the order of their first turns."""
    return tuple(dict.fromkeys(p.segment.speaker for p in passages if p.segment.speaker and p.segment.speaker != "Q"))


def voices(passages: Sequence[Passage], people: People) -> dict[str, str]:
    """The party for whom each named speaker acts, by the speaker's label, where that is known."""
    found = {label: _acts_for(label, people) for label in speakers(passages)}
    return {label: party for label, party in found.items() if party}


def beside(text: str, people: People) -> tuple[str, ...]:
    """The parties of those whom a speaker names as acting along: "Prime Minister Otieno and I agreed"."""
    named = (people.find(match["name"]) for match in _AND_I.finditer(text))
    return tuple(dict.fromkeys(person.acts_for for person in named if person and person.acts_for))


def _acts_for(label: str, people: People) -> str | None:
    words = label.split()[-_LONGEST:]
    for begin in range(len(words)):
        name = " ".join(words[begin:]).title()
        person = people.find(name)
        if person is not None and person.acts_for:
            return person.acts_for
        parties = {leaders()[leader] for leader in leaders_named(name)}
        if len(parties) == 1:
            return parties.pop()
    return None


def home(namings: Sequence[Naming], people: People) -> tuple[str, ...]:
    """The state whose leaders and agencies are named most, for which an unnamed official speaks; none without any."""
    counts = Counter(state for naming in namings if (state := _serves(naming, people)))
    return tuple(state for state, _ in counts.most_common(1))


def _serves(naming: Naming, people: People) -> str | None:
    """The state that a leader or an agency serves."""
    if naming.type is EntityType.PERSON:
        person = people.find(naming.name)
        return person.acts_for if person else None
    if naming.type is EntityType.ORGANISATION:
        states = (f.known.name for f in gazetteer().find(naming.name) if f.known.type is EntityType.STATE)
        return for_state().get(naming.name) or next(states, None)
    return None
