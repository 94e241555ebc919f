"""Complements of cues: the verb or event noun that "plan to", "committed to" or "goal of" leads to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alliance_tui.extraction.syntax import is_infinitive, is_nominal, is_verb, next_content_token, verb_after

if TYPE_CHECKING:
    from spacy.tokens import Token

_PREPOSITIONS = frozenset({"to", "on", "of", "for", "toward", "towards", "in", "at", "about", "into"})
_TIMES = frozenset({"DATE", "TIME"})
_PLACES = _TIMES | {"GPE"}
_ADJUNCT_TYPES = {"on": _TIMES, "late": _TIMES, "earlier": _TIMES, "in": _PLACES, "at": _PLACES}
"""The entity types after these words that make them an adjunct of time or place: "agreed [in Oslo] to"."""
_AFTER_ADJUNCT = frozenset({"to", "on", "that", "for", "in", "at"})
"""The words that may introduce a complement after an adjunct."""
_OCCASION_PREPOSITIONS = frozenset({"in", "at", "during", "after"})
"""The prepositions of the occasion on which something is agreed: "in talks", "at the summit"."""


class ComplementSource(StrEnum):
    """The strategy that found a complement."""

    ADJACENT = "adjacent words"
    PARSE = "parse"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Complement:
    """The head of a complement, a verb or a noun, and the strategy that found it."""

    head: Token
    source: ComplementSource

    @property
    def is_verb(self) -> bool:
        return is_verb(self.head)


def find_complement(cue: Token, reach: int = 0) -> Complement | None:
    """Return the complement of a verb, noun or adjective: "plan to do", "committed to doing", "goal of peace".

    Adjacent words come before the parse, which small models get wrong more often; last comes a scan for "to" and a
    verb over `reach` words ("work with A, B and C to do"). A title such as "the Plan to Conserve Forests" has none.
    """
    following = _next_past_adjuncts(cue)
    if following is not None:
        if _is_title(cue, following):
            return None
        if (head := _adjacent(cue, following)) is not None:
            return Complement(head, ComplementSource.ADJACENT)
    if (head := _parsed(cue)) is not None:
        return Complement(head, ComplementSource.PARSE)
    if (head := _scanned(cue, reach)) is not None:
        return Complement(head, ComplementSource.SCAN)
    return None


def verb_complement(cue: Token, reach: int = 0) -> Token | None:
    """Return the head of the complement where it is a verb."""
    complement = find_complement(cue, reach)
    return complement.head if complement is not None and complement.is_verb else None


def _is_title(cue: Token, following: Token) -> bool:
    if not cue.is_title or following.lower_ != "to":
        return False
    verb = verb_after(following, ("VB", "VBP"))
    return verb is not None and verb.is_title


def _adjacent(cue: Token, following: Token) -> Token | None:
    """Read the complement off the word that follows the cue: "to do", "on doing", "for peace", "help do"."""
    if following.lower_ == "to" and (verb := verb_after(following, ("VB", "VBP"))) is not None:
        return verb
    if following.lower_ in _PREPOSITIONS:
        if (verb := verb_after(following, ("VBG",))) is not None:
            return verb
        target = next((child for child in following.rights if child.dep_ in ("pobj", "pcomp")), None)
        if target is not None:
            return _infinitive_after_owner(cue) or _infinitive_after_occasion(cue, following) or target
    tag = "VB" if cue.lemma_ == "help" else "VBG"
    return following if is_verb(following) and following.tag_ == tag else None


def _parsed(cue: Token) -> Token | None:
    """Read the complement off the parse: an infinitive, or the clause of a preposition."""
    for child in cue.rights:
        if child.dep_ in ("xcomp", "acl", "advcl", "relcl", "ccomp") and is_verb(child) and is_infinitive(child):
            return child
        if child.dep_ == "prep" and child.lower_ in _PREPOSITIONS:
            for verb in child.rights:
                if verb.dep_ == "pcomp":
                    return verb
    return None


def _scanned(cue: Token, reach: int) -> Token | None:
    """Return the first verb after "to" within `reach` words of the cue."""
    end = min(cue.sent.end, cue.i + reach)
    for token in cue.doc[cue.i + 1 : max(cue.i + 1, end - 1)]:
        if token.lower_ == "to" and (verb := verb_after(token, ("VB",))) is not None:
            return verb
    return None


def _infinitive_after_occasion(verb: Token, preposition: Token) -> Token | None:
    """Return what is agreed where the occasion comes before it: "agreed in talks this week to lift"."""
    if not is_verb(verb) or preposition.lower_ not in _OCCASION_PREPOSITIONS:
        return None
    beyond = (child for child in verb.rights if child.dep_ == "xcomp" and child.i > preposition.i)
    return next((child for child in beyond if is_verb(child) and is_infinitive(child)), None)


def _infinitive_after_owner(noun: Token) -> Token | None:
    """Return the verb of "the intention of Norway to enter into talks"."""
    of = next((child for child in noun.rights if child.lower_ == "of" and is_nominal(noun)), None)
    if of is None or of.right_edge.i + 1 >= noun.sent.end:
        return None
    mark = of.right_edge.nbor()
    return verb_after(mark, ("VB",)) if mark.lower_ == "to" else None


def _next_past_adjuncts(cue: Token) -> Token | None:
    """Return the word after the cue past adverbs and adjuncts: "agreed on Friday to", "agreed in principle that"."""
    following = next_content_token(cue)
    while following is not None:
        types = _ADJUNCT_TYPES.get(following.lower_)
        start = following.i + (types is not None)
        end = start
        while end < cue.sent.end and _is_adjunct(cue.doc[end], types or _TIMES):
            end += 1
        if end == start or end >= cue.sent.end or cue.doc[end].lower_ not in _AFTER_ADJUNCT:
            return following
        following = cue.doc[end]
    return following


def _is_adjunct(word: Token, types: frozenset[str]) -> bool:
    return word.ent_type_ in types or word.lower_ == "principle"
