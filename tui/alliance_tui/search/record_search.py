"""A query's matches among the records: which pass, what is lit in them, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.evaluation import EvaluatedGroup, EvaluatedTerm
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import MatchType, Range, RecordMatch
from alliance_tui.search.ranking import combined_score, field_score, match_type_of, record_score
from alliance_tui.search.term_matcher import Occurrence, merge_ranges
from alliance_tui.search.text_search import adjacent_function_words


def matching_entities(
    groups: Sequence[EvaluatedGroup], index: SearchIndex, watch: CancellationToken
) -> tuple[RecordMatch, ...]:
    """The entities that match, best first. With a field of agreements, those that take part in one that has it."""
    found = _matching_ids(groups, index.entities, lambda clause: clause.phrase is not None or clause.is_entity_filter)
    if any(_is_filter(clause, of_entities=False) for group in groups for clause in group.terms):
        passing = _matching_ids(groups, index.agreements, lambda clause: _is_filter(clause, of_entities=False))
        found = {record for record in found if passing & index.links.agreements_by_entity[record]}
    return _ranked_matches(found, index.entities, groups, index, watch)


def matching_agreements(
    groups: Sequence[EvaluatedGroup], index: SearchIndex, watch: CancellationToken
) -> tuple[RecordMatch, ...]:
    """The agreements that match, best first. With a field of entities, those in which one that has it takes part."""
    found = _matching_ids(
        groups, index.agreements, lambda clause: clause.phrase is not None or not clause.is_entity_filter
    )
    if any(_is_filter(clause, of_entities=True) for group in groups for clause in group.terms):
        passing = _matching_ids(groups, index.entities, lambda clause: _is_filter(clause, of_entities=True))
        found = {record for record in found if passing & index.links.entities_by_agreement[record]}
    return _ranked_matches(found, index.agreements, groups, index, watch)


def _is_filter(clause: EvaluatedTerm, *, of_entities: bool) -> bool:
    return clause.phrase is None and clause.is_entity_filter is of_entities


def _matching_ids(
    groups: Sequence[EvaluatedGroup], records: Mapping[str, object], counts: Callable[[EvaluatedTerm], bool]
) -> set[str]:
    """The records that pass each weighty group; a group with a clause that does not count is taken as passed."""
    everything = set(records)
    passing = set(everything)
    for group in groups:
        if group.is_optional or not all(map(counts, group.terms)):
            continue
        passed: set[str] = set()
        for clause in group.terms:
            passed |= everything - clause.record_ids if clause.negated else everything & clause.record_ids
        passing &= passed
    return passing


def _ranked_matches(
    found: Collection[str],
    order: Iterable[str],
    groups: Sequence[EvaluatedGroup],
    index: SearchIndex,
    watch: CancellationToken,
) -> tuple[RecordMatch, ...]:
    """The matches of the records `found`, best first; equal ones in the `order` of reading."""
    places: dict[str, list[_RecordOccurrence]] = {record: [] for record in order if record in found}
    weighty: list[Occurrence] = []
    for number, group in sorted(enumerate(groups), key=lambda numbered: numbered[1].is_optional):
        asked = [placed for clause in group.terms if not clause.negated for placed in clause.occurrences]
        lit = [
            _RecordOccurrence(number, string, place)
            for string, place in watch.iterate(asked)
            if index.owner(string)[0] in places
        ]
        if group.is_optional:
            touching = set(adjacent_function_words(weighty, [each.occurrence for each in lit], index.records))
            lit = [each for each in lit if each.occurrence in touching]
        weighty += [each.occurrence for each in lit]
        for each in lit:
            places[index.owner(each.string)[0]].append(each)
    by_field = _filter_score(groups)
    matches = [_record_match(record, there, index) for record, there in watch.iterate(places.items()) if there]
    rest = min([by_field, *(match.score for match in matches)])
    matches += [RecordMatch(record, match_type_of(rest), rest) for record, there in places.items() if not there]
    return tuple(sorted(matches, key=lambda match: -match.score))


def _filter_score(groups: Sequence[EvaluatedGroup]) -> float:
    """The score of a record that has no words of the query but only what a field asks for: as well as that was met."""
    named = [
        c.occurrences for group in groups for c in group.terms if c.phrase is None and c.occurrences and not c.negated
    ]
    return record_score(
        [min(combined_score(MatchType.WORD, 0.0), float(int(max(p.score for _, p in places)))) for places in named]
    )


class _RecordOccurrence(Struct, frozen=True, gc=False):
    """A place in a record: the number of the group that asks for it, and the number of its string."""

    group: int
    string: int
    occurrence: Occurrence


def _record_match(record: str, there: Sequence[_RecordOccurrence], index: SearchIndex) -> RecordMatch:
    """One record's match from its places."""
    by_string: dict[int, list[_RecordOccurrence]] = {}
    for lit in there:
        by_string.setdefault(lit.string, []).append(lit)
    best: dict[int, float] = {}
    ranges: dict[str, tuple[Range, ...]] = {}
    for string, lits in by_string.items():
        _, field = index.owner(string)
        share = _covered_word_count([lit.occurrence for lit in lits]) / len(index.records.positions_in_string(string))
        for lit in lits:
            points = field_score(lit.occurrence.score, field, share)
            if points > best.get(lit.group, 0.0):
                best[lit.group] = points
        ranges[field] = merge_ranges([(lit.occurrence.start, lit.occurrence.end) for lit in lits])
    total = record_score(best.values())
    return RecordMatch(record, match_type_of(total), total, ranges)


def _covered_word_count(places: Sequence[Occurrence]) -> int:
    """How many words the places in one string take up."""
    if len(places) == 1:
        return places[0].last_position + 1 - places[0].first_position
    return len({number for place in places for number in range(place.first_position, place.last_position + 1)})
