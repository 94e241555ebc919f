"""Evaluation of a query's terms: the records that satisfy each, and its occurrences in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from alliance_tui.records import Agreement
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matching.filters import (
    CLOSED_VALUES,
    ENTITY_FIELDS,
    NAME_FIELDS,
    agreement_predicate,
    entity_type_predicate,
)
from alliance_tui.search.matching.occurrences import Occurrence
from alliance_tui.search.matching.term_matcher import TermMatcher
from alliance_tui.search.query import (
    Filter,
    FilterField,
    Phrase,
    Query,
    Term,
    has_only_function_words,
    may_form_compound,
    single_plain_phrase,
)


class RecordOccurrence(Struct, frozen=True, gc=False):
    """An occurrence in the records: the number of its string, and where in it."""

    string: int
    occurrence: Occurrence


class EvaluatedTerm(Struct, frozen=True):
    """A term with its highlighted occurrences in the records and the ids of all records that contain or satisfy it.

    `phrase` is None for a filter; `is_entity_filter` says which kind of record a filter is on.
    """

    negated: bool
    phrase: Phrase | None
    occurrences: tuple[RecordOccurrence, ...]
    record_ids: frozenset[str]
    is_entity_filter: bool = False

    @property
    def is_agreement_filter(self) -> bool:
        """Whether the term is a filter on agreements."""
        return self.phrase is None and not self.is_entity_filter

    @property
    def is_function_words(self) -> bool:
        """Whether the term is function words, which need not match beside content words."""
        return self.phrase is not None and not self.negated and has_only_function_words(self.phrase)


class EvaluatedGroup(Struct, frozen=True):
    """Alternative terms, of which one must match; none need if the group is optional."""

    terms: tuple[EvaluatedTerm, ...]
    is_optional: bool

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases that are not negated."""
        return tuple(term.phrase for term in self.terms if term.phrase and not term.negated)

    @property
    def negated_phrases(self) -> tuple[Phrase, ...]:
        """The negated phrases."""
        return tuple(term.phrase for term in self.terms if term.phrase and term.negated)


def evaluate(query: Query, index: SearchIndex, matcher: TermMatcher, problems: list[str]) -> tuple[EvaluatedGroup, ...]:
    """Return the evaluated groups of a query. Filters with an invalid value are dropped and reported in `problems`."""
    _allow_joint_readings(query, matcher)
    distinct = dict.fromkeys(tuple(dict.fromkeys(group)) for group in query.groups)
    groups = [tuple(_evaluate_terms(group, index, matcher, problems)) for group in distinct]
    groups = [terms for terms in groups if terms]
    only_function_words = all(term.is_function_words for terms in groups for term in terms)
    return tuple(
        EvaluatedGroup(terms, not only_function_words and all(term.is_function_words for term in terms))
        for terms in groups
    )


def _allow_joint_readings(query: Query, matcher: TermMatcher) -> None:
    """Let plain words also match together, as a compound or as a misspelt name."""
    phrases = [single_plain_phrase(group) for group in query.groups]
    for first, second in pairwise(phrases):
        if first and second and may_form_compound(first) and may_form_compound(second):
            matcher.allow_compound(first, second)
    if all(phrases):
        matcher.allow_fuzzy_name([phrase for phrase in phrases if phrase])


def _evaluate_terms(
    terms: Sequence[Term], index: SearchIndex, matcher: TermMatcher, problems: list[str]
) -> Iterator[EvaluatedTerm]:
    for term in terms:
        if isinstance(term.operand, Phrase):
            yield _evaluate_phrase(term.operand, term.negated, index, matcher)
        elif term.operand.field in NAME_FIELDS:
            yield _evaluate_name_filter(term.operand, term.negated, index, matcher)
        else:
            passing = _passing_records(term.operand, index)
            if passing is None:
                problems.append(_invalid_value(term.operand.field))
            else:
                yield EvaluatedTerm(term.negated, None, (), passing, term.operand.field in ENTITY_FIELDS)


def _evaluate_phrase(phrase: Phrase, negated: bool, index: SearchIndex, matcher: TermMatcher) -> EvaluatedTerm:
    occurrences = () if negated else tuple(_occurrences_in_records(phrase, index, matcher))
    strings = matcher.matching_units(phrase, index.records, index.records.by_string.units_of)
    return EvaluatedTerm(negated, phrase, occurrences, frozenset(index.owner(string)[0] for string in strings))


def _occurrences_in_records(phrase: Phrase, index: SearchIndex, matcher: TermMatcher) -> list[RecordOccurrence]:
    occurrences = matcher.occurrences(phrase, index.records)
    matcher.cancellation.raise_if_cancelled()
    strings = index.records.by_string.units_of(occurrence.first_position for occurrence in occurrences)
    return list(map(RecordOccurrence, strings, occurrences))


def _evaluate_name_filter(condition: Filter, negated: bool, index: SearchIndex, matcher: TermMatcher) -> EvaluatedTerm:
    """Evaluate a filter that takes a name, which may be another surface form of the entity in the agreement's field.

    The occurrences are in that field and in the forms of the entities that an agreement has there.
    """
    in_field: list[RecordOccurrence] = []
    in_entities: list[tuple[str, RecordOccurrence]] = []
    passing: set[str] = set()
    for occurrence in _occurrences_in_records(condition.phrase, index, matcher):
        record, field = index.owner(occurrence.string)
        if field == NAME_FIELDS[condition.field]:
            in_field.append(occurrence)
            passing.add(record)
        elif record in index.names:
            in_entities.append((index.names[record].name, occurrence))
    matching_names = {name for name, _ in in_entities}
    names_of_passing: set[str] = set()
    for agreement in index.agreements.values():
        names = _names(agreement, condition.field)
        if not matching_names.isdisjoint(names):
            passing.add(agreement.id)
            names_of_passing.update(names)
    in_field += (occurrence for name, occurrence in in_entities if name in names_of_passing)
    return EvaluatedTerm(negated, None, tuple(in_field), frozenset(passing))


def _names(agreement: Agreement, field: FilterField) -> tuple[str, ...]:
    if field is FilterField.PARTY:
        return agreement.parties
    name = agreement.instrument if field is FilterField.INSTRUMENT else agreement.attribution
    return (name,) if name else ()


def _passing_records(condition: Filter, index: SearchIndex) -> frozenset[str] | None:
    """Return the ids of the records with the filter's value; None for an invalid value."""
    if condition.field in ENTITY_FIELDS:
        is_of_type = entity_type_predicate(condition.value)
        if is_of_type is None:
            return None
        return frozenset(name.id for name in index.names.values() if is_of_type(name.type))
    passes = agreement_predicate(condition.field, condition.comparison, condition.value)
    if passes is None:
        return None
    return frozenset(agreement.id for agreement in index.agreements.values() if passes(agreement))


def _invalid_value(field: FilterField) -> str:
    values = ", ".join(CLOSED_VALUES[field]) if field in CLOSED_VALUES else "a date such as 2027 or 2027-03"
    return f"{field}: takes {values}"
