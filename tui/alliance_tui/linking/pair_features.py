"""Features of a pair of records: numbers that say how far they may be the same undertaking.

Similarities weigh a shared stem by how rare it is in the background corpus and among the records of the two documents.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from heapq import nsmallest
from operator import mul
from typing import NamedTuple

from rapidfuzz import fuzz

from alliance_tui.linking.linkable import LinkableRecord
from alliance_tui.linking.words import (
    background_weight,
    content_weight,
    increments_in,
    names_an_occasion,
    stem_of,
    stems_of,
)


class PairFeatures(NamedTuple):
    """The features of a pair; those called `other_…` are signs against it. Shares and similarities are from 0 to 1."""

    same_words: float
    """The cosine of the stems of evidence and instrument."""
    contained_words: float
    """The share of the poorer one's stems that the other has."""
    same_context: float
    contained_in_context: float
    same_surroundings: float
    same_instrument: float
    other_instrument: float
    instrument_in_words: float
    """How much of the instrument that only one of them names is among the words of the other."""
    same_value: float
    other_value: float
    other_amount: float
    """1 for large figures (a thousand or more) in both, none of them in common."""
    same_date: float
    other_date: float
    same_year: float
    other_year: float
    other_deadline: float
    """Whether they are due at different times: neither deadline is a part of the other."""
    shared_parties: float
    has_shared_party: float
    other_party: float
    """Whether each has a party that the other has not."""
    same_trigger: float
    same_domain: float
    similar_wording: float
    partly_similar_wording: float
    rarest_shared: float
    shared_weight: float
    shared_content: float
    """The same by the background weights alone, whatever the two documents share, without formulas."""
    rarest_content: float
    """The greatest background weight of a shared stem, without formulas."""
    other_name: float
    """Whether each has a name that the other has not, in evidence or context."""
    other_increment: float
    """Whether only one is said to be another or the second of its kind, or both are different ones."""
    is_occasion: float
    """Whether one of them is a meeting or visit."""
    deictic: float
    """The share of the two that refer to their own document ("as set forth in this order")."""
    related_documents: float
    """The cosine of the stems of all records of the two documents."""
    greater_lead: float
    """By how much the pair is more similar than the next best of one of its records, from -0.5 to 0.5: the greater."""
    lesser_lead: float
    is_mutual_best: float
    rivals: float
    """How many of the two have a better match."""
    is_short: float


class RecordPair(NamedTuple):
    """Two records of two documents, by their places in the two lists, with their features."""

    first: int
    second: int
    features: PairFeatures


_NAME_WEIGHT = 0.45
"""The background weight below which a word with a capital ("President", "American") tells no two things apart."""

_LARGE = 1_000
_SHORT = 5
_MAX_LEAD = 0.5
_MAX_CANDIDATES = 6
"""The most records of the other document with which a record is compared: those that share most."""


class PreparedRecord:
    """A record with its stems: `core` of evidence and instrument, `context` also of the sentence, `surroundings` also
    of the sentence before."""

    def __init__(self, record: LinkableRecord) -> None:
        self.record = record
        self.instrument = stems_of(record.instrument)
        self.core = stems_of(record.words) | self.instrument
        self.context = self.core | stems_of(record.context)
        self.surroundings = self.context | stems_of(record.surroundings)
        self.wording = " ".join(map(stem_of, record.words))


def prepare(records: Iterable[LinkableRecord]) -> list[PreparedRecord]:
    """Return the records of a document with what is computed once, however many documents it is compared with."""
    return [PreparedRecord(record) for record in records]


def candidate_pairs(first: Sequence[PreparedRecord], second: Sequence[PreparedRecord]) -> list[RecordPair]:
    """Return the pairs of two documents' records that share content words, each with its features."""
    weigh = _PairWeights((*first, *second))
    pairs = _candidates(first, second, weigh)
    ones = {i: _Weighed(first[i], weigh) for i in {i for i, _ in pairs}}
    others = {j: _Weighed(second[j], weigh) for j in {j for _, j in pairs}}
    related = relatedness(first, second)
    scored = [
        (i, j, _similarity(ones[i], others[j], weigh), _base_features(ones[i], others[j], weigh, related))
        for i, j in pairs
    ]
    best_of_first = _two_best((i, similarity) for i, _, similarity, _ in scored)
    best_of_second = _two_best((j, similarity) for _, j, similarity, _ in scored)
    return [
        RecordPair(i, j, _with_rivals(features, similarity, best_of_first[i], best_of_second[j]))
        for i, j, similarity, features in scored
    ]


def containment(first: Sequence[PreparedRecord], second: Sequence[PreparedRecord]) -> float:
    """Return the share of the poorer document's content weights whose stems the other document's records have too."""
    one, other = ({stem for record in records for stem in record.core} for records in (first, second))
    squares = [math.fsum(content_weight(stem) ** 2 for stem in stems) for stems in (one, other, one & other)]
    return squares[2] / (min(squares[0], squares[1]) or 1.0)


def relatedness(first: Sequence[PreparedRecord], second: Sequence[PreparedRecord]) -> float:
    """Return the cosine of the background weights of the stems that the records of each document have."""
    one, other = ({stem for record in records for stem in record.core} for records in (first, second))
    squares = [math.fsum(background_weight(stem) ** 2 for stem in stems) for stems in (one, other, one & other)]
    return squares[2] / (math.sqrt(squares[0] * squares[1]) or 1.0)


class _PairWeights:
    """The weights of stems among the records of two documents."""

    def __init__(self, records: Sequence[PreparedRecord]) -> None:
        count = len(records)
        records_with = Counter(stem for record in records for stem in record.context)
        scale = math.log(1 + count)
        local = {times: math.log(1 + count / times) / scale for times in {*records_with.values()}}
        self._weights = {stem: background_weight(stem) * local[times] for stem, times in records_with.items()}

    def __call__(self, stem: str) -> float:
        weight = self._weights.get(stem)
        return background_weight(stem) if weight is None else weight

    def total(self, stems: Iterable[str]) -> float:
        """The sum of the weights, in an order that does not depend on hashing."""
        return math.fsum(map(self, stems))

    def squares(self, stems: Iterable[str]) -> float:
        """The sum of the squares of the weights."""
        weights = [*map(self, stems)]
        return math.fsum(map(mul, weights, weights))


class _Weighed:
    """A record of a candidate pair with the lengths of its vectors of weights."""

    def __init__(self, prepared: PreparedRecord, weigh: _PairWeights) -> None:
        self.record = prepared.record
        self.wording = prepared.wording
        self.instrument = prepared.instrument
        self.levels = (prepared.core, prepared.context, prepared.surroundings)
        self.core, self.context, _ = self.levels
        self.core_weight = weigh.total(self.core)
        self.norms = tuple(math.sqrt(weigh.squares(stems)) or 1.0 for stems in self.levels)


def _candidates(
    first: Sequence[PreparedRecord], second: Sequence[PreparedRecord], weigh: _PairWeights
) -> list[tuple[int, int]]:
    """Return the pairs that share content words, for each record those with the greatest weight."""
    holders: dict[str, list[int]] = defaultdict(list)
    for j, other in enumerate(second):
        for stem in other.context:
            holders[stem].append(j)
    kept: set[tuple[int, int]] = set()
    by_second: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i, record in enumerate(first):
        shared: dict[int, float] = defaultdict(float)
        for stem in sorted(record.context & holders.keys()):
            weight = weigh(stem)
            for j in holders[stem]:
                shared[j] += weight
        kept.update((i, j) for j in nsmallest(_MAX_CANDIDATES, shared, key=lambda j: (-shared[j], j)))
        for j, weight in shared.items():
            by_second[j].append((-weight, i))
    for j, others in by_second.items():
        kept.update((i, j) for _, i in nsmallest(_MAX_CANDIDATES, others))
    return sorted(kept)


def _similarity(first: _Weighed, second: _Weighed, weigh: _PairWeights) -> float:
    """The similarity by which the matches of a record are ranked."""
    return (
        0.5 * _cosine(first, second, 0, weigh)
        + 0.25 * _cosine(first, second, 1, weigh)
        + 0.25 * _contained(first, second, weigh)
    )


def _cosine(first: _Weighed, second: _Weighed, level: int, weigh: _PairWeights) -> float:
    shared = first.levels[level] & second.levels[level]
    return weigh.squares(shared) / (first.norms[level] * second.norms[level]) if shared else 0.0


def _contained(first: _Weighed, second: _Weighed, weigh: _PairWeights) -> float:
    poorer = min(first.core_weight, second.core_weight)
    return weigh.total(first.core & second.core) / max(0.5, poorer)


def _base_features(first: _Weighed, second: _Weighed, weigh: _PairWeights, related: float) -> PairFeatures:
    a, b = first.record, second.record
    shared = first.core & second.core
    same_instrument, other_instrument, in_words = _compare_instruments(first, second, weigh)
    parties, all_parties = {*a.parties} & {*b.parties}, {*a.parties, *b.parties}
    years = a.deadline[:4], b.deadline[:4]
    return PairFeatures(
        same_words=_cosine(first, second, 0, weigh),
        contained_words=_contained(first, second, weigh),
        same_context=_cosine(first, second, 1, weigh),
        contained_in_context=max(
            weigh.total(one.core & other.context) / max(0.5, one.core_weight)
            for one, other in ((first, second), (second, first))
        ),
        same_surroundings=_cosine(first, second, 2, weigh),
        same_instrument=same_instrument,
        other_instrument=other_instrument,
        instrument_in_words=in_words,
        same_value=float(not {*a.values}.isdisjoint(b.values)),
        other_value=float(_differ({*a.values}, {*b.values})),
        other_amount=float(_differ(_large(a.values), _large(b.values))),
        same_date=float(not {*a.dates}.isdisjoint(b.dates)),
        other_date=float(_differ({*a.dates}, {*b.dates})),
        same_year=float(all(years) and years[0] == years[1]),
        other_year=float(all(years) and years[0] != years[1]),
        other_deadline=float(bool(a.deadline and b.deadline) and not _is_part(a.deadline, b.deadline)),
        shared_parties=len(parties) / len(all_parties) if all_parties else 0.5,
        has_shared_party=float(bool(parties)),
        other_party=float(all_parties != {*a.parties} and all_parties != {*b.parties}),
        same_trigger=float(bool(a.trigger) and a.trigger == b.trigger),
        same_domain=float(a.domain == b.domain),
        similar_wording=fuzz.token_sort_ratio(first.wording, second.wording) / 100,
        partly_similar_wording=fuzz.partial_ratio(first.wording, second.wording) / 100,
        rarest_shared=max(map(weigh, shared), default=0.0),
        shared_weight=math.log1p(weigh.total(shared)),
        shared_content=math.log1p(math.fsum(map(content_weight, shared))),
        rarest_content=max(map(content_weight, shared), default=0.0),
        other_name=float(bool(_names_without(first, second)) and bool(_names_without(second, first))),
        other_increment=float(increments_in(a.words) != increments_in(b.words)),
        is_occasion=float(names_an_occasion(a.trigger) or names_an_occasion(b.trigger)),
        deictic=(a.is_deictic + b.is_deictic) / 2,
        related_documents=related,
        greater_lead=0.0,
        lesser_lead=0.0,
        is_mutual_best=0.0,
        rivals=0.0,
        is_short=float(min(len(first.core), len(second.core)) < _SHORT),
    )


def _differ(one: Set[str], other: Set[str]) -> bool:
    """Return whether both have values, and none in common."""
    return bool(one and other) and one.isdisjoint(other)


def _large(values: Iterable[str]) -> Set[str]:
    """Return the values of a thousand or more; small numbers count things, and are alike by chance."""
    return {value for value in values if float(value.partition(" ")[0]) >= _LARGE}


def _is_part(deadline: str, other: str) -> bool:
    """Whether one of two EDTF dates is a part of the other, or they are the same."""
    return deadline.startswith(other) or other.startswith(deadline)


def _names_without(first: _Weighed, second: _Weighed) -> frozenset[str]:
    """Return the stems of the first's names that the second has nowhere; words of formulas are none."""
    names = stems_of(first.record.names) - second.context
    return frozenset(name for name in names if content_weight(name) > _NAME_WEIGHT)


def _compare_instruments(first: _Weighed, second: _Weighed, weigh: _PairWeights) -> tuple[float, float, float]:
    """Return whether both name the same instrument, whether they name different ones, and the share of the one that
    only one names among the other's words."""
    one, other = first.instrument, second.instrument
    if one and other:
        overlap = weigh.total(one & other) / max(0.3, min(weigh.total(one), weigh.total(other)))
        return float(overlap > 0.75), float(overlap < 0.3), 0.0
    if one or other:
        named, words = (one, second.context) if one else (other, first.context)
        return 0.0, 0.0, weigh.total(named & words) / max(0.3, weigh.total(named))
    return 0.0, 0.0, 0.0


def _two_best(similarities: Iterable[tuple[int, float]]) -> Mapping[int, list[float]]:
    """Return the two greatest similarities of each record."""
    by_record: dict[int, list[float]] = defaultdict(list)
    for record, similarity in similarities:
        by_record[record].append(similarity)
    return {record: sorted(each, reverse=True)[:2] for record, each in by_record.items()}


def _with_rivals(
    features: PairFeatures, similarity: float, best_of_first: list[float], best_of_second: list[float]
) -> PairFeatures:
    """Add how the pair compares with the other pairs of its two records."""
    leads = [similarity - _best_rival(similarity, best) for best in (best_of_first, best_of_second)]
    lesser, greater = sorted(max(-_MAX_LEAD, min(_MAX_LEAD, lead)) for lead in leads)
    beaten = sum(lead < 0 for lead in leads)
    return features._replace(
        greater_lead=greater, lesser_lead=lesser, is_mutual_best=float(beaten == 0), rivals=float(beaten)
    )


def _best_rival(similarity: float, best: list[float]) -> float:
    if best[0] != similarity:
        return best[0]
    return best[1] if len(best) > 1 else 0.0
