"""Undertakings that the document states more than once."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import msgspec

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Clauses
from alliance_tui.records import Agreement, Kind

_WORD = re.compile(r"[^\W_]{3,}|\d[\d.,]*")
_STEM = 6
"""So many letters of a word tell it apart from others than its own forms ("sanction", "sanctions")."""
_SAME = 0.46
"""The share of what both tell, by weight (Jaccard), from which two statements are of one undertaking."""
_WITHIN = 0.95
"""... and the share of the shorter one that the longer one tells too."""
_SEVERAL = 4
"""How many words both must have."""
_BREAK = re.compile(r"[.!?:][”\"]?\s|\n")
"""What ends a sentence: the members of one are not said to be the same."""


def mark_restatements(records: Sequence[Agreement], text: str) -> list[Agreement]:
    """The same records, each agreement that repeats an earlier one marked with that one's id in `same_as`.

    Two statements in different sentences repeat each other where they have a party in common, no other amount or
    deadline, and mostly say the same from the anchor on, each word weighed by how few paragraphs of the `text` have it.
    """
    weights = _Weights(text)
    result: list[Agreement] = []
    known: list[tuple[frozenset[str], Agreement]] = []
    for record in records:
        if record.kind is not Kind.AGREEMENT:
            result.append(record)
            continue
        words = _content(record)
        again = (
            earlier
            for other, earlier in known
            if weights.alike(words, other)
            and _share_a_party(record, earlier)
            and _agree(record, earlier)
            and _BREAK.search(text, earlier.evidence.end, record.evidence.start)
        )
        first = next(again, None)
        if first is None:
            known.append((words, record))
            result.append(record)
        else:
            result.append(msgspec.structs.replace(record, same_as=first.id))
    return result


class _Weights:
    """How much a word of a text tells: the rarer, the more (inverse document frequency, paragraph by paragraph)."""

    def __init__(self, text: str) -> None:
        self._paragraphs = re.split(r"\n+", text)

    @cached_property
    def _having(self) -> Counter[str]:
        """How many paragraphs have each stem; counted where two statements share several."""
        return Counter(stem for paragraph in self._paragraphs for stem in set(_stems(paragraph)))

    def alike(self, words: frozenset[str], others: frozenset[str]) -> bool:
        """Whether two statements say mostly the same."""
        shared = words & others
        if len(shared) < _SEVERAL:
            return False
        both, one, other = (self._of(stems) for stems in (shared, words, others))
        return both >= _SAME * (one + other - both) or both >= _WITHIN * min(one, other)

    def _of(self, stems: frozenset[str]) -> float:
        many = len(self._paragraphs) + 1
        return sum(math.log(many / (self._having[stem] + 0.5)) for stem in stems)


def _content(record: Agreement) -> frozenset[str]:
    return frozenset(_stems(record.evidence.quote[max(0, record.trigger.start - record.evidence.start) :]))


def _stems(text: str) -> list[str]:
    stop_words = load(Clauses).restatement_stop_words
    return [word.lower()[:_STEM] for word in _WORD.findall(text) if word.lower() not in stop_words]


def _share_a_party(record: Agreement, earlier: Agreement) -> bool:
    return not record.parties or not earlier.parties or not set(record.parties).isdisjoint(earlier.parties)


def _agree(record: Agreement, earlier: Agreement) -> bool:
    """Whether they tell no other amounts and no other deadline."""
    one, other = ({amount.value for amount in each.amounts} for each in (record, earlier))
    due = {each.deadline.edtf for each in (record, earlier) if each.deadline is not None}
    return len(due) < 2 and (not one or not other or not one.isdisjoint(other))
