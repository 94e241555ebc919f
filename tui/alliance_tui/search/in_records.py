"""A query's matches among the records: which pass, what is lit in them, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from alliance_tui.search.clauses import Clause, Group
from alliance_tui.search.finding import Place, merged
from alliance_tui.search.in_text import beside
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import Range, RecordMatch
from alliance_tui.search.ranking import how_of, in_field, of_record


def matching_entities(groups: Sequence[Group], index: SearchIndex) -> tuple[RecordMatch, ...]:
    """The entities that match, best first. With a field of agreements, those that take part in one that has it."""
    found = _passing(groups, index.entities, lambda clause: clause.words is not None or clause.of_entities)
    if any(_field(clause, of_entities=False) for group in groups for clause in group.clauses):
        passing = _passing(groups, index.agreements, lambda clause: _field(clause, of_entities=False))
        found = {record for record in found if passing & index.participation.agreements[record]}
    return _ranked(found, index.entities, groups, index)


def matching_agreements(groups: Sequence[Group], index: SearchIndex) -> tuple[RecordMatch, ...]:
    """The agreements that match, best first. With a field of entities, those in which one that has it takes part."""
    found = _passing(groups, index.agreements, lambda clause: clause.words is not None or not clause.of_entities)
    if any(_field(clause, of_entities=True) for group in groups for clause in group.clauses):
        passing = _passing(groups, index.entities, lambda clause: _field(clause, of_entities=True))
        found = {record for record in found if passing & index.participation.entities[record]}
    return _ranked(found, index.agreements, groups, index)


def _field(clause: Clause, *, of_entities: bool) -> bool:
    return clause.words is None and clause.of_entities is of_entities


def _passing(groups: Sequence[Group], records: Mapping[str, object], counts: Callable[[Clause], bool]) -> set[str]:
    """The records that pass each weighty group; a group with a clause that does not count is taken as passed."""
    everything = set(records)
    passing = set(everything)
    for group in groups:
        if group.minor or not all(map(counts, group.clauses)):
            continue
        passed: set[str] = set()
        for clause in group.clauses:
            passed |= everything - clause.records if clause.negated else everything & clause.records
        passing &= passed
    return passing


def _ranked(
    found: Collection[str], order: Iterable[str], groups: Sequence[Group], index: SearchIndex
) -> tuple[RecordMatch, ...]:
    """The matches of the records `found`, best first; equal ones in the `order` of reading."""
    places: dict[str, list[tuple[int, Place]]] = {record: [] for record in order if record in found}
    for number, group in enumerate(groups):
        for clause in group.clauses:
            for place in () if clause.negated else clause.places:
                record, _ = index.owner(place.first)
                if record in places:
                    places[record].append((number, place))
    matches = [_match(record, there, groups, index) for record, there in places.items()]
    return tuple(sorted(matches, key=lambda match: -match.score))


def _match(record: str, there: Sequence[tuple[int, Place]], groups: Sequence[Group], index: SearchIndex) -> RecordMatch:
    """One record's match from its places, each with the number of its group."""
    weighty = [entry for entry in there if not groups[entry[0]].minor]
    lit_minor = set(beside([p for _, p in weighty], [p for n, p in there if groups[n].minor]))
    shown = [*weighty, *((n, p) for n, p in there if groups[n].minor and p in lit_minor)]
    covered: dict[str, set[int]] = {}
    ranges: dict[str, list[Range]] = {}
    for _, place in shown:
        _, field = index.owner(place.first)
        covered.setdefault(field, set()).update(range(place.first, place.last + 1))
        ranges.setdefault(field, []).append((place.start, place.end))
    best: dict[int, float] = {}
    for number, place in shown:
        _, field = index.owner(place.first)
        share = len(covered[field]) / len(index.records.string_words(index.records.string_of(place.first)))
        best[number] = max(best.get(number, 0.0), in_field(place.score, field, share))
    total = of_record(list(best.values()))
    return RecordMatch(record, how_of(total), total, {field: merged(there) for field, there in ranges.items()})
