"""Features of specificity: whether a candidate names something that could later be checked, or speaks of values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.classification.candidate_properties import (
    UNLISTED,
    YEAR,
    classes_of,
    domains_of,
    object_head,
    own_words,
    trigger_classes,
    word_classes,
)
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Specificity
from alliance_tui.extraction.syntax import is_nominal, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

_MONEY = re.compile(r"[$€£¥]|\b(?:million|billion|trillion|percent)\b|%")
_CHECKABLE_NOUNS = frozenset({"event", "body", "text", "programme", "money", "material"})
_CHECKABLE_VERBS = frozenset({"create", "transfer", "change"})
_UNCHECKABLE_VERBS = frozenset({"stance", "effect"})
_VALUE_LEVELS = (2, 4, 7, 10, 14)
"""Per cent of words for values in a sentence or paragraph."""


def checkability_features(located: LocatedCandidate, neighbours: Sequence[LocatedCandidate]) -> Iterator[str]:
    """Yield the checkability of a candidate, and the mean of those that share its first cue."""
    score = _checkability(located)
    yield from (f"checkable>={level}" for level in range(-4, 8) if score >= level)
    others = [other for other in neighbours if other is not located and _share_first_cue(located, other)]
    if others:
        mean = sum(_checkability(other) for other in others) / len(others)
        yield from (f"listed with>={level}" for level in range(-3, 6, 2) if mean >= level)


def _share_first_cue(located: LocatedCandidate, other: LocatedCandidate) -> bool:
    cues, other_cues = located.candidate.cues, other.candidate.cues
    return bool(cues) and bool(other_cues) and cues[0].token.i == other_cues[0].token.i


def _checkability(located: LocatedCandidate) -> int:
    """Return how much the words name that one could later check: classes of verb and object, names, numbers, money."""
    trigger, words = located.candidate.trigger, own_words(located)
    target = object_head(located) if is_verb(trigger) else trigger
    verbs = set(classes_of(trigger, "verbs")) if is_verb(trigger) else {"create"}
    score = 1 if verbs & _CHECKABLE_VERBS else -1 if verbs & _UNCHECKABLE_VERBS else 0
    if target is not None:
        nouns = set(classes_of(target, "nouns"))
        adjectives = load(Specificity).adjectives
        score += 2 if nouns & _CHECKABLE_NOUNS else 0
        score -= 2 if "vague" in nouns else 0
        score -= any(child.lower_ in adjectives.vague for child in target.lefts)
        score += any(child.lower_ in adjectives.new for child in target.lefts)
        score += target.pos_ == "PROPN"
    else:
        score -= 2
    names = [token for token in words if token.pos_ == "PROPN" and token.i != trigger.i]
    score += bool(names) + (len(names) > 2)
    score += bool(_MONEY.search(words.text)) + any(token.like_num for token in words)
    return score + min(2, len(domains_of(located)))


def value_features(located: LocatedCandidate) -> Iterator[str]:
    """Yield the share of words for values in the sentence and its paragraph."""
    for name, tokens in (("sentence", located.sentence), ("paragraph", located.passage.doc)):
        share = located.passage.memo(f"values {tokens[0].i} {len(tokens)}", partial(_share_of_values, tokens))
        yield from (f"values in {name}>={level}%" for level in _VALUE_LEVELS if 100 * share >= level)


def _share_of_values(tokens: Doc | Span) -> float:
    values = load(Specificity).context.values
    return sum(token.lower_ in values for token in tokens) / len(tokens)


def trigger_features(located: LocatedCandidate) -> Iterator[str]:
    """Yield part of speech and classes of the trigger."""
    yield f"anchor pos={located.candidate.trigger.pos_}"
    yield from (f"deed class={name}" for name in trigger_classes(located) if name != UNLISTED)


def object_features(located: LocatedCandidate) -> Iterator[str]:
    """Yield classes, modifiers and prepositions of the object, and the specifics of the evidence."""
    trigger = located.candidate.trigger
    target, words = object_head(located), own_words(located)
    if target is None:
        yield "no object"
    else:
        yield from (f"object class={name}" for name in classes_of(target, "nouns"))
        yield f"object pos={target.pos_}"
        for prep in _prepositions(target, located.end_token):
            yield f"object prep={prep.lower_}"
            for inner in prep.rights:
                if is_nominal(inner):
                    yield from (f"inner class={name}" for name in classes_of(inner, "nouns"))
        for child in target.lefts:
            yield from _modifier_features(child)
    if not is_verb(trigger):
        for child in trigger.lefts:
            yield from _modifier_features(child)
    for prep in _prepositions(trigger, located.end_token):
        yield f"anchor prep={prep.lower_}"
    domains = domains_of(located)
    yield f"fields={min(len(domains), 4)}"
    yield from (f"field={domain}" for domain in domains)
    yield from _specifics(words)
    yield f"length={min(len(words) // 4, 8)}"


def _prepositions(token: Token, end: int) -> Iterator[Token]:
    """Yield the prepositions that a token governs before token `end`."""
    return (prep for prep in token.rights if prep.dep_ == "prep" and prep.i < end)


def _modifier_features(child: Token) -> Iterator[str]:
    word = child.lower_
    yield from (f"modifier={name}" for name, words in word_classes("adjectives").items() if word in words)
    if child.dep_ in ("compound", "nmod"):
        yield "compound object"
    if child.dep_ == "poss":
        yield "possessed object"
    if child.dep_ == "det":
        yield f"object det={word}"


def _specifics(words: Span) -> Iterator[str]:
    """Yield whether a span has names, money, years, numbers and abbreviations."""
    names = sum(token.pos_ == "PROPN" and token.text[:1].isupper() for token in words)
    yield f"capitals={min(names, 4)}"
    if _MONEY.search(words.text):
        yield "money"
    if YEAR.search(words.text):
        yield "year"
    if any(token.like_num for token in words):
        yield "number"
    if any(token.text.isupper() and len(token.text) > 2 for token in words):
        yield "acronym"
