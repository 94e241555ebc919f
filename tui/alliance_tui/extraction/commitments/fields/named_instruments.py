"""Names of treaties, bodies and programmes in the text, and noun phrases that refer back to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
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

_INSTRUMENT_TYPES = (EntityType.INSTRUMENT, EntityType.BODY, EntityType.PROGRAMME)
_OPERATIONS = ("Operation", "Exercise")
"""The first words of events under which something may be undertaken."""
_RECALL = 3000
"""Characters before "the agreement" in which its name may be."""
_HEADING_SHARE = 0.7
"""The least share of a heading that a name must fill to be the topic of the item."""


class Introduction(StrEnum):
    """The phrases that introduce an instrument's name, as instrument_roles.toml lists them."""

    MEANS = "means"
    """"Through the Lamu Fund, Norway will"."""
    EXAMPLE = "examples"
    """"Including the Lamu Fund"."""
    LAUNCH = "launches"
    """"To launch the Lamu Fund"."""


def is_instrument(mention: IndexedMention) -> bool:
    """Whether a mention is of a treaty, body, programme, operation or exercise."""
    is_operation = mention.type is EntityType.EVENT and mention.name.startswith(_OPERATIONS)
    return mention.type in _INSTRUMENT_TYPES or is_operation


def is_specific_instrument(mention: IndexedMention) -> bool:
    """Whether a mention is of an instrument, groups of states left out ("Quad", "G7")."""
    return is_instrument(mention) and (mention.type is not EntityType.BODY or " " in mention.name)


def instrument_name_at(word: Token, passage: Passage, mentions: MentionIndex, *, or_event: bool = False) -> str | None:
    """Return the instrument that a word names or refers back to: "the Forum", "this agreement".

    With `or_event` the name of any event counts too.
    """
    offset = passage.offset + word.idx
    mention = mentions.mention_at(offset)
    if mention is not None and (is_instrument(mention) or (or_event and mention.type is EntityType.EVENT)):
        return mention.name
    noun = word.lemma_.lower()
    if noun not in instrument_nouns() or not _refers_back(word):
        return None
    earlier = reversed(mentions.between(max(0, offset - _RECALL), offset))
    return next((m.name for m in earlier if is_instrument(m) and noun in m.name.lower().split()), None)


def _refers_back(noun: Token) -> bool:
    """Whether a noun has a definite determiner before it and nothing else that identifies it."""
    before = noun.doc[noun.left_edge.i : noun.i]
    return len(before) == 1 and before[0].lower_ in ("the", "this", "that", "our") and noun.right_edge.i == noun.i


def heading_name(passage: Passage, mentions: MentionIndex) -> str | None:
    """Return the instrument whose name is the heading of an item."""
    segment = passage.segment
    if segment.label is None:
        return None
    for mention in mentions.between(segment.start, segment.body):
        if is_instrument(mention) and mention.end - mention.start >= _HEADING_SHARE * len(segment.label):
            return mention.name
    return None


@cache
def _introduction_pattern(introduction: Introduction) -> re.Pattern[str]:
    roles = load(InstrumentRoles)
    phrases = {
        Introduction.MEANS: roles.phrases.means,
        Introduction.EXAMPLE: roles.phrases.examples,
        Introduction.LAUNCH: tuple(f"to {verb}" for verb in sorted(roles.creation_words)),
    }[introduction]
    modifiers = "(?:(?:the|our|its|their|this|a|an|new|existing|ongoing|key|broader) )*"
    return flexible_whitespace(
        rf"\b(?:(?:{literal_alternation(phrases)}) )+{modifiers}[“\"]?(?P<name>\S)", re.IGNORECASE
    )


def introduced_name(
    introduction: Introduction, spans: Iterable[tuple[int, int]], passage: Passage, mentions: MentionIndex
) -> str | None:
    """Return the first instrument that such phrases introduce in spans of a passage's text (offsets in that text)."""
    for start, end in spans:
        for phrase in _introduction_pattern(introduction).finditer(passage.text, start, end):
            word = passage.token_at(passage.offset + phrase.start("name"))
            name = None if word is None else instrument_name_at(_phrase_head(word), passage, mentions)
            if name is not None:
                return name
    return None


def _phrase_head(word: Token) -> Token:
    """Return the noun that heads the phrase of a word."""
    while word.dep_ in ("compound", "nmod", "amod", "poss", "nummod") and word.head.i > word.i:
        word = word.head
    return word
