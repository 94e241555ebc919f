"""Party resolution: from a noun phrase to the parties that it refers to, by a chain of resolvers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import States
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.mentions.people.offices import state_titles, states_by_office
from alliance_tui.extraction.mentions.people.person_index import PersonIndex
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.party_mapping import PartyNames
from alliance_tui.extraction.parties.resolution.antecedents import find_antecedent
from alliance_tui.extraction.parties.resolution.discourse import Discourse, Issuer, NounPhrase
from alliance_tui.extraction.parties.resolution.group_resolvers import (
    resolve_former_and_latter,
    resolve_group,
    resolve_organisations,
    resolve_unnamed_organisations,
)
from alliance_tui.extraction.parties.resolution.noun_phrase_syntax import comitative_parties, office_title
from alliance_tui.extraction.parties.resolution.party_mentions import MentionLookup, PartyMentions
from alliance_tui.extraction.parties.resolution.pronoun_resolver import resolve_pronoun
from alliance_tui.extraction.parties.resolution.role_resolvers import (
    resolve_government,
    resolve_office,
    resolve_offices_of_parties,
    resolve_our_office,
    resolve_the_company,
)
from alliance_tui.extraction.parties.resolution.treaty_resolvers import (
    resolve_charter_members,
    resolve_secretariat_head,
    resolve_treaty_party,
)
from alliance_tui.extraction.parties.speakers.inference import infer_speaker_parties
from alliance_tui.extraction.parties.speakers.speaker_parties import find_speaker_parties

if TYPE_CHECKING:
    from spacy.tokens import Token


def _resolve_name(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    names = discourse.enumerated_parties_at(phrase)
    return names or None


def _resolve_name_after_office(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "his French counterpart Ana Ruiz" by the name."""
    head = phrase.head
    if phrase.word not in roles().offices.descriptions or not head.doc[head.i + 1 : head.i + 2].text.istitle():
        return None
    return discourse.enumerated_parties_at(phrase.headed_by(head.nbor()))


def _resolve_title(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve the title in "President Otieno", which heads nothing, to nobody."""
    return () if phrase.head.dep_ == "compound" else None


def _resolve_apposition(discourse: Discourse, phrase: NounPhrase) -> PartyNames | None:
    """Resolve "the Italian company, Fiat" by the name in apposition."""
    appositions = (child for child in phrase.head.children if child.dep_ == "appos")
    named = (discourse.enumerated_parties_at(phrase.headed_by(child)) for child in appositions)
    return next((names for names in named if names), None)


Resolver = Callable[[Discourse, NounPhrase], PartyNames | None]
"""Gives the parties of a noun phrase, perhaps none; None where it does not apply, and the next one is tried.

The names are canonical; those of unnamed groups ("61 organizations") are words of the text.
"""
RESOLVERS: Sequence[Resolver] = (
    resolve_pronoun,
    resolve_our_office,
    resolve_treaty_party,
    resolve_charter_members,
    resolve_secretariat_head,
    resolve_offices_of_parties,
    _resolve_name,
    _resolve_name_after_office,
    _resolve_title,
    _resolve_apposition,
    resolve_group,
    resolve_organisations,
    resolve_unnamed_organisations,
    resolve_former_and_latter,
    resolve_government,
    resolve_office,
    resolve_the_company,
)
"""The resolvers in the order in which they are tried."""


class PartyResolver:
    """Resolves the noun phrases of one document to parties."""

    def __init__(
        self,
        text: str,
        lookup: MentionLookup,
        people: PersonIndex,
        passages: Sequence[Passage],
        issuer: Issuer,
    ) -> None:
        party_mentions = PartyMentions(text, lookup, people)
        speaker_parties = find_speaker_parties(passages, people)
        speaker_parties |= infer_speaker_parties(
            passages, lookup.document_parties, speaker_parties, party_mentions.parties_at
        )
        self._discourse = Discourse(
            lookup=lookup,
            people=people,
            party_mentions=party_mentions,
            passages=passages,
            issuer=issuer,
            speaker_parties=speaker_parties,
            states_by_office=states_by_office(text),
            resolve=self._resolve,
        )
        self._resolved: dict[tuple[int, int, int], PartyNames] = {}

    def holder(self, office: Token) -> str | None:
        """Return the one person whose title ends in the office that a token heads ("the Vice President")."""
        words = office_title(office)
        persons = self._discourse.people.by_name.values()
        holders = [p.name for p in persons if any(f" {title}".endswith(f" {words}") for title in p.titles)]
        return holders[0] if len(holders) == 1 else None

    def resolve(self, passage: Passage, token: Token) -> PartyNames:
        """Return the parties that the noun phrase headed by a token refers to, with what is coordinated with it."""
        return self._resolve(NounPhrase(passage, token))

    def _resolve(self, phrase: NounPhrase) -> PartyNames:
        key = (id(phrase.passage), phrase.head.i, phrase.depth)
        if key not in self._resolved:  # else each in a chain of "the two sides" would follow the chain anew
            names: dict[str, None] = {}
            conjuncts = (token for token in phrase.head.conjuncts if token.i > phrase.head.i)
            for head in (phrase.head, *conjuncts, *comitative_parties(phrase.head)):
                for name in self._resolve_head(phrase.headed_by(head)):
                    names.update(dict.fromkeys(self._discourse.lookup.group_members.get(name, (name,))))
            self._resolved[key] = self._with_leaders_states(tuple(names), phrase)
        return self._resolved[key]

    def _resolve_head(self, phrase: NounPhrase) -> PartyNames:
        """Return the parties of a noun phrase alone by the first resolver that applies, none where none does."""
        resolutions = (resolver(self._discourse, phrase) for resolver in RESOLVERS)
        return next((resolution for resolution in resolutions if resolution is not None), ())

    def _with_state_of_leader(self, names: PartyNames) -> PartyNames:
        """Replace the one leader without a known state by the one document party that the others leave.

        Beside one of two document parties whoever acts is the other's: "Ms. Ruiz met the chief of a bureau, Per Lund".
        """
        parties = self._discourse.document_parties
        left = [party for party in parties if party not in names]
        persons = [self._discourse.people.by_name.get(name) for name in names]
        unassigned = [person for person in persons if person and person.represents is None]
        leaders = [person.name for person in unassigned if person.titles & state_titles() or len(parties) == 2]
        if len(names) != len(parties) or len(left) != 1 or len(leaders) != 1:
            return names
        return tuple(left[0] if name == leaders[0] else name for name in names)

    def _with_leaders_states(self, names: PartyNames, phrase: NounPhrase) -> PartyNames:
        """Replace leaders by states where the text does not say which leader represents which.

        They refer to the document parties, if these are as many, else for as many states that acted before.
        """
        persons = [self._discourse.people.by_name.get(name) for name in names]
        are_unassigned_leaders = all(
            p is not None and p.represents is None and p.titles & state_titles() for p in persons
        )
        if not names or not are_unassigned_leaders:
            return self._with_state_of_leader(names)
        if len(names) == len(self._discourse.document_parties):
            return self._discourse.document_parties
        if len(names) == 1:
            return names
        antecedent = find_antecedent(self._discourse, phrase, at_least=len(names), at_most=len(names))
        return antecedent if antecedent and all(name in load(States).states for name in antecedent) else names
