"""The records that match a query, ranked, with the ranges to highlight in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import MatchType, Range, RecordMatch
from alliance_tui.search.matching.evaluation import EvaluatedGroup, EvaluatedTerm, RecordOccurrence
from alliance_tui.search.matching.occurrences import Occurrence, merge_ranges
from alliance_tui.search.matching.ranking import combined_score, field_score, match_type_of, record_score
from alliance_tui.search.matching.text_search import adjacent_function_words


def matching_entities(
    groups: Sequence[EvaluatedGroup], index: SearchIndex, cancellation: CancellationToken
) -> tuple[RecordMatch, ...]:
    """Return the matching entities, best first.

    With filters on agreements, an entity must take part in an agreement that passes them.
    """
    matching = _matching_ids(groups, index.names, lambda term: not term.is_agreement_filter)
    if any(term.is_agreement_filter for group in groups for term in group.terms):
        agreements = _matching_ids(groups, index.agreements, lambda term: term.is_agreement_filter)
        linked = index.links.agreements_by_entity if agreements else {}
        matching = {entity for entity in matching if agreements & linked.get(entity, set())}
    return _ranked_matches(matching, index.names, groups, index, cancellation)


def matching_agreements(
    groups: Sequence[EvaluatedGroup], index: SearchIndex, cancellation: CancellationToken
) -> tuple[RecordMatch, ...]:
    """Return the matching agreements, best first.

    With filters on entities, an entity that passes them must take part in the agreement.
    """
    matching = _matching_ids(groups, index.agreements, lambda term: not term.is_entity_filter)
    if any(term.is_entity_filter for group in groups for term in group.terms):
        entities = _matching_ids(groups, index.names, lambda term: term.is_entity_filter)
        matching = {agreement for agreement in matching if entities & index.links.entities_by_agreement[agreement]}
    return _ranked_matches(matching, index.agreements, groups, index, cancellation)


def _matching_ids(
    groups: Iterable[EvaluatedGroup], records: Iterable[str], applies: Callable[[EvaluatedTerm], bool]
) -> set[str]:
    """Return the records that match all required groups whose terms all apply to this kind of record."""
    all_ids = set(records)
    matching = set(all_ids)
    for group in groups:
        if group.is_optional or not all(map(applies, group.terms)):
            continue
        in_group: set[str] = set()
        for term in group.terms:
            in_group |= all_ids - term.record_ids if term.negated else all_ids & term.record_ids
        matching &= in_group
    return matching


class _GroupOccurrence(NamedTuple):
    """An occurrence in a record, with the number of the group that it matches."""

    group: int
    string: int
    occurrence: Occurrence


def _ranked_matches(
    matching: Collection[str],
    reading_order: Iterable[str],
    groups: Sequence[EvaluatedGroup],
    index: SearchIndex,
    cancellation: CancellationToken,
) -> tuple[RecordMatch, ...]:
    """Return the matches of the records, best first and equal ones in reading order.

    Records without an occurrence, which only pass filters, come last.
    """
    occurrences = _occurrences_by_record([id_ for id_ in reading_order if id_ in matching], groups, index, cancellation)
    matches = [
        _record_match(record, found, index) for record, found in cancellation.iterate(occurrences.items()) if found
    ]
    score = min([_filter_score(groups), *(match.score for match in matches)])
    matches += [RecordMatch(record, match_type_of(score), score) for record, found in occurrences.items() if not found]
    return tuple(sorted(matches, key=lambda match: -match.score))


def _occurrences_by_record(
    records: Iterable[str], groups: Sequence[EvaluatedGroup], index: SearchIndex, cancellation: CancellationToken
) -> dict[str, list[_GroupOccurrence]]:
    """Return each record's occurrences, content words first; function words only where they touch others."""
    by_record: dict[str, list[_GroupOccurrence]] = {record: [] for record in records}
    content_words: list[Occurrence] = []
    for number, group in sorted(enumerate(groups), key=lambda numbered: numbered[1].is_optional):
        found = [
            _GroupOccurrence(number, each.string, each.occurrence)
            for each in cancellation.iterate(_positive_occurrences(group))
            if index.owner(each.string)[0] in by_record
        ]
        if group.is_optional:
            touching = set(adjacent_function_words(content_words, [o.occurrence for o in found], index.records))
            found = [o for o in found if o.occurrence in touching]
        content_words += [o.occurrence for o in found]
        for occurrence in found:
            by_record[index.owner(occurrence.string)[0]].append(occurrence)
    return by_record


def _positive_occurrences(group: EvaluatedGroup) -> list[RecordOccurrence]:
    return [occurrence for term in group.terms if not term.negated for occurrence in term.occurrences]


def _filter_score(groups: Sequence[EvaluatedGroup]) -> float:
    """Return the score of a record that only passes filters: the tier at which the filters' names matched."""
    whole_word = combined_score(MatchType.WORD, 0.0)
    terms = (term for group in groups for term in group.terms if term.phrase is None and not term.negated)
    best = [max(found.occurrence.score for found in term.occurrences) for term in terms if term.occurrences]
    return record_score([min(whole_word, float(int(score))) for score in best])


def _record_match(record: str, occurrences: Iterable[_GroupOccurrence], index: SearchIndex) -> RecordMatch:
    by_string: dict[int, list[_GroupOccurrence]] = {}
    for occurrence in occurrences:
        by_string.setdefault(occurrence.string, []).append(occurrence)
    best_scores: dict[int, float] = {}
    ranges: dict[str, tuple[Range, ...]] = {}
    for string, found in by_string.items():
        _, field = index.owner(string)
        share = _word_count([o.occurrence for o in found]) / len(index.records.by_string.positions_in(string))
        for each in found:
            score = field_score(each.occurrence.score, field, share)
            if score > best_scores.get(each.group, 0.0):
                best_scores[each.group] = score
        ranges[field] = merge_ranges([(o.occurrence.start, o.occurrence.end) for o in found])
    total = record_score(best_scores.values())
    return RecordMatch(record, match_type_of(total), total, ranges)


def _word_count(occurrences: Sequence[Occurrence]) -> int:
    """Return how many words the occurrences in one string cover."""
    if len(occurrences) == 1:
        return len(occurrences[0].positions)
    return len({position for occurrence in occurrences for position in occurrence.positions})
