"""Instrument of an undertaking: the treaty, body or programme that it creates, signs or uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.fields.named_instruments import (
    Introduction,
    heading_name,
    instrument_name_at,
    introduced_name,
    is_instrument,
    is_specific_instrument,
)
from alliance_tui.extraction.commitments.fields.unnamed_instruments import describe_instrument
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles
from alliance_tui.extraction.syntax import conjuncts, direct_object, is_nominal, is_verb
from alliance_tui.records import InstrumentRole

if TYPE_CHECKING:
    from spacy.tokens import Token


_Instrument = tuple[str, InstrumentRole]
"""The name or description of an instrument, and what is done with it."""


@dataclass(frozen=True, slots=True)
class _InstrumentContext:
    """A candidate with what its instrument is read from.

    `target_roles` are the heads of what the trigger affects with their roles, `descriptions` the unnamed instruments
    among them that are signed or created.
    """

    located: LocatedCandidate
    neighbours: Sequence[LocatedCandidate]
    parties: tuple[str, ...]
    mentions: MentionIndex
    target_roles: Mapping[Token, InstrumentRole]
    descriptions: Sequence[_Instrument]


def find_instrument(
    located: LocatedCandidate,
    neighbours: Sequence[LocatedCandidate],
    parties: tuple[str, ...],
    mentions: MentionIndex,
) -> tuple[str | None, InstrumentRole | None]:
    """Return the name of the instrument and what is done with it; (None, None) without one.

    Args:
        located: The candidate.
        neighbours: All candidates of its sentence.
        parties: The candidate's parties, which are not its instrument.
        mentions: The mentions of the document.
    """
    targets = (t for t in _targets(located.candidate.trigger) if located.start_token <= t.i < located.end_token)
    roles = {target: _role(target, located) for target in targets}
    context = _InstrumentContext(located, neighbours, parties, mentions, roles, _describe_targets(roles))
    return next((instrument for source in _SOURCES for instrument in source(context)), (None, None))


def _describe_targets(roles: Mapping[Token, InstrumentRole]) -> list[_Instrument]:
    """Return the descriptions of the targets, with the role of the first that is signed or created; else none."""
    role = next((role for role in roles.values() if role is not InstrumentRole.USED), None)
    if role is None:
        return []
    return [(words, role) for target in roles if (words := describe_instrument(target))]


def _named_targets(context: _InstrumentContext) -> Iterator[_Instrument]:
    """Yield the targets that name an instrument: "will join the Lamu Fund", "signed this agreement"."""
    for target, role in context.target_roles.items():
        if name := instrument_name_at(target, context.located.passage, context.mentions, or_event=True):
            yield name, role if role is not InstrumentRole.USED else _role_of_welcomed(target, context.located)


def _names_in_evidence(context: _InstrumentContext) -> Iterator[_Instrument]:
    """Yield the names after the trigger; beside a description only those in the noun phrase of a target."""
    located = context.located
    for mention in context.mentions.between(located.trigger_start, located.end):
        token = located.passage.token_at(mention.start)
        if token is None or not is_specific_instrument(mention):
            continue
        if not context.descriptions or _in_noun_phrase(token, context.target_roles):
            yield mention.name, _role(token, located)


def _name_in_next_sentence(context: _InstrumentContext) -> Iterator[_Instrument]:
    """Yield the new name with which the next sentence begins: "will create a new body. The Harbour Forum would"."""
    if InstrumentRole.CREATED in context.target_roles.values():
        name = _new_name_after(context.located, context.mentions)
        if name is not None:
            yield name, InstrumentRole.CREATED


def _name_in_heading(context: _InstrumentContext) -> Iterator[_Instrument]:
    """Yield the instrument that is the heading of an item, with the role of what the item describes."""
    if name := heading_name(context.located.passage, context.mentions):
        yield name, context.descriptions[0][1] if context.descriptions else InstrumentRole.USED


def _described_targets(context: _InstrumentContext) -> Iterator[_Instrument]:
    yield from context.descriptions


def _acting_instrument(context: _InstrumentContext) -> Iterator[_Instrument]:
    """Yield the programme or body that acts and is no party: "The Harbour Forum will publish …"."""
    candidate, passage = context.located.candidate, context.located.passage
    actor = candidate.actor
    if actor is None:
        return
    name = instrument_name_at(actor, candidate.passage_of(actor, passage), context.mentions)
    if name is not None and " " in name and name not in context.parties:
        yield name, InstrumentRole.USED


def _introduced_names(context: _InstrumentContext) -> Iterator[_Instrument]:
    """Yield the instruments beside the evidence: "through the Lamu Fund", "to launch the Lamu Fund"."""
    before, after = _surroundings(context.located, context.neighbours)
    for introduction, spans, role in (
        (Introduction.MEANS, [*before, after], InstrumentRole.USED),
        (Introduction.EXAMPLE, [after], InstrumentRole.USED),
        (Introduction.LAUNCH, [after], InstrumentRole.CREATED),
    ):
        if name := introduced_name(introduction, spans, context.located.passage, context.mentions):
            yield name, role


_SOURCES: tuple[Callable[[_InstrumentContext], Iterator[_Instrument]], ...] = (
    _named_targets,
    _names_in_evidence,
    _name_in_next_sentence,
    _name_in_heading,
    _described_targets,
    _acting_instrument,
    _introduced_names,
)
"""The sources of a candidate's instrument, the likeliest first; the first instrument of any is taken."""


def _in_noun_phrase(token: Token, targets: Iterable[Token]) -> bool:
    """Whether a token is in the noun phrase of a target, before its purpose."""
    between = (target.doc[target.i : token.i] for target in targets if target.is_ancestor(token))
    return any(not any(is_verb(word) for word in words) for words in between)


def _new_name_after(located: LocatedCandidate, mentions: MentionIndex) -> str | None:
    """Return the name at the start of the next sentence, where the trigger creates an unnamed body and it is new."""
    trigger = located.candidate.trigger
    target = direct_object(trigger) if is_verb(trigger) else None
    doc = trigger.doc
    if target is None or target.lemma_.lower() not in load(InstrumentRoles).unnamed_body_nouns:
        return None
    if located.sentence.end + 1 >= len(doc):
        return None
    first = doc[located.sentence.end]
    offset = located.passage.offset + (first.nbor() if first.lower_ == "the" else first).idx
    mention = mentions.mention_at(offset)
    if mention is None or not is_instrument(mention):
        return None
    is_new = mentions.is_first(mention)
    return mention.name if is_new else None


def _surroundings(
    located: LocatedCandidate, neighbours: Sequence[LocatedCandidate]
) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """Return the spans of the sentence before and after the candidate, as offsets in the passage's text.

    Before: up to the first candidate, and from the evidence to the trigger. After: from the evidence to the next
    candidate or the end.
    """
    offset = located.passage.offset
    first_start = min((neighbour.start for neighbour in neighbours), default=located.start) - offset
    later_starts = [neighbour.start - offset for neighbour in neighbours if neighbour.start >= located.end]
    before = [(located.sentence.start_char, first_start), (located.start - offset, located.trigger_start - offset)]
    return before, (located.end - offset, min(later_starts, default=located.sentence.end_char))


def _role(word: Token, located: LocatedCandidate) -> InstrumentRole:
    """Return what is done with an instrument, by the nearest word above it up to the trigger that says so.

    What only belongs to another thing is used ("hubs of the Fund"); else the cues decide what is announced.
    """
    trigger = located.candidate.trigger
    above = [word, *word.ancestors]
    roles = load(InstrumentRoles)
    for token in above[: above.index(trigger) + 1] if trigger in above else [trigger]:
        if token.lemma_.lower() in roles.signing_words:
            return InstrumentRole.SIGNED
        if token.lemma_.lower() in roles.creation_words:
            return InstrumentRole.CREATED
        if token.dep_ == "prep" and is_nominal(token.head) and token.head.lemma_.lower() not in _role_nouns():
            return InstrumentRole.USED
    cue_lemmas = {cue.token.lemma_.lower() for cue in located.candidate.cues}
    is_created = not is_verb(trigger) and not cue_lemmas.isdisjoint(roles.creation_words)
    return InstrumentRole.CREATED if is_created else InstrumentRole.USED


def _role_of_welcomed(target: Token, located: LocatedCandidate) -> InstrumentRole:
    """Return signed or created for what is welcomed, which is new; used where it is not welcomed."""
    candidate = located.candidate
    lemmas = {candidate.trigger.lemma_.lower(), *(cue.token.lemma_.lower() for cue in candidate.cues)}
    if target != candidate.trigger or lemmas.isdisjoint(cues().welcome_verbs):
        return InstrumentRole.USED
    is_signable = target.lemma_.lower() in load(InstrumentRoles).signable_nouns
    return InstrumentRole.SIGNED if is_signable else InstrumentRole.CREATED


@cache
def _role_nouns() -> frozenset[str]:
    """Return the nouns for what is done with an instrument: "the establishment of", "talks on"."""
    roles = load(InstrumentRoles)
    return roles.signing_words | roles.creation_words | roles.talk_nouns


def _targets(trigger: Token) -> Iterator[Token]:
    """Yield the heads of what the trigger affects."""
    if is_verb(trigger):
        if trigger.lemma_ == "agree":
            yield from (target for preposition in ("on", "to") for target in _objects_of(trigger, preposition))
        affected = direct_object(trigger) or next((c for c in trigger.lefts if c.dep_ == "nsubjpass"), None)
        if affected is not None:
            yield from [affected, *conjuncts(affected)]
            if affected.lemma_.lower() in load(InstrumentRoles).talk_nouns:
                yield from _objects_of(affected, "on")
    elif is_nominal(trigger):
        yield from _objects_of(trigger, "of")
        yield trigger


def _objects_of(word: Token, preposition: str) -> Iterator[Token]:
    for prep in word.rights:
        if prep.lower_ == preposition:
            yield from (child for child in prep.rights if is_nominal(child))
