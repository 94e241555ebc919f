"""The scores of documents.

A score is a tier plus a quality, as a record's is (search.matching.ranking). The tier is that of the query word that
matched worst. The quality is the mean over the query words of where they occur (in the title .6, in a name .3, else 0)
and how often (up to .3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from alliance_tui.search.matches import MatchType
from alliance_tui.search.matching.ranking import combined_score

Scores = dict[int, float]
"""Document numbers with their scores."""

IN_TITLE, IN_NAME, ELSEWHERE = 0.6, 0.3, 0.0
"""The quality for where a word occurs."""

_MAX_FREQUENCY_QUALITY = 0.3
_HALF_FREQUENCY = 4  # occurrences for half of the frequency's quality
_MAX_COUNT = 255  # occurrences; more of them score no better


def scores_by_count(match_type: MatchType, place_quality: float, counts: Mapping[int, int]) -> Scores:
    """Return the scores of documents by their numbers of occurrences."""
    by_count = [score_of_count(match_type, place_quality, count) for count in range(_MAX_COUNT + 1)]
    return {document: by_count[min(count, _MAX_COUNT)] for document, count in counts.items()}


def score_of_count(match_type: MatchType, place_quality: float, count: int) -> float:
    """Return the score for `count` occurrences in places of this quality."""
    return combined_score(match_type, place_quality + _MAX_FREQUENCY_QUALITY * count / (count + _HALF_FREQUENCY))


def title_score(match_type: MatchType) -> float:
    """Return the score for an occurrence in the title."""
    return combined_score(match_type, IN_TITLE + _MAX_FREQUENCY_QUALITY / _HALF_FREQUENCY)


def uniform_scores(documents: Iterable[int]) -> Scores:
    """Return the scores of documents that satisfy a condition without any word."""
    return dict.fromkeys(documents, combined_score(MatchType.WORD, 0.0))


def best_scores(first: Scores, second: Scores) -> Scores:
    """Return the documents of both, each with its better score."""
    if not first or not second:
        return first or second
    both = first | second
    for document in first.keys() & second.keys():
        both[document] = max(first[document], second[document])
    return both


def mean_scores(scores_by_group: Sequence[Scores], documents: Iterable[int]) -> Scores:
    """Return for each document the worst tier and the mean quality of its scores."""
    if len(scores_by_group) == 1:
        return {document: scores_by_group[0][document] for document in documents}
    means: Scores = {}
    for document in documents:
        scores = [group_scores[document] for group_scores in scores_by_group]
        tiers = [*map(int, scores)]
        means[document] = min(tiers) + (sum(scores) - sum(tiers)) / len(tiers)
    return means
