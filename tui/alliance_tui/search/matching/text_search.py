"""The matches of a query in the text: sentence by sentence, or by paragraph if no sentence has all words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alliance_tui.search.indexing.postings import Postings, UnitIndex
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import TextMatch
from alliance_tui.search.matching.evaluation import EvaluatedGroup
from alliance_tui.search.matching.occurrences import Occurrence, position_windows
from alliance_tui.search.matching.ranking import match_type_of
from alliance_tui.search.matching.term_matcher import MAX_OCCURRENCES, TermMatcher
from alliance_tui.search.query import Phrase

_OCCURRENCES_PER_PART = 2 * MAX_OCCURRENCES  # a text is searched in parts with about so many of the rarest group
_FEW_UNITS = 500  # of so few units the further words are looked up one unit at a time


def text_matches(groups: Sequence[EvaluatedGroup], index: SearchIndex, matcher: TermMatcher) -> tuple[TextMatch, ...]:
    """Return the matches in the text of a query without filters."""
    text = index.text
    if not any(group.phrases for group in groups):
        return ()
    if len(groups) == 1 and not groups[0].negated_phrases:
        return _to_matches(_occurrences(groups[0].phrases, text, matcher), matcher)
    required = [group for group in groups if not group.is_optional]
    function_words = [phrase for group in groups if group.is_optional for phrase in group.phrases]
    for units in (text.by_sentence, text.by_paragraph):
        occurrences = _occurrences_in_matching_units(required, units, text, matcher)
        if occurrences:
            windows = position_windows(occurrences, len(function_words), len(text))
            nearby = _occurrences(function_words, text, matcher, windows)
            return _to_matches([*occurrences, *adjacent_function_words(occurrences, nearby, text)], matcher)
    return ()


def _occurrences_in_matching_units(
    groups: Sequence[EvaluatedGroup], units: UnitIndex, text: Postings, matcher: TermMatcher
) -> list[Occurrence]:
    """Return the occurrences in the (first MAX_OCCURRENCES) units that match all groups."""
    without_negation = [group for group in groups if not group.negated_phrases]
    without_negation.sort(key=lambda group: _max_count(group, text, matcher))
    ordered = (*without_negation, *(group for group in groups if group.negated_phrases))
    matching: list[int] = []
    for part in text.by_paragraph.split(max(1, _max_count(ordered[0], text, matcher) // _OCCURRENCES_PER_PART)):
        matching += sorted(_matching_units(ordered, units, text, matcher, part))
        if len(matching) > MAX_OCCURRENCES:
            matcher.truncations.append(f"only the first {MAX_OCCURRENCES:,} sentences with all words are highlighted")
            break
    kept = set(matching[:MAX_OCCURRENCES])
    within = [units.positions_in(unit) for unit in matching[:MAX_OCCURRENCES]]
    occurrences = [o for group in groups for o in _occurrences(group.phrases, text, matcher, within)]
    units_of_occurrences = units.units_of(occurrence.first_position for occurrence in occurrences)
    return [o for o, unit in zip(occurrences, units_of_occurrences, strict=True) if unit in kept]


def _max_count(group: EvaluatedGroup, text: Postings, matcher: TermMatcher) -> int:
    return sum(matcher.max_count(phrase, text) for phrase in group.phrases)


def _matching_units(
    groups: Iterable[EvaluatedGroup], units: UnitIndex, text: Postings, matcher: TermMatcher, part: range
) -> set[int]:
    """Return the units of a part of the text that match all groups; they must contain a phrase of the first group."""
    within = [part]
    matching: set[int] | None = None
    for group in groups:
        containing = [matcher.matching_units(phrase, text, units.units_of, within) for phrase in group.phrases]
        in_group = set[int]().union(*containing)
        if group.negated_phrases and matching is not None:
            excluded = [matcher.matching_units(p, text, units.units_of, within) for p in group.negated_phrases]
            in_group |= matching - excluded[0].intersection(*excluded[1:])
        matching = in_group if matching is None else matching & in_group
        if len(matching) <= _FEW_UNITS:
            within = [units.positions_in(unit) for unit in sorted(matching)]
    return matching or set()


def _occurrences(
    phrases: Iterable[Phrase], text: Postings, matcher: TermMatcher, within: Sequence[range] | None = None
) -> list[Occurrence]:
    return [occurrence for phrase in phrases for occurrence in matcher.occurrences(phrase, text, within)]


def _to_matches(occurrences: Iterable[Occurrence], matcher: TermMatcher) -> tuple[TextMatch, ...]:
    return merge_text_matches((o.start, o.end, o.score) for o in matcher.cancellation.iterate(occurrences))


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


def merge_text_matches(spans: Iterable[tuple[int, int, float]]) -> tuple[TextMatch, ...]:
    """Return matches from starts, ends and scores in reading order; overlapping ones are merged with the best score."""
    matches: list[TextMatch] = []
    for start, end, score in sorted(spans):
        if matches and start < matches[-1].end:
            last = matches.pop()
            start, end, score = last.start, max(last.end, end), max(last.score, score)
        matches.append(TextMatch(start, end, match_type_of(score), score))
    return tuple(matches)
