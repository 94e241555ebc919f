"""The treaty, body or programme that an undertaking creates, signs or uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.fields.named_instruments import (
    heading_name,
    instrument_name_at,
    introduced_name,
    is_instrument,
    is_specific_instrument,
)
from alliance_tui.extraction.commitments.fields.unnamed_instruments import identifying_words
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.cues import cues
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles
from alliance_tui.extraction.syntax import conjuncts, direct_object, is_nominal, is_verb
from alliance_tui.records import InstrumentRole

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_instrument(
    found: LocatedCandidate, neighbours: Sequence[LocatedCandidate], parties: tuple[str, ...], places: MentionIndex
) -> tuple[str | None, InstrumentRole | None]:
    """Its name and what is done with it; (None, None) where there is none. `neighbours` are all deeds of its sentence.

    First comes what the deed is done to and what else the evidence names after the anchor; then, where what is made or
    signed has no name, the one that the next sentence introduces or that heads the item, else the words for it
    ("memorandum of understanding on ports"); then the body that acts, and what the deed is done under or through
    ("Under the Lamu Accord, Norway will …").
    """
    return next(_likeliest_first(found, neighbours, parties, places), (None, None))


def _likeliest_first(
    found: LocatedCandidate, neighbours: Sequence[LocatedCandidate], parties: tuple[str, ...], places: MentionIndex
) -> Iterator[tuple[str, InstrumentRole]]:
    """What may be its instrument, and what is done with it, the likeliest first."""
    passage = found.passage
    targets = [head for head in _targets(found.candidate.trigger) if found.start_token <= head.i < found.end_token]
    roles = {head: _role(head, found) for head in targets}
    for head, role in roles.items():
        if name := instrument_name_at(head, passage, places, target=True):
            yield name, role if role is not InstrumentRole.USED else _welcomed_as(head, found)
    made = [role for role in roles.values() if role is not InstrumentRole.USED]
    phrases = [words for head in targets if made and (words := identifying_words(head))]
    for place in places.between(found.trigger_start, found.end):
        word = passage.token_at(place.start)
        if is_specific_instrument(place) and word is not None and (not phrases or _within(word, targets)):
            yield place.name, _role(word, found)
    if InstrumentRole.CREATED in made and (name := _named_next(found, places)):
        yield name, InstrumentRole.CREATED
    if name := heading_name(passage, places):
        yield name, made[0] if phrases else InstrumentRole.USED
    yield from ((words, made[0]) for words in phrases)
    if (name := _acting(found, places)) and name not in parties:
        yield name, InstrumentRole.USED
    before, after = _surroundings(found, neighbours)
    if name := introduced_name("means", [*before, after], passage, places):
        yield name, InstrumentRole.USED
    if name := introduced_name("examples", [after], passage, places):
        yield name, InstrumentRole.USED
    if name := introduced_name("launches", [after], passage, places):
        yield name, InstrumentRole.CREATED


def _within(word: Token, targets: Sequence[Token]) -> bool:
    """Whether it belongs to the noun phrase of what the deed is done to, before what that is for."""
    between = (target.doc[target.i : word.i] for target in targets if target.is_ancestor(word))
    return any(not any(is_verb(token) for token in tokens) for tokens in between)


def _acting(found: LocatedCandidate, places: MentionIndex) -> str | None:
    """The programme or body that acts, or above whose list it stands: "The Harbour Forum will publish …"."""
    actor = found.candidate.actor
    if actor is None:
        return None
    name = instrument_name_at(actor, found.candidate.passage_of(actor, found.passage), places)
    return name if name is not None and " " in name else None


def _named_next(found: LocatedCandidate, places: MentionIndex) -> str | None:
    """The name by which the next sentence first calls a body that this one makes without one: "will create a new
    body. The Harbour Forum would meet …".
    """
    anchor = found.candidate.trigger
    made = direct_object(anchor) if is_verb(anchor) else None
    doc = anchor.doc
    if (
        made is None
        or made.lemma_.lower() not in load(InstrumentRoles).unnamed_body_nouns
        or found.sentence.end + 1 >= len(doc)
    ):
        return None
    first = doc[found.sentence.end]
    offset = found.passage.offset + (first.nbor() if first.lower_ == "the" else first).idx
    place = places.mention_at(offset)
    if place is None or not is_instrument(place):
        return None
    is_new = all(earlier.name != place.name for earlier in places.between(0, place.start))
    return place.name if is_new else None


def _surroundings(
    found: LocatedCandidate, neighbours: Sequence[LocatedCandidate]
) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """Where its sentence may tell more of a deed, as offsets in the text of the passage: before all deeds and before
    the anchor, and from the evidence on to the next deed or the end.
    """
    offset = found.passage.offset
    opening = min((one.start for one in neighbours), default=found.start) - offset
    next_one = [one.start - offset for one in neighbours if one.start >= found.end]
    before = [(found.sentence.start_char, opening), (found.start - offset, found.trigger_start - offset)]
    return before, (found.end - offset, min(next_one, default=found.sentence.end_char))


def _role(word: Token, found: LocatedCandidate) -> InstrumentRole:
    """What is done with what a word names: by the nearest word above it that says so, up to the anchor, or by what
    announces it; what only belongs to another thing ("hubs of the Fund") is used.
    """
    anchor = found.candidate.trigger
    above = [word, *word.ancestors]
    roles = load(InstrumentRoles)
    chain = above[: above.index(anchor) + 1] if anchor in above else [anchor]
    for token in chain:
        if token.lemma_.lower() in roles.signing_words:
            return InstrumentRole.SIGNED
        if token.lemma_.lower() in roles.creation_words:
            return InstrumentRole.CREATED
        if token.dep_ == "prep" and is_nominal(token.head) and token.head.lemma_.lower() not in _doings():
            return InstrumentRole.USED
    announced = not is_verb(anchor) and any(
        cue.token.lemma_.lower() in roles.creation_words for cue in found.candidate.cues
    )
    return InstrumentRole.CREATED if announced else InstrumentRole.USED


def _welcomed_as(head: Token, found: LocatedCandidate) -> InstrumentRole:
    """What was done with a thing that is welcomed, which is then a new one; used where it is not."""
    candidate = found.candidate
    words = {candidate.trigger.lemma_.lower(), *(cue.token.lemma_.lower() for cue in candidate.cues)}
    if head != candidate.trigger or words.isdisjoint(cues().welcome_verbs):
        return InstrumentRole.USED
    is_signable = head.lemma_.lower() in load(InstrumentRoles).signable_nouns
    return InstrumentRole.SIGNED if is_signable else InstrumentRole.CREATED


@cache
def _doings() -> frozenset[str]:
    """The nouns that say what is done, with what they are a part of: "the establishment of", "talks on"."""
    roles = load(InstrumentRoles)
    return roles.signing_words | roles.creation_words | roles.talk_nouns


def _targets(anchor: Token) -> Iterator[Token]:
    """The heads of what a deed is done to."""
    if is_verb(anchor):
        if anchor.lemma_ == "agree":
            yield from (target for link in ("on", "to") for target in _objects(anchor, link))
        made = direct_object(anchor) or next((child for child in anchor.lefts if child.dep_ == "nsubjpass"), None)
        yield from [made, *conjuncts(made)] if made is not None else ()
        if made is not None and made.lemma_.lower() in load(InstrumentRoles).talk_nouns:
            yield from _objects(made, "on")
    elif is_nominal(anchor):
        yield from _objects(anchor, "of")
        yield anchor


def _objects(word: Token, link: str) -> Iterator[Token]:
    """The heads of what "of" or the like leads to from a word."""
    for prep in word.rights:
        if prep.lower_ == link:
            yield from (child for child in prep.rights if is_nominal(child))
