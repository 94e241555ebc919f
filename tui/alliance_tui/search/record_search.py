"""A query's matches among the records: which pass, what is lit in them, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from alliance_tui.search.cancellation import Watch
from alliance_tui.search.evaluation import Clause, Group
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import How, Range, RecordMatch
from alliance_tui.search.ranking import how_of, in_field, of_record, score
from alliance_tui.search.term_matcher import Place, merged
from alliance_tui.search.text_search import beside


def matching_entities(groups: Sequence[Group], index: SearchIndex, watch: Watch) -> tuple[RecordMatch, ...]:
    """The entities that match, best first. With a field of agreements, those that take part in one that has it."""
    found = _passing(groups, index.entities, lambda clause: clause.words is not None or clause.of_entities)
    if any(_field(clause, of_entities=False) for group in groups for clause in group.clauses):
        passing = _passing(groups, index.agreements, lambda clause: _field(clause, of_entities=False))
        found = {record for record in found if passing & index.participation.agreements[record]}
    return _ranked(found, index.entities, groups, index, watch)


def matching_agreements(groups: Sequence[Group], index: SearchIndex, watch: Watch) -> tuple[RecordMatch, ...]:
    """The agreements that match, best first. With a field of entities, those in which one that has it takes part."""
    found = _passing(groups, index.agreements, lambda clause: clause.words is not None or not clause.of_entities)
    if any(_field(clause, of_entities=True) for group in groups for clause in group.clauses):
        passing = _passing(groups, index.entities, lambda clause: _field(clause, of_entities=True))
        found = {record for record in found if passing & index.participation.entities[record]}
    return _ranked(found, index.agreements, groups, index, watch)


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
    found: Collection[str], order: Iterable[str], groups: Sequence[Group], index: SearchIndex, watch: Watch
) -> tuple[RecordMatch, ...]:
    """The matches of the records `found`, best first; equal ones in the `order` of reading."""
    places: dict[str, list[_Lit]] = {record: [] for record in order if record in found}
    weighty: list[Place] = []
    for number, group in sorted(enumerate(groups), key=lambda numbered: numbered[1].minor):
        asked = [placed for clause in group.clauses if not clause.negated for placed in clause.places]
        lit = [_Lit(number, string, place) for string, place in watch.over(asked) if index.owner(string)[0] in places]
        if group.minor:
            touching = set(beside(weighty, [each.place for each in lit], index.records))
            lit = [each for each in lit if each.place in touching]
        weighty += [each.place for each in lit]
        for each in lit:
            places[index.owner(each.string)[0]].append(each)
    by_field = _by_field(groups)
    matches = [_match(record, there, index) for record, there in watch.over(places.items()) if there]
    rest = min([by_field, *(match.score for match in matches)])
    matches += [RecordMatch(record, how_of(rest), rest) for record, there in places.items() if not there]
    return tuple(sorted(matches, key=lambda match: -match.score))


def _by_field(groups: Sequence[Group]) -> float:
    """The score of a record that has no words of the query but only what a field asks for: as well as that was met."""
    named = [c.places for group in groups for c in group.clauses if c.words is None and c.places and not c.negated]
    return of_record([min(score(How.WORD, 0.0), float(int(max(p.score for _, p in places)))) for places in named])


class _Lit(Struct, frozen=True, gc=False):
    """A place in a record: the number of the group that asks for it, and the number of its string."""

    group: int
    string: int
    place: Place


def _match(record: str, there: Sequence[_Lit], index: SearchIndex) -> RecordMatch:
    """One record's match from its places."""
    by_string: dict[int, list[_Lit]] = {}
    for lit in there:
        by_string.setdefault(lit.string, []).append(lit)
    best: dict[int, float] = {}
    ranges: dict[str, tuple[Range, ...]] = {}
    for string, lits in by_string.items():
        _, field = index.owner(string)
        share = _covered([lit.place for lit in lits]) / len(index.records.string_words(string))
        for lit in lits:
            points = in_field(lit.place.score, field, share)
            if points > best.get(lit.group, 0.0):
                best[lit.group] = points
        ranges[field] = merged([(lit.place.start, lit.place.end) for lit in lits])
    total = of_record(best.values())
    return RecordMatch(record, how_of(total), total, ranges)


def _covered(places: Sequence[Place]) -> int:
    """How many words the places in one string take up."""
    if len(places) == 1:
        return places[0].last + 1 - places[0].first
    return len({number for place in places for number in range(place.first, place.last + 1)})
