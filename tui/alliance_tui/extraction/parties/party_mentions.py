"""The parties that a text names at a word, with those that stand with it in a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.name_lexicon import agency_states, capitalised_names, roles
from alliance_tui.extraction.mentions.people import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.noun_phrases import is_subject
from alliance_tui.extraction.parties.party_mapping import (
    PartyNames,
    enumerated_after,
    party_of,
    self_governing_territories,
    state_in_name,
)
from alliance_tui.extraction.regex import literal_alternation
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_LIST_SPAN = 300
"""How many characters a list of parties may take up."""
_OPENS_SENTENCE = re.compile(r"(?<!\w)(?:In|At|On|Within|Through|Under|Beyond|Following|After|Before) (?:the )?$")
"""What stands before a name that opens a sentence and no list: "In the Security Council, Norland and …"; ..."""
_AFTER_VERB = re.compile(r"(?<!\w)(?:to|in|at|for|across) (?:the )?$")
"""... and before a list that no actor ends: "return to Norland and Sudland, and the Corps will"."""
_BEFORE = 20
"""In how many characters before a name that is looked for."""
_ABROAD = re.compile(r"\b(?:Embassy|Consulate|High Commission)\b(?! for)")
"""What acts for a state abroad."""
_OFFICE = 30
"""How many characters before a ministry its minister may stand."""


class MentionLookup(Protocol):
    """Where a document names what, and for whom it speaks."""

    document_parties: PartyNames
    group_members: dict[str, PartyNames]

    def mentions_in(self, start: int, end: int) -> list[EntityMention]:
        """The names in a stretch of the text, in reading order."""

    def mentions_before(self, offset: int) -> list[EntityMention]:
        """The names that lead up to an offset, the nearest first."""


@cache
def _minister_of() -> re.Pattern[str]:
    """A minister before what the ministry is of: "the Secretary of the"."""
    return re.compile(rf"\b(?:{literal_alternation(roles().offices.ministers)}) (?:of|for) (?:the )?$")


@cache
def _arm_in_small_letters() -> re.Pattern[str]:
    """The end of an arm of a state in small letters, which acts for it: "Norland’s defence ministry"."""
    return re.compile(rf" (?:{literal_alternation(('ministry', *capitalised_names().armed_forces))})$")


class PartyMentions:
    """The names of one document where they stand for parties."""

    def __init__(self, text: str, table: MentionLookup, people: PersonIndex) -> None:
        self._text = text
        self._table = table
        self._people = people

    def mentions_at(self, passage: Passage, token: Token) -> Sequence[EntityMention]:
        """The names that the token belongs to."""
        start = passage.offset + token.idx
        return self._table.mentions_in(start, start + len(token))

    def parties_at(self, passage: Passage, token: Token) -> PartyNames:
        """The parties for which the names at the token stand."""
        return tuple(name for naming in self.mentions_at(passage, token) if (name := self.party_of_mention(naming)))

    def enumerated_parties_at(self, passage: Passage, token: Token) -> PartyNames:
        """The parties named at the token, with those that stand with it in a list."""
        here = self.mentions_at(passage, token)
        names = tuple(p for n in here if (p := self._party(n, token)))
        if not names:
            return ()
        first = self._list_start(passage, here[0]) if is_subject(token) else here[-1]
        after = self._table.mentions_in(first.end, passage.segment.end)
        more = (self.party_of_mention(n) for n in (first, *enumerated_after(self._text, first, after)))
        return tuple(dict.fromkeys((*(p for p in more if p), *names)))

    def _list_start(self, passage: Passage, last: EntityMention) -> EntityMention:
        """The first name of the list which `last` ends, or itself: a parser at times takes the last for the subject."""
        near = [*self._table.mentions_in(max(passage.offset, last.start - _LIST_SPAN), last.start), last]
        if len(near) > 1 and self._text[near[-2].end : last.start] == " (":  # its short form: "the European Union (EU)"
            near.pop()
            last = near[-1]
        for i, naming in enumerate(near):
            before = self._text[max(0, naming.start - _BEFORE) : naming.start]
            if not _OPENS_SENTENCE.search(before) and last in enumerated_after(self._text, naming, near[i + 1 :]):
                return last if _AFTER_VERB.search(before) else naming
        return last

    def _party(self, naming: EntityMention, token: Token) -> str | None:
        """The party named at the token. A territory counts where it acts, and so does what only the model knows."""
        itself = is_subject(token) and (naming.priority <= 0 or naming.name in self_governing_territories())
        return self.party_of_mention(naming) or (naming.name if itself else None)

    def party_of_mention(self, naming: EntityMention) -> str | None:
        """The party that a name stands for; an embassy for its state, and a ministry where its minister is named ("the
        Secretary of Energy").
        """
        before = self._text[max(0, naming.start - _OFFICE) : naming.start]
        small_arm = _arm_in_small_letters().search(self._text, naming.start, naming.end)
        abroad = naming.type is EntityType.ORGANISATION and _ABROAD.search(naming.name)
        minister = naming.type is EntityType.ORGANISATION and _minister_of().search(before)
        if small_arm or abroad or minister:
            state = agency_states().get(naming.name) or state_in_name(naming.name)
            return state or (None if minister else party_of(naming, self._people))
        return party_of(naming, self._people)
