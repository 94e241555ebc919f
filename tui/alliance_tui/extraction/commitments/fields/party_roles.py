"""Roles in an undertaking: who does it, who pays, who receives and who hosts, where the clause says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.fields.parties import Parties
from alliance_tui.extraction.commitments.fields.party_sources import PartyContext, PartySource
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.parties.party_mapping import ACTOR_TYPES
from alliance_tui.extraction.syntax import conjuncts, direct_object, is_verb
from alliance_tui.records import Amount, PartyRoles

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNSTATED = frozenset({PartySource.DOCUMENT, PartySource.REPORTER, PartySource.EARLIER_ACTOR})
"""The sources of parties that the clause itself does not name."""


def find_roles(
    located: LocatedCandidate, found: Parties, context: PartyContext, amounts: Iterable[Amount]
) -> PartyRoles:
    """Return the roles that the clause of a candidate gives.

    Args:
        located: The candidate.
        found: Its parties.
        context: The candidate with its passage and the document's entities.
        amounts: The amounts in its evidence.
    """
    does = () if found.source in _UNSTATED else found.names
    trigger, verbs = located.candidate.trigger, roles().party_verbs
    lemma = trigger.lemma_.lower()
    receives = tuple(name for name in _recipients(located, context) if name not in does)
    has_money = any(amount.unit.isupper() and len(amount.unit) == 3 for amount in amounts)  # an ISO 4217 code
    pays_by_verb = lemma in verbs.paying or _bears_cost(trigger)
    pays = does if pays_by_verb or (has_money and lemma in verbs.giving) else ()
    hosts = does if lemma in verbs.hosting else ()
    return PartyRoles(does=does, pays=pays, receives=receives, hosts=hosts)


def _recipients(located: LocatedCandidate, context: PartyContext) -> Iterator[str]:
    """Yield the names of those to whom or for whom something is given."""
    yield from dict.fromkeys(
        name
        for head in _recipient_heads(located.candidate.trigger)
        if located.start_token <= head.i < located.end_token
        for token in (head, *conjuncts(head))
        if context.type_at(token) in ACTOR_TYPES or token.pos_ == "PRON"
        for name in context.resolve(token)
    )


def _recipient_heads(verb: Token) -> Iterator[Token]:
    """Yield Norland in "give Norland ships", "ships to Norland", "provide Norland with", "Norland will receive"."""
    if not is_verb(verb):
        return
    verbs, lemma = roles().party_verbs, verb.lemma_.lower()
    gives = lemma in verbs.giving or lemma in verbs.paying
    subject = next((child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and (lemma in verbs.receiving or (gives and subject.dep_ == "nsubjpass")):
        yield subject
    thing = direct_object(verb)
    if gives:
        yield from _given_to(verb, thing)
    if gives or lemma in verbs.making:
        for head in (verb, *((thing, *conjuncts(thing)) if thing is not None else ())):
            yield from _objects_of(head, "for")


def _given_to(verb: Token, thing: Token | None) -> Iterator[Token]:
    yield from (child for child in verb.rights if child.dep_ == "dative" and child.pos_ != "ADP")
    yield from _objects_of(verb, "to")
    if thing is None:
        return
    if any(prep.lower_ == "with" for prep in verb.rights):
        yield thing
    aid = roles().nonparty_nouns.aid
    for noun in thing.subtree:
        if noun == thing or noun in conjuncts(thing) or noun.lemma_.lower() in aid:
            yield from _objects_of(noun, "to")


def _objects_of(head: Token, preposition: str) -> Iterator[Token]:
    for prep in head.rights:
        if prep.lower_ == preposition:
            yield from (child for child in prep.rights if child.dep_ == "pobj")


def _bears_cost(verb: Token) -> bool:
    """Whether a verb with its object means to pay: "bear the cost", "cover 60 per cent of the expenses"."""
    thing = direct_object(verb) if is_verb(verb) else None
    if thing is None or verb.lemma_.lower() not in roles().party_verbs.bearing:
        return False
    return any(word.lemma_.lower() in roles().nonparty_nouns.costs for word in thing.subtree)
