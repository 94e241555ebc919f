"""The scores of matches.

A score is a tier plus a quality from 0 to under 1. The tier is the match type, from 0 for a typo. So no typo ever
scores above a prefix and no prefix above a whole word, whatever the field.

An occurrence in the text scores its tier and the quality of its match. Of a query of several words, an occurrence
scores by how near they stand in its place (search.matching.nearness), then by this score.

A record's tier is that of the query word that matched worst, each taken at its best occurrence. Its quality is the mean
over the query words of the field's weight times 0.4 + 0.4 * the match quality + 0.2 * the share of the field's words
that match. If all words of a name, form or title match, the quality is 0.9 + 0.1 * the weight instead, and whole words
count as exact. A record that only passes conditions scores a bare tier: whole word, or the one at which the condition's
name matched. Equal scores keep reading order.
"""

from __future__ import annotations

from collections.abc import Collection

from alliance_tui.search.matches import MatchType

_WEIGHTS = {"name": 0.9, "title": 0.9, "form": 0.75, "parties": 0.6, "instrument": 0.6, "quote": 0.5}
_OTHER_WEIGHT = 0.4
_NAMES = ("name", "form", "title")
_MATCH_TYPES = tuple(reversed(MatchType))
_TIERS = {match_type: tier for tier, match_type in enumerate(_MATCH_TYPES)}
_EXACT, _WHOLE = _TIERS[MatchType.EXACT], _TIERS[MatchType.WORD]
_BELOW_ONE = 0.999


def combined_score(match_type: MatchType, quality: float) -> float:
    """Return tier plus quality; `quality` is clipped to [0, 1)."""
    return _TIERS[match_type] + min(max(quality, 0.0), _BELOW_ONE)


def match_type_of(score: float) -> MatchType:
    """Return the match type of a score's tier."""
    return _MATCH_TYPES[int(score)]


def nearness_score(score: float, nearness: int, *, is_ordered: bool, is_nearest: bool) -> float:
    """Return the score of an occurrence in a place that has several words of a query.

    `is_ordered`: they stand in the query's order; `is_nearest`: the occurrence is one of those closest together.
    """
    return 2 * nearness + is_ordered + 0.5 * is_nearest + 0.49 * score / len(_MATCH_TYPES)


def field_score(score: float, field: str, share: float) -> float:
    """Return the score of an occurrence in a record's field, `share` of whose words match."""
    tier = int(score)
    kind = field.partition(":")[0]
    weight = _WEIGHTS.get(kind, _OTHER_WEIGHT)
    if share == 1.0 and kind in _NAMES:
        return (_EXACT if tier == _WHOLE else tier) + 0.9 + 0.1 * weight
    return tier + weight * (0.4 + 0.4 * (score - tier) + 0.2 * share)


def record_score(scores: Collection[float]) -> float:
    """Return a record's score from the best score of each query word in it."""
    if not scores:
        return combined_score(MatchType.WORD, 0.0)
    mean = sum([score - int(score) for score in scores]) / len(scores)
    return int(min(scores)) + mean
