"""Types of party resolution: the noun phrase, and the discourse in which it is resolved to parties."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from alliance_tui.extraction.layout.speaker_turns import is_questioner
from alliance_tui.extraction.mentions.entity_mention import EntityMention
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.party_mapping import PartyNames
from alliance_tui.extraction.parties.resolution.party_mentions import MentionLookup, PartyMentions
from alliance_tui.extraction.syntax import NOMINAL_SUBJECTS
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST_PERSON_SINGULAR = frozenset({"i", "me", "my", "myself"})
FIRST_PERSON_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
THIRD_PERSON_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
THIRD_PERSON = frozenset({"he", "she", "him", "her", "his"})
NEUTER = frozenset({"it", "its", "itself"})
ORGANISATIONS = frozenset({EntityType.ORGANISATION})
_PASSAGES_BACK = 2
"""The most passages from an antecedent to its noun phrase."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """The noun phrase that a token of a passage heads.

    `depth` is how many antecedents led to it: the search for what a phrase refers to may lead to another such phrase.
    """

    passage: Passage
    head: Token
    depth: int = 0

    @property
    def offset(self) -> int:
        """Start of the head in the document's text."""
        return self.passage.offset + self.head.idx

    @property
    def word(self) -> str:
        """The head in lower case."""
        return self.head.lower_

    def headed_by(self, head: Token) -> NounPhrase:
        """Return the phrase of another token of the passage, at the same depth."""
        return replace(self, head=head)

    def has_left_child(self, words: Collection[str]) -> bool:
        """Return whether one of these words modifies the head from the left."""
        return any(child.lower_ in words for child in self.head.lefts)


class Issuer(NamedTuple):
    """The issuer of a document.

    `office` is the one that the title gives without its holder's name ("the Prime Minister"); it acts for the first
    document party. `chartered` is the organisation whose charter the document is.
    """

    state: PartyNames
    office: str | None
    chartered: str | None = None


@dataclass(frozen=True, eq=False)
class Discourse:
    """The context in which noun phrases of one document are resolved.

    `resolve` resolves a noun phrase with what is coordinated with it, for resolvers that lead to another phrase.
    """

    lookup: MentionLookup
    people: PersonIndex
    party_mentions: PartyMentions
    passages: Sequence[Passage]
    issuer: Issuer
    speaker_parties: Mapping[str, str]
    states_by_office: Mapping[str, set[str]]
    resolve: Callable[[NounPhrase], PartyNames]

    @cached_property
    def titles(self) -> frozenset[str]:
        """The titles of all persons."""
        return frozenset(title for person in self.people.by_name.values() for title in person.titles)

    @cached_property
    def _passage_indices(self) -> dict[int, int]:
        return {id(passage): i for i, passage in enumerate(self.passages)}

    @property
    def document_parties(self) -> PartyNames:
        """The document parties."""
        return self.lookup.document_parties

    def mentions_at(self, phrase: NounPhrase) -> Sequence[EntityMention]:
        """Return the mentions that cover the head."""
        return self.party_mentions.mentions_at(phrase.passage, phrase.head)

    def enumerated_parties_at(self, phrase: NounPhrase) -> PartyNames:
        """Return the parties mentioned at the head and those in one enumeration with it."""
        return self.party_mentions.enumerated_parties_at(phrase.passage, phrase.head)

    def speaker_party(self, passage: Passage) -> str | None:
        """Return the party of the passage's speaker, where that is known."""
        return self.speaker_parties.get(passage.segment.speaker or "")

    def answers_question(self, passage: Passage) -> bool:
        """Return whether a passage belongs to a turn of speech right after a question."""
        index = self._passage_indices.get(id(passage), 0)
        labels = (earlier.segment.speaker or "" for earlier in reversed(self.passages[:index]))
        previous = next((label for label in labels if label != passage.segment.speaker), "")
        return is_questioner(previous)

    def mentions_before(self, phrase: NounPhrase) -> list[EntityMention]:
        """Return the mentions before the head, the nearest first."""
        return self.lookup.mentions_before(phrase.offset)

    def last_mentioned(self, phrase: NounPhrase, types: Collection[EntityType]) -> PartyNames:
        """Return the name of the last mention of these types before the head."""
        return next(((m.name,) for m in self.mentions_before(phrase) if m.type in types), ())

    def subjects_before(self, phrase: NounPhrase) -> Iterator[NounPhrase]:
        """Yield the subjects before a phrase in its passage and the two before that, the nearest first."""
        index = self._passage_indices.get(id(phrase.passage), 0)
        for passage in reversed(self.passages[max(0, index - _PASSAGES_BACK) : index + 1]):
            end = phrase.head.i if passage is self.passages[index] else len(passage.doc)
            for i in range(end - 1, -1, -1):
                if passage.doc[i].dep_ in NOMINAL_SUBJECTS:
                    yield NounPhrase(passage, passage.doc[i], phrase.depth)
