"""Sources of a candidate's parties: the noun phrases of its clause that may name who undertakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Candidate, CandidatePattern, Opening
from alliance_tui.extraction.commitments.evidence import extend_over_coordination
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.entity_table import EntityTable
from alliance_tui.extraction.syntax import conjuncts, direct_object, is_nominal, is_verb
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

BETWEEN = frozenset({"between", "among", "amongst"})
_INNER_PREPOSITIONS = frozenset({"of", "from", "between", "among"})
_CREATED_TYPES = frozenset({EntityType.UNIT, EntityType.BODY, EntityType.PROGRAMME})
"""The types that an event may create and that are no party to it then: "the establishment of Task Forces 3 and 4"."""
_AGENT_TYPES = frozenset({EntityType.STATE, EntityType.ORGANISATION, EntityType.BODY, EntityType.UNIT})
_DIRECTIVE, _NOUN = CandidatePattern(Opening.DIRECTIVE), CandidatePattern(Opening.NOUN)


class PartySource(StrEnum):
    """The source of a candidate's parties."""

    ON_BEHALF = "on behalf of"
    BETWEEN = "between"
    GIVER = "received from"
    OWNER = "owner"
    MODIFIERS = "modifiers of the trigger"
    AGENT = "agent"
    NAME_BEFORE_CUE = "name before the cue"
    ACTOR = "subject"
    OWNER_PRONOUN = "owner, if a pronoun"
    DIRECTED_OFFICE = "department whose head is directed"
    GRANTOR = "party that grants to the other"
    AFFECTED_OWNER = "party that owns the subject of a passive"
    IMPLIED_BETWEEN = "between, anywhere in the clause"
    BENEFACTOR = "party that does something for the other"
    UNNAMED_FIRMS = "firms without a name"
    NEW_NAME = "name of no entity"
    EARLIER_ACTOR = "actor of an earlier sentence"
    HEADING = "heading of the item"
    REPORTER = "reporter of the undertaking"
    CHARTER = "no organ of the charter"
    DOCUMENT = "document parties"


@dataclass(frozen=True, slots=True)
class PartyContext:
    """A candidate with its passage and the document's entities, from which its parties are resolved."""

    candidate: Candidate
    passage: Passage
    table: EntityTable
    mentions: MentionIndex

    def passage_of(self, token: Token) -> Passage:
        """Return the passage that holds a token: the candidate's own or its lead-in."""
        return self.candidate.passage_of(token, self.passage)

    def resolve(self, token: Token) -> tuple[str, ...]:
        """Return the parties that a token denotes, by canonical name."""
        return self.table.resolve(self.passage_of(token), token)

    def type_at(self, token: Token) -> EntityType | None:
        """Return the type of the entity that is mentioned at a token."""
        return self.mentions.type_at(self.passage_of(token).offset + token.idx)

    def resolve_phrase(self, head: Token) -> tuple[str, ...]:
        """Return the parties that a noun phrase names: by its head, else after "of" or "between", else before it."""
        parties = list(self.resolve(head))
        if parties:
            return tuple(parties)
        for target in _objects_of(head, _INNER_PREPOSITIONS):
            for member in (target, *conjuncts(target)):
                parties.extend(self.resolve(member))
        if not parties:
            for child in head.lefts:
                if child.dep_ in ("compound", "nmod", "amod", "poss"):
                    parties.extend(self.resolve(child))
        return tuple(parties)


def party_sources(context: PartyContext) -> Iterator[tuple[PartySource, list[Token]]]:
    """Yield the heads of the noun phrases that may name the parties, the most reliable source first."""
    for source, find in _SOURCES:
        for heads in find(context):
            yield source, heads


def _objects_of(word: Token, prepositions: Iterable[str]) -> Iterator[Token]:
    """Yield the objects of a word's prepositions."""
    for prep in word.rights:
        if prep.dep_ == "prep" and prep.lower_ in prepositions:
            yield from (child for child in prep.rights if child.dep_ == "pobj")


def _on_behalf_of(context: PartyContext) -> Iterator[list[Token]]:
    """Yield the principal of a signatory: "The Minister signed the accord on behalf of Norland"."""
    verb = context.candidate.trigger
    if verb.lemma_.lower() not in roles().party_verbs.signing:
        return
    on = (prep for child in (verb, *verb.rights) for prep in child.rights if prep.lower_ == "on")
    behalf = (noun for prep in on for noun in prep.rights if noun.lower_ == "behalf")
    of = (target for noun in behalf for prep in noun.rights for target in prep.rights if target.dep_ == "pobj")
    for target in of:
        yield [target, *conjuncts(target)]
        return


def _between(context: PartyContext) -> Iterator[list[Token]]:
    """Yield the sides of "the signing of an agreement between A and B", "launched a partnership between A and B"."""
    for head in _heads_of_between(context.candidate.trigger):
        for prep in head.rights:
            if prep.lower_ in BETWEEN:
                target = next((child for child in prep.rights if child.dep_ == "pobj"), None)
                if target is not None:
                    yield [target, *conjuncts(target)]
                    return


def _heads_of_between(trigger: Token) -> list[Token]:
    """Return a nominal trigger with its "of" phrase; of a verb of founding the object: "launched a fund between"."""
    if is_nominal(trigger):
        heads = with_of_phrase(trigger)
        return [*heads, *(topic for head in heads for topic in _topics(head))]
    thing = direct_object(trigger) if trigger.lemma_.lower() in roles().party_verbs.founding else None
    if thing is None:
        return []
    return [thing, *_topics(thing)]


def _topics(thing: Token, depth: int = 2) -> Iterator[Token]:
    """Yield what a thing is about, to which the parser may attach its sides: "cooperation on science between A and B".

    Not a conflict, whose sides are no partners: "talks on the border between A and B".
    """
    nouns = (noun for prep in thing.rights if prep.dep_ == "prep" for noun in prep.rights if noun.dep_ == "pobj")
    for noun in (conjunct for first in nouns for conjunct in (first, *conjuncts(first))):
        if noun.lemma_.lower() not in roles().nonparty_nouns.conflicts:
            yield noun
            yield from _topics(noun, depth - 1) if depth else ()


def _giver(context: PartyContext) -> Iterator[list[Token]]:
    """Yield the giver of "will receive loans from Norland"."""
    verb = context.candidate.trigger
    if verb.lemma_.lower() not in roles().party_verbs.receiving:
        return
    within = (prep for child in (verb, *verb.rights) for prep in child.rights if prep.lower_ == "from")
    for giver in (child for prep in within for child in prep.rights if child.dep_ == "pobj"):
        yield [giver, *conjuncts(giver)]
        return


def _owner(context: PartyContext) -> Token | None:
    """Return the candidate's owner; the addressee of a directive is none, as others undertake for it."""
    candidate = context.candidate
    return None if candidate.pattern == _DIRECTIVE else candidate.owner


def _owner_noun(context: PartyContext) -> Iterator[list[Token]]:
    owner = _owner(context)
    if owner is not None and owner.pos_ != "PRON":
        yield [owner, *conjuncts(owner)]


def _owner_pronoun(context: PartyContext) -> Iterator[list[Token]]:
    owner = _owner(context)
    if owner is not None:
        yield [owner]


def _modifiers(context: PartyContext) -> Iterator[list[Token]]:
    """Yield the names before the noun in "trilateral A-B-C exercises", where they name two parties or more."""
    trigger = context.candidate.trigger
    for head in with_of_phrase(trigger) if is_nominal(trigger) else ():
        names = [token for token in head.doc[head.left_edge.i : head.i] if token.pos_ == "PROPN"]
        parties = {party for token in names for party in context.resolve(token)}
        created = any(context.mentions.entity_types.get(party) in _CREATED_TYPES for party in parties)
        if len(parties) > 1 and not created:
            yield names


def _agents(context: PartyContext) -> Iterator[list[Token]]:
    """Yield the agents of the trigger and of what it makes: "a plan [signed] by", "$1 billion of [investments] by"."""
    trigger = context.candidate.trigger
    made = (child for child in trigger.rights if child.dep_ == "acl") if is_nominal(trigger) else ()
    for event in (trigger, *made, *(with_of_phrase(trigger)[1:] if is_nominal(trigger) else ())):
        agent = agent_of(event)
        if agent is not None:
            yield [agent, *conjuncts(agent)]
    if agent := _distant_agent(context):
        yield [agent, *conjuncts(agent)]


def _distant_agent(context: PartyContext) -> Token | None:
    """Return the agent of a passive that the parser attaches to another noun: "given access to the port by Norland"."""
    trigger = context.candidate.trigger
    if not any(child.dep_ == "auxpass" for child in trigger.lefts) or agent_of(trigger) is not None:
        return None
    objects = (child for prep in trigger.subtree if prep.lower_ == "by" for child in prep.rights)
    return next((t for t in objects if t.dep_ == "pobj" and context.type_at(t) in _AGENT_TYPES), None)


def _name_before_cue(context: PartyContext) -> Iterator[list[Token]]:
    """Yield the name before a cue that the parser may take for a noun: "USAID plans to build"."""
    candidate = context.candidate
    if candidate.actor is None and candidate.pattern == _NOUN:
        cue = candidate.cues[0].token
        if cue.i > cue.sent.start and cue.nbor(-1).text[:1].isupper():
            yield [cue.nbor(-1)]


def _actors(context: PartyContext) -> Iterator[list[Token]]:
    """Yield the subject with its conjuncts and with who signs beside it."""
    actor = context.candidate.actor
    if actor is not None:
        nouns = (conjunct for conjunct in conjuncts(actor) if is_nominal(conjunct))
        yield [*_names_before(actor), actor, *nouns, *_co_signatories(context.candidate)]


def _names_before(actor: Token) -> list[Token]:
    """Return the names that the parser left out of a coordinated subject."""
    start = actor.left_edge.i
    return [
        token
        for token in actor.doc[extend_over_coordination(start, actor) : start]
        if token.pos_ == "PROPN" and token.dep_ not in ("compound", "nmod", "poss")
    ]


def _co_signatories(candidate: Candidate) -> Iterator[Token]:
    """Yield who signs with the actor: "Norland signed an agreement with Sudland", "agreed with Sudland to"."""
    verbs = roles().party_verbs
    documents = roles().nonparty_nouns.documents
    for verb in dict.fromkeys((candidate.trigger, *(cue.token for cue in candidate.cues))):
        lemma, objects = verb.lemma_.lower(), [child for child in verb.rights if child.dep_ == "dobj"]
        signs_document = lemma in verbs.concluding and any(o.lemma_.lower() in documents for o in objects)
        if not is_verb(verb) or not (lemma in verbs.signing or signs_document):
            continue
        papers = [paper for thing in objects for paper in with_of_phrase(thing)]  # "a memorandum of understanding with"
        for prep in (child for head in (verb, *papers) for child in head.rights if child.lower_ == "with"):
            for target in (child for child in prep.rights if child.dep_ == "pobj"):
                yield from (target, *conjuncts(target))


_SOURCES: tuple[tuple[PartySource, Callable[[PartyContext], Iterator[list[Token]]]], ...] = (
    (PartySource.ON_BEHALF, _on_behalf_of),
    (PartySource.BETWEEN, _between),
    (PartySource.GIVER, _giver),
    (PartySource.OWNER, _owner_noun),
    (PartySource.MODIFIERS, _modifiers),
    (PartySource.AGENT, _agents),
    (PartySource.NAME_BEFORE_CUE, _name_before_cue),
    (PartySource.ACTOR, _actors),
    (PartySource.OWNER_PRONOUN, _owner_pronoun),
)


def with_of_phrase(noun: Token) -> list[Token]:
    """Return a noun and the nouns of its "of" phrase: "signing", "agreement"."""
    return [noun, *(child for prep in noun.rights if prep.lower_ == "of" for child in prep.rights)]


def agent_of(event: Token) -> Token | None:
    """Return the agent of a verb or noun: "signed by", "investments by"."""
    for prep in event.rights:
        if prep.dep_ == "agent" or (prep.lower_ == "by" and is_nominal(event)):
            return next((child for child in prep.rights if child.dep_ == "pobj"), None)
    return None
