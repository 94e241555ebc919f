"""The parties mentioned at a token, with those that are enumerated with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names, roles
from alliance_tui.extraction.mentions.people.affiliations import agency_states, state_in_name
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.party_enumerations import enumerated_after
from alliance_tui.extraction.parties.party_mapping import PartyNames, party_of, self_governing_territories, unique
from alliance_tui.extraction.parties.resolution.noun_phrase_syntax import is_subject
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENUMERATION_LENGTH = 300
"""The most characters in an enumeration of parties."""
_INTRODUCTORY_PHRASE = re.compile(r"(?<!\w)(?:In|At|On|Within|Through|Under|Beyond|Following|After|Before) (?:the )?$")
"""Left context of a name that opens a sentence and no enumeration: "In the Security Council, Norland and …"."""
_ADVERBIAL_PHRASE = re.compile(r"(?<!\w)(?:to|in|at|for|across) (?:the )?$")
"""Left context of an enumeration that no actor ends: "return to Norland and Sudland, and the Corps will"."""
_PHRASE_REACH = 20
"""In how many characters before a name these phrases are looked for."""
_MISSION_ABROAD = re.compile(r"\b(?:Embassy|Consulate|High Commission)\b(?! for)")
_MINISTER_REACH = 30
"""The greatest distance from a minister's name to the ministry, in characters."""


class MentionLookup(Protocol):
    """The mentions of a document by offset, and its document parties."""

    document_parties: PartyNames
    group_members: dict[str, PartyNames]

    def mentions_in(self, start: int, end: int) -> list[EntityMention]:
        """Return the mentions in a span, by offset."""

    def mentions_before(self, offset: int) -> list[EntityMention]:
        """Return the mentions before an offset, the nearest first."""


@cache
def _minister_before_ministry() -> re.Pattern[str]:
    """Pattern of a minister before the ministry's name: "the Secretary of the"."""
    return re.compile(rf"\b(?:{literal_alternation(roles().offices.ministers)}) (?:of|for) (?:the )?$")


@cache
def _lower_case_arm() -> re.Pattern[str]:
    """Pattern of the end of a state's ministry or force in lower case: "Norland’s defence ministry"."""
    return re.compile(rf" (?:{literal_alternation(('ministry', *capitalised_names().armed_forces))})$")


@cache
def _governed_place() -> re.Pattern[str]:
    """Pattern of the name of a place with a government of its own: "Lamu County", "City of Lamu"."""
    kinds = literal_alternation(roles().government.governed_places)
    return re.compile(rf"^(?:{kinds}) of |(?:^| )(?:{kinds})$")


class PartyMentions:
    """The mentions of one document as parties."""

    def __init__(self, text: str, lookup: MentionLookup, people: PersonIndex) -> None:
        self._text = text
        self._lookup = lookup
        self._people = people

    def mentions_at(self, passage: Passage, token: Token) -> Sequence[EntityMention]:
        """Return the mentions that cover a token."""
        start = passage.offset + token.idx
        return self._lookup.mentions_in(start, start + len(token))

    def parties_at(self, passage: Passage, token: Token) -> PartyNames:
        """Return the parties of the mentions at a token."""
        mentions = self.mentions_at(passage, token)
        return tuple(party for mention in mentions if (party := self.party_of_mention(mention)))

    def enumerated_parties_at(self, passage: Passage, token: Token) -> PartyNames:
        """Return the parties mentioned at a token and those in one enumeration with it."""
        mentions = self.mentions_at(passage, token)
        parties = tuple(party for mention in mentions if (party := self._acting_party(mention, token)))
        if not parties:
            return ()
        first = self._enumeration_start(passage, mentions[0]) if is_subject(token) else mentions[-1]
        following = self._lookup.mentions_in(first.end, passage.segment.end)
        enumerated = (self.party_of_mention(m) for m in (first, *enumerated_after(self._text, first, following)))
        return unique((party for party in enumerated if party), parties)

    def _enumeration_start(self, passage: Passage, last: EntityMention) -> EntityMention:
        """Return the first mention of the enumeration that `last` ends, or `last`.

        The parser at times takes the last member of an enumeration for the whole subject.
        """
        span_start = max(passage.offset, last.start - _ENUMERATION_LENGTH)
        near = [*self._lookup.mentions_in(span_start, last.start), last]
        if len(near) > 1 and self._text[near[-2].end : last.start] == " (":  # its short form: "the European Union (EU)"
            near.pop()
            last = near[-1]
        for i, mention in enumerate(near):
            before = self._text[max(0, mention.start - _PHRASE_REACH) : mention.start]
            introductory = _INTRODUCTORY_PHRASE.search(before)
            if not introductory and last in enumerated_after(self._text, mention, near[i + 1 :]):
                return last if _ADVERBIAL_PHRASE.search(before) else mention
        return last

    def _acting_party(self, mention: EntityMention, token: Token) -> str | None:
        """Return the party of a mention at a token.

        A place that governs itself is one where it is the subject, and so is what only the recogniser found.
        """
        governs = mention.name in self_governing_territories() or _governed_place().search(mention.name)
        in_own_name = is_subject(token) and (mention.priority <= 0 or governs)
        return self.party_of_mention(mention) or (mention.name if in_own_name else None)

    def party_of_mention(self, mention: EntityMention) -> str | None:
        """Return the party that a mention acts for.

        An embassy acts for its state, and so does a ministry where its minister is named ("the Secretary of Energy").
        """
        before = self._text[max(0, mention.start - _MINISTER_REACH) : mention.start]
        is_arm = _lower_case_arm().search(self._text, mention.start, mention.end)
        is_organisation = mention.type is EntityType.ORGANISATION
        is_mission = is_organisation and _MISSION_ABROAD.search(mention.name)
        has_minister = is_organisation and _minister_before_ministry().search(before)
        if is_arm or is_mission or has_minister:
            state = agency_states().get(mention.name) or state_in_name(mention.name)
            return state or (None if has_minister else party_of(mention, self._people))
        return party_of(mention, self._people)
