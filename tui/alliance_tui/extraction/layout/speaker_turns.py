"""Turns of speech in a transcript: who speaks, and where the words begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from alliance_tui.extraction.layout.headings import is_title_case, sentence_words, whole_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Layout

_LABEL = re.compile(r"\**(?P<who>[A-Z\[][^:\n“”]{1,60}?)(?:\s\([^)]{1,40}\))?:\**(?:\s+|$)")
_QUESTION = re.compile(r"Q(?:\.|:)?\s+(?=\S)")
_ASIDES = re.compile(r"(?:\([^)]{1,60}\)\s*)*")
_TURNS = 3
"""A document has turns of speech if it has at least so many."""

_LONGEST_NAME = 6


class Turn(NamedTuple):
    """A turn of speech: the speaker, and where in the block the words begin (after "(As interpreted.)")."""

    who: str
    body: int


class Speakers:
    """The labels by which a document names its speakers."""

    def __init__(self, labels: frozenset[str], questions: bool) -> None:
        self.labels = labels
        self.questions = questions

    def turn(self, words: str) -> Turn | None:
        """The turn of speech that a block opens, if it opens one."""
        match = _LABEL.match(words)
        who = match and _name(match)
        if not who or who not in self.labels:
            match = _QUESTION.match(words) if self.questions else None
            who = "Q"
        if match is None:
            return None
        asides = _ASIDES.match(words, match.end())
        return Turn(who, asides.end() if asides else match.end())


def speakers(found: Iterable[str]) -> Speakers:
    """The speakers of a document, from what its blocks say.

    A label in capitals names a speaker if it holds an office or a form of address ("MS. X", "PRESIDENT X") or there are
    several of them, one at least speaking twice; a label in mixed case only if it holds one and there are several.
    """
    counts: Counter[str] = Counter()
    questions = 0
    for words in found:
        if match := _LABEL.match(words):
            counts[_name(match)] += 1
        questions += bool(_QUESTION.match(words))
    loud = {who for who in counts if who.isupper() and len(who.split()) <= _LONGEST_NAME}
    if sum(counts[who] for who in loud) < _TURNS or all(counts[who] == 1 for who in loud):
        loud = {who for who in loud if whole_words(load(Layout).speaker_roles).search(who)}
    quiet = {who for who in counts if not who.isupper() and _names_an_office(who)}
    if sum(counts[who] for who in quiet) < _TURNS:
        quiet = set()
    return Speakers(frozenset(loud | quiet), bool(loud or quiet) or questions >= _TURNS)


def _names_an_office(who: str) -> bool:
    """Whether a label in mixed case is that of a person or an office ("President X", "Journalist")."""
    named = len(who.split()) <= _LONGEST_NAME and is_title_case(who) and not sentence_words().search(who)
    return named and bool(whole_words(load(Layout).speaker_roles).search(who))


def _name(match: re.Match[str]) -> str:
    return " ".join(match["who"].split())
