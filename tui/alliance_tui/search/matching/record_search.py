"""The records that match a query, ranked, with the ranges to highlight in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import MatchType, Range, RecordMatch
from alliance_tui.search.matching.evaluation import EvaluatedClause, EvaluatedLiteral, RecordOccurrence
from alliance_tui.search.matching.occurrences import Occurrence, merge_ranges
from alliance_tui.search.matching.ranking import combined_score, field_score, match_type_of, record_score
from alliance_tui.search.matching.text_search import adjacent_function_words


def matching_entities(
    clauses: Sequence[EvaluatedClause], index: SearchIndex, cancellation: CancellationToken
) -> tuple[RecordMatch, ...]:
    """Return the matching entities, best first.

    With conditions on agreements, an entity must take part in an agreement that passes them, or have the tags and notes
    that they ask for itself.
    """
    conditions = [clause for clause in clauses if all(literal.is_on_agreements for literal in clause.literals)]
    others = [clause for clause in clauses if clause not in conditions]
    linked = index.links.agreements_by_entity if index.agreements else {}
    matching = _matching_ids(others, index.names, lambda literal: literal.is_on_agreements, linked)
    if conditions:
        agreements = _matching_ids(conditions, index.agreements)
        marked = _marked_ids(conditions, index.names)
        matching = {entity for entity in matching if entity in marked or agreements & linked.get(entity, set())}
    return _ranked_matches(matching, index.names, clauses, index, cancellation)


def matching_agreements(
    clauses: Sequence[EvaluatedClause], index: SearchIndex, cancellation: CancellationToken
) -> tuple[RecordMatch, ...]:
    """Return the matching agreements, best first.

    With conditions on entities, an entity that passes them must take part in the agreement.
    """
    conditions = [clause for clause in clauses if all(literal.is_on_entities for literal in clause.literals)]
    others = [clause for clause in clauses if clause not in conditions]
    linked = index.links.entities_by_agreement if index.agreements else {}
    matching = _matching_ids(others, index.agreements, lambda literal: literal.is_on_entities, linked)
    if conditions:
        entities = _matching_ids(conditions, index.names)
        matching = {agreement for agreement in matching if entities & linked[agreement]}
    return _ranked_matches(matching, index.agreements, clauses, index, cancellation)


def marked_entities(clauses: Sequence[EvaluatedClause], index: SearchIndex) -> set[str]:
    """Return the ids of the entities that have the tags and notes that are asked for themselves."""
    return _marked_ids(clauses, index.names)


def matching_passages(
    clauses: Sequence[EvaluatedClause], index: SearchIndex, cancellation: CancellationToken
) -> tuple[RecordMatch, ...]:
    """Return the passages that have the tags and notes, and the words, that are asked for; none where none is."""
    return _ranked_matches(_marked_ids(clauses, index.passages), index.passages, clauses, index, cancellation)


def _marked_ids(clauses: Sequence[EvaluatedClause], candidates: Iterable[str]) -> set[str]:
    """Return the candidates that match all required clauses; none where no tag or note is asked for."""
    literals = (literal for clause in clauses for literal in clause.literals)
    if not any(literal.is_on_marks and not literal.negated for literal in literals):
        return set()
    return _matching_ids(clauses, candidates)


def _matching_ids(
    clauses: Iterable[EvaluatedClause],
    records: Iterable[str],
    is_on_others: Callable[[EvaluatedLiteral], bool] = lambda _: False,
    linked: Mapping[str, Collection[str]] = {},
) -> set[str]:
    """Return the records that match all required clauses.

    A literal that is a condition on the other kind of record is met where a passing one is `linked` to the record.
    """
    matching = set(records)
    for clause in clauses:
        if clause.is_optional:
            continue
        in_clause: set[str] = set()
        for literal in clause.literals:
            passing = literal.record_ids
            if is_on_others(literal):
                passing = frozenset(each for each in matching if not passing.isdisjoint(linked.get(each, ())))
            in_clause |= matching - passing if literal.negated else matching & passing
        matching = in_clause
    return matching


class _ClauseOccurrence(NamedTuple):
    """An occurrence in a record, with the number of the clause that it matches."""

    clause: int
    string: int
    occurrence: Occurrence


def _ranked_matches(
    matching: Collection[str],
    reading_order: Iterable[str],
    clauses: Sequence[EvaluatedClause],
    index: SearchIndex,
    cancellation: CancellationToken,
) -> tuple[RecordMatch, ...]:
    """Return the matches of the records, best first and equal ones in reading order.

    Records without an occurrence, which only pass filters, come last.
    """
    ordered = [id_ for id_ in reading_order if id_ in matching]
    occurrences = _occurrences_by_record(ordered, clauses, index, cancellation)
    matches = [
        _record_match(record, found, index) for record, found in cancellation.iterate(occurrences.items()) if found
    ]
    score = min([_filter_score(clauses), *(match.score for match in matches)])
    without = (record for record, found in cancellation.iterate(occurrences.items()) if not found)
    matches += [RecordMatch(record, match_type_of(score), score) for record in without]
    return tuple(sorted(matches, key=lambda match: -match.score))


def _occurrences_by_record(
    records: Iterable[str], clauses: Sequence[EvaluatedClause], index: SearchIndex, cancellation: CancellationToken
) -> dict[str, list[_ClauseOccurrence]]:
    """Return each record's occurrences, content words first; function words only where they touch others."""
    by_record: dict[str, list[_ClauseOccurrence]] = {record: [] for record in records}
    content_words: list[Occurrence] = []
    for number, clause in sorted(enumerate(clauses), key=lambda numbered: numbered[1].is_optional):
        found = [
            _ClauseOccurrence(number, each.string, each.occurrence)
            for each in cancellation.iterate(_positive_occurrences(clause))
            if index.owner(each.string)[0] in by_record
        ]
        if clause.is_optional:
            touching = set(adjacent_function_words(content_words, [o.occurrence for o in found], index.records))
            found = [o for o in found if o.occurrence in touching]
        content_words += [o.occurrence for o in found]
        for occurrence in found:
            by_record[index.owner(occurrence.string)[0]].append(occurrence)
    return by_record


def _positive_occurrences(clause: EvaluatedClause) -> list[RecordOccurrence]:
    return [occurrence for literal in clause.literals if not literal.negated for occurrence in literal.occurrences]


def _filter_score(clauses: Sequence[EvaluatedClause]) -> float:
    """Return the score of a record that only passes filters: the tier at which the filters' names matched."""
    whole_word = combined_score(MatchType.WORD, 0.0)
    conditions = (each for clause in clauses for each in clause.literals if each.meaning is None and not each.negated)
    best = [max(found.occurrence.score for found in each.occurrences) for each in conditions if each.occurrences]
    return record_score([min(whole_word, float(int(score))) for score in best])


def _record_match(record: str, occurrences: Iterable[_ClauseOccurrence], index: SearchIndex) -> RecordMatch:
    by_string: dict[int, list[_ClauseOccurrence]] = {}
    for occurrence in occurrences:
        by_string.setdefault(occurrence.string, []).append(occurrence)
    best_scores: dict[int, float] = {}
    ranges: dict[str, tuple[Range, ...]] = {}
    for string, found in by_string.items():
        _, field = index.owner(string)
        share = _word_count([o.occurrence for o in found]) / len(index.records.by_string.positions_in(string))
        for each in found:
            score = field_score(each.occurrence.score, field, share)
            if score > best_scores.get(each.clause, 0.0):
                best_scores[each.clause] = score
        ranges[field] = merge_ranges([(o.occurrence.start, o.occurrence.end) for o in found])
    total = record_score(best_scores.values())
    return RecordMatch(record, match_type_of(total), total, ranges)


def _word_count(occurrences: Sequence[Occurrence]) -> int:
    """Return how many words the occurrences in one string cover."""
    if len(occurrences) == 1:
        return len(occurrences[0].positions)
    return len({position for occurrence in occurrences for position in occurrence.positions})
