"""Turns of speech in a transcript: who speaks, and where the words begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from alliance_tui.extraction.headings import layout_words

_LABEL = re.compile(r"\**(?P<who>[A-Z\[][^:\n“”]{1,60}?)(?:\s\([^)]{1,40}\))?:\**(?:\s+|$)")
_QUESTION = re.compile(r"Q(?:\.|:)?\s+(?=\S)")
_ASIDES = re.compile(r"(?:\([^)]{1,60}\)\s*)*")
_TURNS = 3
"""A document has turns of speech if it has at least so many."""


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

    A label in capitals names a speaker if it holds an office or a form of address ("MS. X", "PRESIDENT X") or comes
    often; a label in mixed case only if it holds one and the document has several turns.
    """
    counts: Counter[str] = Counter()
    questions = 0
    for words in found:
        if match := _LABEL.match(words):
            counts[_name(match)] += 1
        questions += bool(_QUESTION.match(words))
    role = layout_words("speakers.roles")
    loud = {who for who, count in counts.items() if who.isupper() and (role.search(who) or count >= _TURNS)}
    named = {
        who
        for who in counts
        if role.search(who) and len(who.split()) <= 6 and not layout_words("headings.finite").search(who)
    }
    quiet = named if sum(counts[who] for who in named) >= _TURNS else set()
    return Speakers(frozenset(loud | quiet), bool(loud or quiet) or questions >= _TURNS)


def _name(match: re.Match[str]) -> str:
    return " ".join(match["who"].split())
