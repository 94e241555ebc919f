"""Restatements: agreements that a document states more than once."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, product

import msgspec

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Clauses
from alliance_tui.records import Agreement, Kind

_WORD = re.compile(r"[^\W_]{3,}|\d[\d.,]*")
_STEM_LENGTH = 6
"""Letters by which the forms of one word agree ("sanction", "sanctions")."""
_MIN_OVERLAP = 0.46
"""Weighted Jaccard index of their words from which two statements are of one agreement ..."""
_MIN_CONTAINMENT = 0.95
"""... and the weighted share of the shorter statement in the longer one."""
_MIN_SHARED_STEMS = 4
_MAX_CANDIDATES = 200
"""Earlier agreements with which one is compared; with all, a long table would take time in the square of its rows."""
_NONE, _ANY = "\0none", "\0any"
"""The keys of agreements without a party or amount, and of all."""
_SENTENCE_BREAK = re.compile(r"(?=([.!?:][”\"]?\s|\n))")
"""The end of a sentence; two statements in one sentence are never one agreement."""


def mark_restatements(records: Sequence[Agreement], text: str) -> list[Agreement]:
    """Mark each agreement that restates an earlier one with its id in `same_as`.

    Two statements in different sentences are of one agreement where they share a party, differ in no amount or
    deadline, and have mostly the same words from the trigger on, weighted by their rarity in the document.

    Args:
        records: The records of the document in reading order.
        text: The text of the document.
    """
    weights, breaks = _StemWeights(text), _SentenceBreaks(text)
    stems_of = {id(record): _stems_from_trigger(record) for record in records if record.kind is Kind.AGREEMENT}
    originals = _Originals(stems_of.values())
    marked: list[Agreement] = []
    for record in records:
        if record.kind is not Kind.AGREEMENT:
            marked.append(record)
            continue
        stems = stems_of[id(record)]
        restated = (
            earlier
            for earlier_stems, earlier in originals.candidates(stems, record)
            if weights.are_similar(stems, earlier_stems)
            and _share_facts(record, earlier)
            and breaks.part(earlier.evidence.end, record.evidence.start)
        )
        original = next(restated, None)
        if original is None:
            originals.add(stems, record)
            marked.append(record)
        else:
            marked.append(msgspec.structs.replace(record, same_as=original.id))
    return marked


class _SentenceBreaks:
    """The ends of a text's sentences: a search between any two statements would read a long sentence each time."""

    def __init__(self, text: str) -> None:
        found = [match.span(1) for match in _SENTENCE_BREAK.finditer(text)]
        self._starts, self._ends = [start for start, _ in found], [end for _, end in found]

    def part(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two offsets."""
        place = bisect_left(self._starts, start)
        return place < len(self._ends) and self._ends[place] <= end


class _Originals:
    """Agreements that restate no earlier one, looked up by rare stems, parties and amounts.

    Two sets with _MIN_SHARED_STEMS elements in common share one that is not among the last _MIN_SHARED_STEMS - 1 of
    either, in any order of all elements (prefix filtering); in the order of frequency few sets have one in common.
    """

    def __init__(self, all_stems: Iterable[frozenset[str]]) -> None:
        self._frequencies = Counter(stem for stems in all_stems for stem in stems)
        self._added: list[tuple[frozenset[str], Agreement]] = []
        self._positions: defaultdict[tuple[Hashable, ...], list[int]] = defaultdict(list)

    def add(self, stems: frozenset[str], record: Agreement) -> None:
        """Add an agreement with its stems."""
        facts = ((*(values or (_NONE,)), _ANY) for values in _facts(record))
        for key in product(self._rare(stems), *facts):
            self._positions[key].append(len(self._added))
        self._added.append((stems, record))

    def candidates(self, stems: frozenset[str], record: Agreement) -> Iterator[tuple[frozenset[str], Agreement]]:
        """Yield, in the order they were added, those that may share _MIN_SHARED_STEMS stems, a party and an amount.

        One without a party, or without an amount, shares that of any other. Of more than _MAX_CANDIDATES, those that
        share the rarest stems.
        """
        facts = ((*values, _NONE) if values else (_ANY,) for values in _facts(record))
        by_key: list[Sequence[int]] = [self._positions.get(key, ()) for key in product(self._rare(stems), *facts)]
        by_key.sort(key=len)
        positions: set[int] = set()
        for position in chain.from_iterable(by_key):
            positions.add(position)
            if len(positions) == _MAX_CANDIDATES:
                break
        return (self._added[position] for position in sorted(positions))

    def _rare(self, stems: frozenset[str]) -> list[str]:
        by_frequency = sorted(stems, key=lambda stem: (self._frequencies[stem], stem))
        return by_frequency[: max(0, len(stems) - _MIN_SHARED_STEMS + 1)]


class _StemWeights:
    """Weights of stems by their rarity: the inverse document frequency over the paragraphs of a text."""

    def __init__(self, text: str) -> None:
        self._paragraphs = re.split(r"\n+", text)
        self._weights: dict[str, float] = {}
        self._weights_of_sets: dict[frozenset[str], float] = {}

    @cached_property
    def _paragraph_counts(self) -> Counter[str]:
        """The number of paragraphs with each stem; computed once two statements share several."""
        return Counter(stem for paragraph in self._paragraphs for stem in set(_stems(paragraph)))

    def are_similar(self, stems: frozenset[str], others: frozenset[str]) -> bool:
        """Whether two statements have mostly the same stems."""
        shared = stems & others
        if len(shared) < _MIN_SHARED_STEMS:
            return False
        overlap, weight, other_weight = self._weight(shared), self._weight(stems), self._weight(others)
        is_similar = overlap >= _MIN_OVERLAP * (weight + other_weight - overlap)
        return is_similar or overlap >= _MIN_CONTAINMENT * min(weight, other_weight)

    def _weight(self, stems: frozenset[str]) -> float:
        if stems not in self._weights_of_sets:
            self._weights_of_sets[stems] = sum(map(self._stem_weight, stems))
        return self._weights_of_sets[stems]

    def _stem_weight(self, stem: str) -> float:
        if stem not in self._weights:
            count = len(self._paragraphs) + 1
            self._weights[stem] = math.log(count / (self._paragraph_counts[stem] + 0.5))
        return self._weights[stem]


def _facts(record: Agreement) -> tuple[set[Hashable], set[Hashable]]:
    """Return the parties and the amounts of a record."""
    return set(record.parties), {amount.value for amount in record.amounts}


def _stems_from_trigger(record: Agreement) -> frozenset[str]:
    return frozenset(_stems(record.evidence.quote[max(0, record.trigger.start - record.evidence.start) :]))


def _stems(text: str) -> list[str]:
    stop_words = load(Clauses).restatement_stop_words
    return [word.lower()[:_STEM_LENGTH] for word in _WORD.findall(text) if word.lower() not in stop_words]


def _share_facts(record: Agreement, earlier: Agreement) -> bool:
    """Whether two records have no different amounts and no different deadlines."""
    amounts = {amount.value for amount in record.amounts}
    earlier_amounts = {amount.value for amount in earlier.amounts}
    deadlines = {r.deadline.edtf for r in (record, earlier) if r.deadline is not None}
    same_amounts = not amounts or not earlier_amounts or not amounts.isdisjoint(earlier_amounts)
    return len(deadlines) < 2 and same_amounts
