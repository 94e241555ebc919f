"""A query's hits in the text: sentence by sentence, or by paragraph where no sentence has all words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from alliance_tui.search.clauses import Clause, Group
from alliance_tui.search.finding import Finder, Place
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import Hit, Range
from alliance_tui.search.postings import Postings
from alliance_tui.search.ranking import how_of


class _Units(NamedTuple):
    """A way to cut the text into stretches in which all words must stand."""

    of: Callable[[int], int]
    words: Callable[[int], range]


def text_hits(groups: Sequence[Group], index: SearchIndex, finder: Finder) -> tuple[Hit, ...]:
    """The hits of a query without fields."""
    text = index.text
    if len(groups) == 1 and not groups[0].excluding:
        return hits((p.start, p.end, p.score) for clause in groups[0].positive for p in _places(clause, text, finder))
    for units in (
        _Units(text.sentence_of, text.sentence_words),
        _Units(text.paragraph_of, text.paragraph_words),
    ):
        passing = _passing(groups, units, text, finder)
        if passing:
            within = [units.words(unit) for unit in sorted(passing)]
            weighty: list[Place] = []
            minor: list[Place] = []
            for group in groups:
                for clause in group.positive:
                    there = [p for p in _places(clause, text, finder, within) if units.of(p.first) in passing]
                    (minor if group.minor else weighty).extend(there)
            return hits((p.start, p.end, p.score) for p in (*weighty, *beside(weighty, minor)))
    return ()


def _passing(groups: Sequence[Group], units: _Units, text: Postings, finder: Finder) -> set[int]:
    """The units that pass each weighty group; one without any word of the query does not count."""

    def units_of(clause: Clause, within: Sequence[range] | None) -> set[int]:
        return {units.of(place.first) for place in _places(clause, text, finder, within)}

    weighty = [group for group in groups if not group.minor]
    plain = [group for group in weighty if group.positive and not group.excluding]
    plain.sort(key=lambda group: sum(finder.count(c.words, text) for c in group.positive if c.words))
    within: list[range] | None = None
    passing: set[int] = set()
    for group in plain:
        found = set().union(*(units_of(clause, within) for clause in group.positive))
        passing = found if within is None else passing & found
        within = [units.words(unit) for unit in sorted(passing)]
    excluding = [group for group in weighty if group.excluding]
    if within is None:
        passing = {unit for group in excluding for clause in group.positive for unit in units_of(clause, None)}
        within = [units.words(unit) for unit in sorted(passing)]
    for group in excluding:
        there = set().union(*(units_of(clause, within) for clause in group.positive))
        without = [units_of(c, within) for c in group.clauses if c.words and c.negated]
        passing = {unit for unit in passing if unit in there or any(unit not in found for found in without)}
    return passing


def _places(clause: Clause, text: Postings, finder: Finder, within: Sequence[range] | None = None) -> list[Place]:
    return finder.places(clause.words, text, within) if clause.words else []


def beside(weighty: Iterable[Place], minor: Iterable[Place]) -> list[Place]:
    """Those of the minor words' places that touch a weighty one, or another such."""
    lit = {number for place in weighty for number in range(place.first, place.last + 1)}
    kept: list[Place] = []
    waiting = list(minor)
    while near := [place for place in waiting if place.first - 1 in lit or place.last + 1 in lit]:
        kept += near
        lit.update(number for place in near for number in range(place.first, place.last + 1))
        waiting = [place for place in waiting if place.first not in lit]
    return kept


def hits(places: Iterable[tuple[int, int, float]]) -> tuple[Hit, ...]:
    """Hits in reading order and disjoint, from starts, ends and scores; those that overlap are made one."""
    found: list[Hit] = []
    for start, end, score in sorted(places):
        if found and start < found[-1].end:
            last = found.pop()
            start, end, score = last.start, max(last.end, end), max(last.score, score)
        found.append(Hit(start, end, how_of(score), score))
    return tuple(found)


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges in order and disjoint, those that overlap made one."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)
