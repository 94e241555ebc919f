"""Features of a pair of records: numbers that say how far they may be the same undertaking.

Similarities weigh a shared stem by how rare it is in the background corpus and among the records of the two documents.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from alliance_tui.linking.linkable import LinkableRecord
from alliance_tui.linking.words import background_weight, stem_of, stems_of


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
    same_year: float
    other_year: float
    shared_parties: float
    has_shared_party: float
    same_trigger: float
    same_domain: float
    similar_wording: float
    partly_similar_wording: float
    rarest_shared: float
    shared_weight: float
    lead_of_first: float
    """By how much the pair is more similar than the first record's next best, from -0.5 to 0.5."""
    lead_of_second: float
    is_mutual_best: float
    rivals: float
    """How many of the two have a better match."""
    is_short: float


class RecordPair(NamedTuple):
    """Two records of two documents, by their places in the two lists, with their features."""

    first: int
    second: int
    features: PairFeatures


_SHORT = 5
_MAX_LEAD = 0.5
_MAX_CANDIDATES = 12
"""The most records of the other document with which a record is compared: those that share most."""


def candidate_pairs(first: Sequence[LinkableRecord], second: Sequence[LinkableRecord]) -> list[RecordPair]:
    """Return the pairs of two documents' records that share content words, each with its features."""
    weigh = _PairWeights((*first, *second))
    ones, others = ([_Weighed(record, weigh) for record in records] for records in (first, second))
    scored = [
        (i, j, _similarity(ones[i], others[j], weigh), _base_features(ones[i], others[j], weigh))
        for i, j in _candidates(ones, others, weigh)
    ]
    best_of_first, best_of_second = (
        _two_best((i, s) for i, _, s, _ in scored),
        _two_best((j, s) for _, j, s, _ in scored),
    )
    return [
        RecordPair(i, j, _with_rivals(features, similarity, best_of_first[i], best_of_second[j]))
        for i, j, similarity, features in scored
    ]


class _PairWeights:
    """The weights of stems among the records of two documents."""

    def __init__(self, records: Sequence[LinkableRecord]) -> None:
        self._count = len(records)
        self._records_with = Counter(stem for record in records for stem in record.core | stems_of(record.context))
        self._cached: dict[str, float] = {}

    def __call__(self, stem: str) -> float:
        weight = self._cached.get(stem)
        if weight is None:
            frequency = self._records_with.get(stem)
            local = math.log(1 + self._count / frequency) / math.log(1 + self._count) if frequency else 1.0
            weight = self._cached[stem] = background_weight(stem) * local
        return weight

    def total(self, stems: Iterable[str]) -> float:
        """The sum of the weights, in an order that does not depend on hashing."""
        return math.fsum(map(self, stems))

    def norm(self, stems: Iterable[str]) -> float:
        """The length of the vector of the weights; 1 for none."""
        return math.sqrt(math.fsum(self(stem) ** 2 for stem in stems)) or 1.0


class _Weighed:
    """A record with what is computed once for all its pairs."""

    def __init__(self, record: LinkableRecord, weigh: _PairWeights) -> None:
        self.record = record
        self.core = record.core
        self.context = self.core | stems_of(record.context)
        self.surroundings = self.context | stems_of(record.surroundings)
        self.wording = " ".join(map(stem_of, record.words))
        self.instrument = stems_of(record.instrument)
        self.core_weight = weigh.total(self.core)
        self.norms = tuple(weigh.norm(stems) for stems in (self.core, self.context, self.surroundings))


def _candidates(first: Sequence[_Weighed], second: Sequence[_Weighed], weigh: _PairWeights) -> list[tuple[int, int]]:
    """Return the pairs that share content words, for each record those with the greatest weight."""
    holders: dict[str, list[int]] = defaultdict(list)
    for j, other in enumerate(second):
        for stem in other.context:
            holders[stem].append(j)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for i, record in enumerate(first):
        for stem in sorted(record.context):
            for j in holders.get(stem, ()):
                shared[i, j] += weigh(stem)
    kept: set[tuple[int, int]] = set()
    for side in (0, 1):
        by_record: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
        for pair, weight in shared.items():
            by_record[pair[side]].append((-weight, pair))
        for pairs in by_record.values():
            kept.update(pair for _, pair in sorted(pairs)[:_MAX_CANDIDATES])
    return sorted(kept)


def _similarity(first: _Weighed, second: _Weighed, weigh: _PairWeights) -> float:
    """The similarity by which the matches of a record are ranked."""
    return (
        0.5 * _cosine(first, second, 0, weigh)
        + 0.25 * _cosine(first, second, 1, weigh)
        + 0.25 * _contained(first, second, weigh)
    )


def _cosine(first: _Weighed, second: _Weighed, level: int, weigh: _PairWeights) -> float:
    stems = ("core", "context", "surroundings")[level]
    shared: frozenset[str] = getattr(first, stems) & getattr(second, stems)
    return math.fsum(weigh(stem) ** 2 for stem in shared) / (first.norms[level] * second.norms[level])


def _contained(first: _Weighed, second: _Weighed, weigh: _PairWeights) -> float:
    poorer = min(first.core_weight, second.core_weight)
    return weigh.total(first.core & second.core) / max(0.5, poorer)


def _base_features(first: _Weighed, second: _Weighed, weigh: _PairWeights) -> PairFeatures:
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
        other_value=float(bool(a.values and b.values) and {*a.values}.isdisjoint(b.values)),
        same_year=float(all(years) and years[0] == years[1]),
        other_year=float(all(years) and years[0] != years[1]),
        shared_parties=len(parties) / len(all_parties) if all_parties else 0.5,
        has_shared_party=float(bool(parties)),
        same_trigger=float(bool(a.trigger) and a.trigger == b.trigger),
        same_domain=float(a.domain == b.domain),
        similar_wording=fuzz.token_sort_ratio(first.wording, second.wording) / 100,
        partly_similar_wording=fuzz.partial_ratio(first.wording, second.wording) / 100,
        rarest_shared=max(map(weigh, shared), default=0.0),
        shared_weight=math.log1p(weigh.total(shared)),
        lead_of_first=0.0,
        lead_of_second=0.0,
        is_mutual_best=0.0,
        rivals=0.0,
        is_short=float(min(len(first.core), len(second.core)) < _SHORT),
    )


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
    first, second = (max(-_MAX_LEAD, min(_MAX_LEAD, lead)) for lead in leads)
    beaten = sum(lead < 0 for lead in leads)
    return features._replace(
        lead_of_first=first, lead_of_second=second, is_mutual_best=float(beaten == 0), rivals=float(beaten)
    )


def _best_rival(similarity: float, best: list[float]) -> float:
    if best[0] != similarity:
        return best[0]
    return best[1] if len(best) > 1 else 0.0
