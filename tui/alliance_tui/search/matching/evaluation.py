"""Evaluation of a plan's clauses: the records that satisfy each literal, and its occurrences in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from alliance_tui.records import Agreement
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matching.occurrences import Occurrence
from alliance_tui.search.matching.reading_matcher import ReadingMatcher
from alliance_tui.search.plan.conditions import NAME_FIELDS, EntityTypeCondition, LabelCondition, NameCondition
from alliance_tui.search.plan.query_plan import Clause, Literal, QueryPlan
from alliance_tui.search.plan.readings import Meaning


class RecordOccurrence(Struct, frozen=True, gc=False):
    """An occurrence in the records: the number of its string, and where in it."""

    string: int
    occurrence: Occurrence


class EvaluatedLiteral(Struct, frozen=True):
    """A literal with its highlighted occurrences in the records and the ids of all records that contain or satisfy it.

    `meaning` is None for a condition; `is_on_entities` says which kind of record a condition is on, `is_on_marks` that
    it is on the reader's tags or notes, which passages have too.
    """

    negated: bool
    meaning: Meaning | None
    occurrences: tuple[RecordOccurrence, ...]
    record_ids: frozenset[str]
    is_on_entities: bool = False
    is_on_marks: bool = False

    @property
    def is_on_agreements(self) -> bool:
        """Whether the literal is a condition on agreements."""
        return self.meaning is None and not self.is_on_entities


class EvaluatedClause(Struct, frozen=True):
    """A clause with its evaluated literals."""

    clause: Clause
    literals: tuple[EvaluatedLiteral, ...]

    @property
    def is_optional(self) -> bool:
        """Whether the clause need not match."""
        return self.clause.is_optional

    @property
    def has_conditions(self) -> bool:
        """Whether any literal is a condition."""
        return any(literal.meaning is None for literal in self.literals)


class Evaluation(Struct, frozen=True):
    """The evaluated clauses of a plan, without those of words that occur nowhere, which are `missing`."""

    clauses: tuple[EvaluatedClause, ...]
    missing: tuple[str, ...] = ()


def evaluate(plan: QueryPlan, index: SearchIndex, matcher: ReadingMatcher) -> Evaluation:
    """Return the evaluated clauses. Words that occur nowhere are left out only if other words are left."""
    missing = [clause for clause in plan.clauses if not _may_match(clause, matcher)]
    kept = [clause for clause in plan.clauses if clause not in missing]
    if not any(clause.meanings and not clause.is_optional for clause in kept) or not missing:
        kept = list(plan.clauses)
    evaluated = (
        EvaluatedClause(clause, tuple(_evaluate(literal, index, matcher) for literal in clause.literals))
        for clause in kept
    )
    return Evaluation(tuple(evaluated), tuple(meaning.typed for clause in missing for meaning in clause.meanings))


def _may_match(clause: Clause, matcher: ReadingMatcher) -> bool:
    """Whether any plain word of the clause occurs; operators and conditions are never left out."""
    meanings = clause.meanings
    is_plain = len(meanings) == len(clause.literals) and not any(meaning.is_literal for meaning in meanings)
    return not is_plain or clause.is_optional or any(map(matcher.has_any, meanings))


def _evaluate(literal: Literal, index: SearchIndex, matcher: ReadingMatcher) -> EvaluatedLiteral:
    operand, negated = literal.operand, literal.negated
    if isinstance(operand, Meaning):
        occurrences = () if negated else tuple(_occurrences_in_records(operand, index, matcher))
        strings = matcher.matching_units(operand, index.records, index.records.by_string.units_of)
        ids = {index.owner(string)[0] for string in strings} | matcher.record_ids(operand)
        return EvaluatedLiteral(negated, operand, occurrences, frozenset(ids))
    if isinstance(operand, NameCondition):
        return _evaluate_name(operand, negated, index, matcher)
    if isinstance(operand, EntityTypeCondition):
        entities = frozenset(name.id for name in index.names.values() if operand.passes(name.type))
        return EvaluatedLiteral(negated, None, (), entities, is_on_entities=True)
    if isinstance(operand, LabelCondition):
        return EvaluatedLiteral(
            negated, None, (), frozenset(_labelled(operand, index)), is_on_marks=operand.is_on_marks
        )
    passing = frozenset(agreement.id for agreement in index.agreements.values() if operand.passes(agreement))
    return EvaluatedLiteral(negated, None, (), passing)


def _labelled(condition: LabelCondition, index: SearchIndex) -> Iterator[str]:
    """Yield the ids of what has the labels: agreements and, for tags and notes, entities and passages."""
    labels = index.labels.records
    yield from (id_ for id_ in index.agreements if condition.passes(labels.get(id_, ())))
    if condition.is_on_marks:
        yield from (id_ for id_ in index.names if condition.passes(labels.get(id_, ())))
        yield from (id_ for id_, passage in index.passages.items() if condition.passes(passage.labels))


def _occurrences_in_records(meaning: Meaning, index: SearchIndex, matcher: ReadingMatcher) -> list[RecordOccurrence]:
    occurrences = matcher.occurrences(meaning, index.records)
    matcher.cancellation.raise_if_cancelled()
    strings = index.records.by_string.units_of(occurrence.first_position for occurrence in occurrences)
    return list(map(RecordOccurrence, strings, occurrences))


def _evaluate_name(
    condition: NameCondition, negated: bool, index: SearchIndex, matcher: ReadingMatcher
) -> EvaluatedLiteral:
    """Evaluate a condition on a name, which may be another surface form of the entity in the agreement's field.

    The occurrences are in that field and in the forms of the entities that an agreement has there.
    """
    in_field: dict[str, list[RecordOccurrence]] = defaultdict(list)
    in_entities: dict[str, list[RecordOccurrence]] = defaultdict(list)
    names = {index.names[id_].name for id_ in matcher.record_ids(condition.meaning) if id_ in index.names}
    for occurrence in _occurrences_in_records(condition.meaning, index, matcher):
        record, field = index.owner(occurrence.string)
        if field == NAME_FIELDS[condition.field]:
            in_field[record].append(occurrence)
            names.update(_names_at(index.agreements[record], condition.field, occurrence))
        elif record in index.names:
            in_entities[index.names[record].name].append(occurrence)
    names.update(in_entities)
    passing: set[str] = set()
    highlighted: list[RecordOccurrence] = []
    names_of_passing: set[str] = set()
    for agreement in index.agreements.values():
        linked = index.links.entities_by_agreement[agreement.id]
        mentioned = names & {index.entities[id_].name for id_ in linked}
        if condition.passes(agreement, names, mentioned):
            passing.add(agreement.id)
            highlighted += in_field.get(agreement.id, ())
            names_of_passing.update(_names(agreement, condition.field), mentioned)
    for name in sorted(names_of_passing):
        highlighted += in_entities.get(name, ())
    return EvaluatedLiteral(negated, None, tuple(highlighted), frozenset(passing))


def _names_at(agreement: Agreement, field: FilterField, occurrence: RecordOccurrence) -> Iterable[str]:
    """Return the names in an agreement's field in which an occurrence stands."""
    start = 0
    for name in _names(agreement, field):
        end = start + len(name)
        if start <= occurrence.occurrence.start < end:
            yield name
        start = end + len(", ")


def _names(agreement: Agreement, field: FilterField) -> tuple[str, ...]:
    match field:
        case FilterField.INSTRUMENT:
            name = agreement.instrument
        case FilterField.ATTRIBUTION:
            name = agreement.attribution
        case FilterField.RECIPIENT | FilterField.PAYS | FilterField.RECEIVES | FilterField.HOSTS:
            name = None
        case _:
            return agreement.parties
    return (name,) if name else ()
