"""A query's hits in the text: sentence by sentence, or by paragraph where no sentence has all words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from alliance_tui.search.evaluation import EvaluatedGroup, EvaluatedTerm
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import TextMatch
from alliance_tui.search.postings import Postings
from alliance_tui.search.ranking import match_type_of
from alliance_tui.search.term_matcher import MAX_OCCURRENCES, Occurrence, TermMatcher, merge_ranges

_OCCURRENCES_PER_PART = (
    4_000  # places of a word for which a part of the text is taken at once: twice as many as are lit
)
_FEW_UNITS = 500  # units of which the words are looked through one by one


class _UnitIndex(NamedTuple):
    """A way to cut the text into stretches in which all words must stand."""

    units_of: Callable[[Iterable[int]], list[int]]
    positions_in: Callable[[int], range]


def text_matches(groups: Sequence[EvaluatedGroup], index: SearchIndex, finder: TermMatcher) -> tuple[TextMatch, ...]:
    """The hits of a query without fields."""
    text = index.text
    if not any(group.positive_phrases for group in groups):
        return ()
    if len(groups) == 1 and not groups[0].has_negated_phrase:
        return _to_matches(_occurrences(groups[0].positive_phrases, text, finder), finder)
    weighty = [group for group in groups if not group.is_optional]
    minor = [clause for group in groups if group.is_optional for clause in group.positive_phrases]
    for units in (
        _UnitIndex(text.sentences_of, text.positions_in_sentence),
        _UnitIndex(text.paragraphs_of, text.positions_in_paragraph),
    ):
        places = _occurrences_in_matching_units(weighty, units, text, finder)
        if places:
            near = _windows_around(places, len(minor), len(text))
            return _to_matches(
                [*places, *adjacent_function_words(places, _occurrences(minor, text, finder, near), text)], finder
            )
    return ()


def _occurrences_in_matching_units(
    groups: Sequence[EvaluatedGroup], units: _UnitIndex, text: Postings, finder: TermMatcher
) -> list[Occurrence]:
    """The places of the words asked for, in those units that pass each group; in the first of them if they are many."""
    plain = [group for group in groups if not group.has_negated_phrase]
    plain.sort(key=lambda group: _max_count(group, text, finder))
    in_order = (*plain, *(group for group in groups if group.has_negated_phrase))
    passing: list[int] = []
    for part in text.split_at_paragraphs(max(1, _max_count(in_order[0], text, finder) // _OCCURRENCES_PER_PART)):
        passing += sorted(_matching_units(in_order, units, text, finder, [part]))
        if len(passing) > MAX_OCCURRENCES:
            finder.truncations.append(f"only the first {MAX_OCCURRENCES:,} sentences with all words are lit")
            break
    within = [units.positions_in(unit) for unit in passing[:MAX_OCCURRENCES]]
    places = [place for group in groups for place in _occurrences(group.positive_phrases, text, finder, within)]
    kept = set(passing[:MAX_OCCURRENCES])
    there = units.units_of(place.first_position for place in places)
    return [place for place, unit in zip(places, there, strict=True) if unit in kept]


def _max_count(group: EvaluatedGroup, text: Postings, finder: TermMatcher) -> int:
    return sum(finder.max_count(clause.phrase, text) for clause in group.positive_phrases if clause.phrase)


def _matching_units(
    groups: Iterable[EvaluatedGroup], units: _UnitIndex, text: Postings, finder: TermMatcher, within: Sequence[range]
) -> set[int]:
    """The units that pass each group, where these words stand. One without any of the words asked for never does."""
    passing: set[int] | None = None
    for group in groups:
        there = [
            (c.negated, finder.matching_units(c.phrase, text, units.units_of, within)) for c in group.terms if c.phrase
        ]
        here = set[int]().union(*(found for negated, found in there if not negated))
        if group.has_negated_phrase and passing is not None:
            excluded = [found for negated, found in there if negated]
            here |= passing - excluded[0].intersection(*excluded[1:])
        passing = here if passing is None else passing & here
        if len(passing) <= _FEW_UNITS:
            within = [units.positions_in(unit) for unit in sorted(passing)]
    return passing or set()


def _occurrences(
    clauses: Iterable[EvaluatedTerm], text: Postings, finder: TermMatcher, within: Sequence[range] | None = None
) -> list[Occurrence]:
    return [place for c in clauses if c.phrase for place in finder.occurrences(c.phrase, text, within)]


def _windows_around(places: Iterable[Occurrence], distance: int, end: int) -> list[range]:
    """The words so near to a place."""
    near = merge_ranges(
        [(max(0, place.first_position - distance), min(end, place.last_position + distance + 1)) for place in places]
    )
    return [range(*ends) for ends in near]


def _to_matches(places: Iterable[Occurrence], finder: TermMatcher) -> tuple[TextMatch, ...]:
    return merge_text_matches((place.start, place.end, place.score) for place in finder.cancellation.iterate(places))


def adjacent_function_words(
    weighty: Iterable[Occurrence], minor: Iterable[Occurrence], postings: Postings
) -> list[Occurrence]:
    """Those of the minor words' places that touch, in their sentence, a weighty one, or another such."""
    lit = {number for place in weighty for number in range(place.first_position, place.last_position + 1)}
    kept: list[Occurrence] = []
    waiting = list(minor)

    def _touches(place: Occurrence) -> bool:
        before, after = place.first_position - 1, place.last_position + 1
        return (before in lit and postings.in_same_sentence(before, place.first_position)) or (
            after in lit and postings.in_same_sentence(place.last_position, after)
        )

    while near := [place for place in waiting if _touches(place)]:
        kept += near
        lit.update(number for place in near for number in range(place.first_position, place.last_position + 1))
        waiting = [place for place in waiting if place.first_position not in lit]
    return kept


def merge_text_matches(places: Iterable[tuple[int, int, float]]) -> tuple[TextMatch, ...]:
    """Hits in reading order and disjoint, from starts, ends and scores; those that overlap are made one."""
    found: list[TextMatch] = []
    for start, end, score in sorted(places):
        if found and start < found[-1].end:
            last = found.pop()
            start, end, score = last.start, max(last.end, end), max(last.score, score)
        found.append(TextMatch(start, end, match_type_of(score), score))
    return tuple(found)
