"""Nearness: how close together the words of a query stand in one place of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum

from msgspec import Struct

from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.matching.occurrences import Occurrence

_CLAUSE_END = re.compile(r"[,;:()–—]|\s-\s")
_NEAR_GAPS = 3  # words between those of a query that stand near each other, for each of its words


class Nearness(IntEnum):
    """How close together words stand, the loosest first."""

    APART = 0
    """In one paragraph, or not all of them."""
    SENTENCE = 1
    CLAUSE = 2
    SIDE_BY_SIDE = 3


class Window(Struct, frozen=True):
    """The shortest stretch of a place with the most words of a query.

    `found` is the weight of these words, `gaps` the number of words between them, `is_ordered` whether they are in the
    query's order. The occurrences are those of the stretch.
    """

    nearness: Nearness
    found: float
    gaps: int
    is_ordered: bool
    occurrences: tuple[Occurrence, ...]

    @property
    def rank(self) -> tuple[float, int, bool, int]:
        """Sort key: a better window is greater."""
        return self.found, self.nearness, self.is_ordered, -self.gaps


def best_window(
    occurrences: Sequence[tuple[Occurrence, int]], weights: Mapping[int, float], postings: Postings
) -> Window:
    """Return the best window of one place.

    Args:
        occurrences: The occurrences with the number of the clause that each matches, in reading order, at least one.
        weights: The weight of each clause.
        postings: The postings of the text.
    """
    needed = {clause for _, clause in occurrences}
    windows = _shortest_windows(occurrences, needed)
    found = sum(weights[clause] for clause in needed)
    return max((_window(window, found, postings) for window in windows), key=lambda window: window.rank)


def _shortest_windows(
    occurrences: Sequence[tuple[Occurrence, int]], needed: set[int]
) -> Iterator[list[tuple[Occurrence, int]]]:
    """Yield the stretches that hold every clause and no needless occurrence at either end."""
    counts = dict.fromkeys(needed, 0)
    missing, start = len(needed), 0
    for end, (_, clause) in enumerate(occurrences):
        missing -= not counts[clause]
        counts[clause] += 1
        while not missing:
            _, first = occurrences[start]
            counts[first] -= 1
            if not counts[first]:
                yield list(occurrences[start : end + 1])
                missing += 1
            start += 1


def _window(window: Sequence[tuple[Occurrence, int]], found: float, postings: Postings) -> Window:
    first, last = window[0][0], window[-1][0]
    covered = {position for occurrence, _ in window for position in occurrence.positions}
    stretch = max(covered) - min(covered) + 1
    gaps = stretch - len(covered)
    clauses = list(dict.fromkeys(clause for _, clause in window))
    if not postings.in_same_sentence(first.first_position, last.last_position):
        nearness = Nearness.APART
    elif not gaps:
        nearness = Nearness.SIDE_BY_SIDE
    elif gaps <= _NEAR_GAPS * len(clauses) and not _crosses_clause(first, last, postings):
        nearness = Nearness.CLAUSE
    else:
        nearness = Nearness.SENTENCE
    return Window(nearness, found, gaps, clauses == sorted(clauses), tuple(occurrence for occurrence, _ in window))


def _crosses_clause(first: Occurrence, last: Occurrence, postings: Postings) -> bool:
    string = postings.strings[postings.by_string.unit_of(first.first_position)]
    return _CLAUSE_END.search(string, min(first.end, last.start), last.start) is not None
