"""The matches of a plan in the text: the sentences with all words, or else the places with most of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from alliance_tui.chunked_sort import sorted_by_offset
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.postings import Postings, UnitIndex
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import MatchType, TextMatch
from alliance_tui.search.matching.nearness import Nearness, Window, best_window
from alliance_tui.search.matching.occurrences import Occurrence, position_windows
from alliance_tui.search.matching.ranking import match_type_of, nearness_score
from alliance_tui.search.matching.reading_matcher import MAX_OCCURRENCES, ReadingMatcher
from alliance_tui.search.plan.query_plan import Clause
from alliance_tui.search.plan.readings import Meaning

_OCCURRENCES_PER_PART = 2 * MAX_OCCURRENCES  # a text is searched in parts with about so many of the rarest clause
_FEW_UNITS = 500  # of so few units the further words are looked up one unit at a time
_LONGEST_GAP = 40  # words between those of a query that stand in one paragraph but in no sentence
_WEIGHT_OF_COMMONEST = 0.1
_SAME_WEIGHT = 1e-6

MatchedSpan = tuple[int, int, float, MatchType]
"""Start, end, score and match type of an occurrence or a merged span."""
ClauseOccurrence = tuple[Occurrence, int]
"""An occurrence, and the number of the clause that it matches."""


class TextResult(Struct, frozen=True):
    """The matches in reading order; `is_nearest` if no sentence and no paragraph has all words."""

    matches: tuple[TextMatch, ...] = ()
    is_nearest: bool = False


def text_matches(clauses: Sequence[Clause], index: SearchIndex, matcher: ReadingMatcher) -> TextResult:
    """Return the matches in the text of clauses without conditions."""
    text = index.text
    required = [clause for clause in clauses if not clause.is_optional]
    if not any(clause.meanings for clause in required):
        return TextResult()
    if len(required) == 1 and not required[0].negated_meanings:
        found = _occurrences(required[0].meanings, text, matcher)
        return TextResult(_to_matches([*found, *_small_words(found, clauses, text, matcher)], matcher))
    places = _places_with_all(required, text.by_sentence, text, matcher)
    if not places:
        places = [
            place
            for place in _places_with_all(required, text.by_paragraph, text, matcher)
            if place.window.gaps <= _LONGEST_GAP
        ]
    is_nearest = not places
    if is_nearest and not _has_operator(required):
        places = _places_with_most(required, text, matcher)
    spans = [span for place in matcher.cancellation.iterate(places) for span in place.spans()]
    content = [occurrence for place in places for occurrence in place.occurrences]
    small = _small_words(content, clauses, text, matcher)
    spans += [(o.start, o.end, 0.0, match_type_of(o.score)) for o in small]
    return TextResult(merge_text_matches(matcher.cancellation.iterate(spans)), is_nearest and bool(spans))


class _Place(Struct, frozen=True):
    """A sentence or paragraph: the occurrences to highlight, and the best window among them."""

    occurrences: tuple[Occurrence, ...]
    window: Window

    def spans(self) -> Iterator[MatchedSpan]:
        """Yield the occurrences as spans; those in the window score higher."""
        in_window = set(self.window.occurrences)
        for occurrence in self.occurrences:
            score = nearness_score(
                occurrence.score,
                self.window.nearness,
                is_ordered=self.window.is_ordered,
                is_nearest=occurrence in in_window,
            )
            yield occurrence.start, occurrence.end, score, match_type_of(occurrence.score)


def _places_with_all(
    clauses: Sequence[Clause], units: UnitIndex, text: Postings, matcher: ReadingMatcher
) -> list[_Place]:
    """Return the (first MAX_OCCURRENCES) units that match all clauses."""
    without_negation = [clause for clause in clauses if not clause.negated_meanings]
    without_negation.sort(key=lambda clause: _max_count(clause, text, matcher))
    ordered = (*without_negation, *(clause for clause in clauses if clause.negated_meanings))
    matching: list[int] = []
    for part in text.by_paragraph.split(max(1, _max_count(ordered[0], text, matcher) // _OCCURRENCES_PER_PART)):
        matching += sorted(_matching_units(ordered, units, text, matcher, part))
        if len(matching) > MAX_OCCURRENCES:
            matcher.truncations.append(f"only the first {MAX_OCCURRENCES:,} sentences with all words are highlighted")
            break
    if not matching:
        return []
    kept = matching[:MAX_OCCURRENCES]
    within = [units.positions_in(unit) for unit in kept]
    by_unit = _group_by_unit(_clause_occurrences(clauses, text, matcher, within), units, matcher.cancellation)
    weights = dict.fromkeys(range(len(clauses)), 1.0)
    found = ((unit, by_unit[unit]) for unit in kept if unit in by_unit)
    return [_place(occurrences, weights, text) for _, occurrences in matcher.cancellation.iterate(found)]


def _places_with_most(clauses: Sequence[Clause], text: Postings, matcher: ReadingMatcher) -> list[_Place]:
    """Return the sentences with the weightiest words of a query, those of them in which they stand closest together."""
    positive = [clause for clause in clauses if clause.meanings and not clause.negated_meanings]
    occurrences = _clause_occurrences(positive, text, matcher, None)
    by_unit = _group_by_unit(occurrences, text.by_sentence, matcher.cancellation)
    excluded = _units_with_negated(clauses, text, matcher)
    frequencies: dict[int, int] = defaultdict(int)
    for found in by_unit.values():
        for clause in {number for _, number in found}:
            frequencies[clause] += 1
    weights = {
        clause: max(math.log(1 + len(by_unit) / count), _WEIGHT_OF_COMMONEST) for clause, count in frequencies.items()
    }
    heaviest = 0.0
    candidates: list[list[ClauseOccurrence]] = []
    for unit, found in matcher.cancellation.iterate(by_unit.items()):
        weight = sum(weights[clause] for clause in {number for _, number in found})
        if unit in excluded or weight < heaviest - _SAME_WEIGHT:
            continue
        if weight > heaviest + _SAME_WEIGHT:
            heaviest, candidates = weight, []
        candidates.append(found)
    places = [_place(found, weights, text) for found in matcher.cancellation.iterate(candidates)]
    best = max((place.window.nearness for place in places), default=Nearness.APART)
    return [place for place in places if place.window.nearness is best]


def _place(occurrences: list[ClauseOccurrence], weights: Mapping[int, float], text: Postings) -> _Place:
    return _Place(tuple(o for o, _ in occurrences), best_window(sorted(occurrences), weights, text))


def _units_with_negated(clauses: Iterable[Clause], text: Postings, matcher: ReadingMatcher) -> set[int]:
    units: set[int] = set()
    for clause in clauses:
        if not clause.meanings:
            for meaning in clause.negated_meanings:
                units |= matcher.matching_units(meaning, text, text.by_sentence.units_of)
    return units


def _clause_occurrences(
    clauses: Sequence[Clause], text: Postings, matcher: ReadingMatcher, within: Sequence[range] | None
) -> list[ClauseOccurrence]:
    return [
        (occurrence, number)
        for number, clause in enumerate(clauses)
        for occurrence in matcher.cancellation.iterate(_occurrences(clause.meanings, text, matcher, within))
    ]


def _group_by_unit(
    occurrences: Sequence[ClauseOccurrence], units: UnitIndex, cancellation: CancellationToken
) -> dict[int, list[ClauseOccurrence]]:
    by_unit: dict[int, list[ClauseOccurrence]] = defaultdict(list)
    numbers = units.units_of(occurrence.first_position for occurrence, _ in occurrences)
    for found, unit in cancellation.iterate(zip(occurrences, numbers, strict=True)):
        by_unit[unit].append(found)
    return by_unit


def _has_operator(clauses: Iterable[Clause]) -> bool:
    """Whether an operator asks for words that must be there."""
    return any(meaning.is_literal for clause in clauses for meaning in clause.meanings)


def _max_count(clause: Clause, text: Postings, matcher: ReadingMatcher) -> int:
    return sum(matcher.max_count(meaning, text) for meaning in clause.meanings)


def _matching_units(
    clauses: Iterable[Clause], units: UnitIndex, text: Postings, matcher: ReadingMatcher, part: range
) -> set[int]:
    """Return the units of a part of the text that match all clauses; they must have a meaning of the first clause."""
    within = [part]
    matching: set[int] | None = None
    for clause in clauses:
        containing = [matcher.matching_units(meaning, text, units.units_of, within) for meaning in clause.meanings]
        in_clause = set[int]().union(*containing)
        if clause.negated_meanings and matching is not None:
            excluded = [matcher.matching_units(m, text, units.units_of, within) for m in clause.negated_meanings]
            in_clause |= matching - excluded[0].intersection(*excluded[1:])
        matching = in_clause if matching is None else matching & in_clause
        if len(matching) <= _FEW_UNITS:
            within = [units.positions_in(unit) for unit in sorted(matching)]
    return matching or set()


def _occurrences(
    meanings: Iterable[Meaning], text: Postings, matcher: ReadingMatcher, within: Sequence[range] | None = None
) -> list[Occurrence]:
    return [occurrence for meaning in meanings for occurrence in matcher.occurrences(meaning, text, within)]


def _small_words(
    occurrences: Sequence[Occurrence], clauses: Sequence[Clause], text: Postings, matcher: ReadingMatcher
) -> list[Occurrence]:
    """Return the optional words of the query that stand beside the occurrences."""
    optional = [meaning for clause in clauses if clause.is_optional for meaning in clause.meanings]
    if not optional or not occurrences:
        return []
    windows = position_windows(matcher.cancellation.iterate(occurrences), len(optional), len(text))
    return adjacent_function_words(occurrences, _occurrences(optional, text, matcher, windows), text)


def _to_matches(occurrences: Iterable[Occurrence], matcher: ReadingMatcher) -> tuple[TextMatch, ...]:
    found = matcher.cancellation.iterate(occurrences)
    return merge_text_matches((o.start, o.end, o.score, match_type_of(o.score)) for o in found)


def adjacent_function_words(
    content_words: Iterable[Occurrence], function_words: Iterable[Occurrence], postings: Postings
) -> list[Occurrence]:
    """Return the function words that touch a content word, or another such function word, in their sentence."""
    matched = {position for occurrence in content_words for position in occurrence.positions}
    adjacent: list[Occurrence] = []
    remaining = list(function_words)

    def _touches(occurrence: Occurrence) -> bool:
        first, last = occurrence.first_position, occurrence.last_position
        return (first - 1 in matched and postings.in_same_sentence(first - 1, first)) or (
            last + 1 in matched and postings.in_same_sentence(last, last + 1)
        )

    while touching := [occurrence for occurrence in remaining if _touches(occurrence)]:
        adjacent += touching
        matched.update(position for occurrence in touching for position in occurrence.positions)
        remaining = [occurrence for occurrence in remaining if occurrence.first_position not in matched]
    return adjacent


def merge_text_matches(spans: Iterable[MatchedSpan]) -> tuple[TextMatch, ...]:
    """Return matches in reading order; overlapping spans are merged, with the best score and match type of them."""
    matches: list[TextMatch] = []
    for start, end, score, match_type in sorted_by_offset(spans):
        if matches and start < matches[-1].end:
            last = matches.pop()
            best_type = min(last.match_type, match_type, key=lambda each: each.rank)
            matches.append(TextMatch(last.start, max(last.end, end), best_type, max(last.score, score)))
        else:
            matches.append(TextMatch(start, end, match_type, score))
    return tuple(matches)
