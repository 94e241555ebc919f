"""Where the text names treaties, bodies and programmes, and where it takes such a name up again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.fields.unnamed_instruments import instrument_nouns
from alliance_tui.extraction.commitments.mention_index import IndexedMention, MentionIndex
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import InstrumentRoles
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.regex import flexible_whitespace, literal_alternation
from alliance_tui.records import EntityType

if TYPE_CHECKING:
    from spacy.tokens import Token

_TYPES = (EntityType.INSTRUMENT, EntityType.BODY, EntityType.PROGRAMME)
_EVENTS = ("Operation", "Exercise")
"""How events begin that a deed may be done under."""
_RECALL = 3000
"""How many characters before "the agreement" its name may stand."""
_MOST = 0.7
"""The share of a heading from which a name in it is what the item is about."""


def is_instrument(place: IndexedMention) -> bool:
    """Whether a mention is of a treaty, body, programme, operation or exercise."""
    return place.type in _TYPES or (place.type is EntityType.EVENT and place.name.startswith(_EVENTS))


def is_specific_instrument(place: IndexedMention) -> bool:
    """Whether it is one, and no group that is named for whose ministers meet ("Quad", "G7")."""
    return is_instrument(place) and (place.type is not EntityType.BODY or " " in place.name)


def instrument_name_at(word: Token, passage: Passage, places: MentionIndex, *, target: bool = False) -> str | None:
    """The name that a word is part of, or that it takes up again: "the Forum", "this agreement"."""
    offset = passage.offset + word.idx
    place = places.mention_at(offset)
    if place is not None and (is_instrument(place) or (target and place.type is EntityType.EVENT)):
        return place.name
    kind = word.lemma_.lower()
    if kind not in instrument_nouns() or not _points_back(word):
        return None
    before = reversed(list(places.between(max(0, offset - _RECALL), offset)))
    return next((place.name for place in before if is_instrument(place) and kind in place.name.lower().split()), None)


def _points_back(word: Token) -> bool:
    """Whether it has nothing but "the" or "this" before it and nothing after it that would tell which one."""
    before = word.doc[word.left_edge.i : word.i]
    return len(before) == 1 and before[0].lower_ in ("the", "this", "that", "our") and word.right_edge.i == word.i


def heading_name(passage: Passage, places: MentionIndex) -> str | None:
    """The name that the item's own heading consists of."""
    segment = passage.segment
    if segment.label is None:
        return None
    for place in places.between(segment.start, segment.body):
        if is_instrument(place) and place.end - place.start >= _MOST * len(segment.label):
            return place.name
    return None


@cache
def _leading(part: str) -> re.Pattern[str]:
    roles = load(InstrumentRoles)
    ways = {
        "means": roles.phrases.means,
        "examples": roles.phrases.examples,
        "launches": tuple(f"to {verb}" for verb in sorted(roles.creation_words)),
    }[part]
    plain = "(?:(?:the|our|its|their|this|a|an|new|existing|ongoing|key|broader) )*"
    return flexible_whitespace(rf"\b(?:(?:{literal_alternation(ways)}) )+{plain}[“\"]?(?P<what>\S)", re.IGNORECASE)


def introduced_name(
    part: str, stretches: Iterable[tuple[int, int]], passage: Passage, places: MentionIndex
) -> str | None:
    """The name that the words of a `part` of instrument_roles.toml lead to ("through the Lamu Fund, Norway will …") in
    stretches of the passage, given as offsets in its own text; "launches" are what something is to create.
    """
    for start, end in stretches:
        for way in _leading(part).finditer(passage.text, start, end):
            word = passage.token_at(passage.offset + way.start("what"))
            name = None if word is None else instrument_name_at(_head(word), passage, places)
            if name is not None:
                return name
    return None


def _head(word: Token) -> Token:
    """The noun that heads the phrase a word stands in."""
    while word.dep_ in ("compound", "nmod", "amod", "poss", "nummod") and word.head.i > word.i:
        word = word.head
    return word
