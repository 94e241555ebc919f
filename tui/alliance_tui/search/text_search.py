"""A query's hits in the text: sentence by sentence, or by paragraph where no sentence has all words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from alliance_tui.search.evaluation import Clause, Group
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import Hit
from alliance_tui.search.postings import Postings
from alliance_tui.search.ranking import how_of
from alliance_tui.search.term_matcher import MOST_PLACES, Finder, Place, merged

_AT_ONCE = 4_000  # places of a word for which a part of the text is taken at once: twice as many as are lit
_FEW = 500  # units of which the words are looked through one by one


class _Units(NamedTuple):
    """A way to cut the text into stretches in which all words must stand."""

    of: Callable[[Iterable[int]], list[int]]
    words: Callable[[int], range]


def text_hits(groups: Sequence[Group], index: SearchIndex, finder: Finder) -> tuple[Hit, ...]:
    """The hits of a query without fields."""
    text = index.text
    if not any(group.positive for group in groups):
        return ()
    if len(groups) == 1 and not groups[0].excluding:
        return _hits_of(_places(groups[0].positive, text, finder), finder)
    weighty = [group for group in groups if not group.minor]
    minor = [clause for group in groups if group.minor for clause in group.positive]
    for units in (
        _Units(text.sentences_of, text.sentence_words),
        _Units(text.paragraphs_of, text.paragraph_words),
    ):
        places = _in_passing_units(weighty, units, text, finder)
        if places:
            near = _around(places, len(minor), len(text))
            return _hits_of([*places, *beside(places, _places(minor, text, finder, near), text)], finder)
    return ()


def _in_passing_units(groups: Sequence[Group], units: _Units, text: Postings, finder: Finder) -> list[Place]:
    """The places of the words asked for, in those units that pass each group; in the first of them if they are many."""
    plain = [group for group in groups if not group.excluding]
    plain.sort(key=lambda group: _count(group, text, finder))
    in_order = (*plain, *(group for group in groups if group.excluding))
    passing: list[int] = []
    for part in text.parts(max(1, _count(in_order[0], text, finder) // _AT_ONCE)):
        passing += sorted(_passing(in_order, units, text, finder, [part]))
        if len(passing) > MOST_PLACES:
            finder.overflowed.append(f"only the first {MOST_PLACES:,} sentences with all words are lit")
            break
    within = [units.words(unit) for unit in passing[:MOST_PLACES]]
    places = [place for group in groups for place in _places(group.positive, text, finder, within)]
    kept = set(passing[:MOST_PLACES])
    there = units.of(place.first for place in places)
    return [place for place, unit in zip(places, there, strict=True) if unit in kept]


def _count(group: Group, text: Postings, finder: Finder) -> int:
    return sum(finder.count(clause.words, text) for clause in group.positive if clause.words)


def _passing(
    groups: Iterable[Group], units: _Units, text: Postings, finder: Finder, within: Sequence[range]
) -> set[int]:
    """The units that pass each group, where these words stand. One without any of the words asked for never does."""
    passing: set[int] | None = None
    for group in groups:
        there = [(c.negated, finder.units(c.words, text, units.of, within)) for c in group.clauses if c.words]
        here = set[int]().union(*(found for negated, found in there if not negated))
        if group.excluding and passing is not None:
            excluded = [found for negated, found in there if negated]
            here |= passing - excluded[0].intersection(*excluded[1:])
        passing = here if passing is None else passing & here
        if len(passing) <= _FEW:
            within = [units.words(unit) for unit in sorted(passing)]
    return passing or set()


def _places(
    clauses: Iterable[Clause], text: Postings, finder: Finder, within: Sequence[range] | None = None
) -> list[Place]:
    return [place for c in clauses if c.words for place in finder.places(c.words, text, within)]


def _around(places: Iterable[Place], distance: int, end: int) -> list[range]:
    """The words so near to a place."""
    near = merged([(max(0, place.first - distance), min(end, place.last + distance + 1)) for place in places])
    return [range(*ends) for ends in near]


def _hits_of(places: Iterable[Place], finder: Finder) -> tuple[Hit, ...]:
    return hits((place.start, place.end, place.score) for place in finder.watch.over(places))


def beside(weighty: Iterable[Place], minor: Iterable[Place], postings: Postings) -> list[Place]:
    """Those of the minor words' places that touch, in their sentence, a weighty one, or another such."""
    lit = {number for place in weighty for number in range(place.first, place.last + 1)}
    kept: list[Place] = []
    waiting = list(minor)

    def _touches(place: Place) -> bool:
        before, after = place.first - 1, place.last + 1
        return (before in lit and postings.together(before, place.first)) or (
            after in lit and postings.together(place.last, after)
        )

    while near := [place for place in waiting if _touches(place)]:
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
