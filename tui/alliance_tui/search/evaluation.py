"""The terms of a query, looked up: what each finds before they are put together."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from alliance_tui.search.filters import CLOSED_VALUES, ENTITY_FIELDS, NAME_FIELDS, agreement_predicate, entity_predicate
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.query import (
    Filter,
    Phrase,
    Query,
    Term,
    has_only_function_words,
    may_form_compound,
    single_plain_phrase,
)
from alliance_tui.search.term_matcher import Occurrence, TermMatcher


class EvaluatedTerm(Struct, frozen=True):
    """A term with the places that are lit for it in the records, each with the number of its string, and the ids of all
    records that have it.

    `words` is None for a field; `of_entities` says then whose field it is.
    """

    negated: bool
    phrase: Phrase | None
    occurrences: tuple[tuple[int, Occurrence], ...]
    record_ids: frozenset[str]
    is_entity_filter: bool = False

    @property
    def is_function_words(self) -> bool:
        """Whether it is a function word, which need not be found beside weightier words."""
        return self.phrase is not None and not self.negated and has_only_function_words(self.phrase)


class EvaluatedGroup(Struct, frozen=True):
    """Clauses one of which must be met; or none need be, if they are `minor` beside weightier groups."""

    terms: tuple[EvaluatedTerm, ...]
    is_optional: bool

    @property
    def positive_phrases(self) -> tuple[EvaluatedTerm, ...]:
        """The clauses of words that are asked for."""
        return tuple(c for c in self.terms if c.phrase and not c.negated)

    @property
    def has_negated_phrase(self) -> bool:
        """Whether some clause asks for words not to be there."""
        return any(c.phrase and c.negated for c in self.terms)


def evaluate(query: Query, index: SearchIndex, finder: TermMatcher, problems: list[str]) -> tuple[EvaluatedGroup, ...]:
    """The groups of a query; what makes no sense is passed over and told in `problems`."""
    _allow_joint_readings(query, finder)
    distinct = dict.fromkeys(tuple(dict.fromkeys(group)) for group in query.groups)
    lists = [[c for term in group if (c := _evaluate_term(term, index, finder, problems))] for group in distinct]
    lists = [clauses for clauses in lists if clauses]
    only_minor = all(clause.is_function_words for clauses in lists for clause in clauses)
    return tuple(
        EvaluatedGroup(tuple(clauses), not only_minor and all(c.is_function_words for c in clauses))
        for clauses in lists
    )


def _allow_joint_readings(query: Query, finder: TermMatcher) -> None:
    """Lets plain words mean, also, one word or one misspelt name."""
    plain = [single_plain_phrase(group) for group in query.groups]
    for first, second in pairwise(plain):
        if first and second and may_form_compound(first) and may_form_compound(second):
            finder.allow_compound(first, second)
    if all(plain):
        finder.allow_fuzzy_name([words for words in plain if words])


def _evaluate_term(term: Term, index: SearchIndex, finder: TermMatcher, problems: list[str]) -> EvaluatedTerm | None:
    if isinstance(term.operand, Phrase):
        places = () if term.negated else tuple(_occurrences_in_records(term.operand, index, finder))
        strings = finder.matching_units(term.operand, index.records, index.records.strings_of)
        return EvaluatedTerm(
            term.negated, term.operand, places, frozenset(index.owner(string)[0] for string in strings)
        )
    if term.operand.field in NAME_FIELDS:
        return _evaluate_name_filter(term.operand, term.negated, index, finder)
    return _evaluate_value_filter(term.operand, term.negated, index, problems)


def _occurrences_in_records(words: Phrase, index: SearchIndex, finder: TermMatcher) -> list[tuple[int, Occurrence]]:
    """The places of words in the records, each with the number of its string."""
    places = finder.occurrences(words, index.records)
    finder.cancellation.raise_if_cancelled()
    return list(zip(index.records.strings_of(place.first_position for place in places), places, strict=True))


def _evaluate_name_filter(asked: Filter, negated: bool, index: SearchIndex, finder: TermMatcher) -> EvaluatedTerm:
    """A field that takes names: met by the agreements' own field, or by another form of the entity named there.

    Its places are in that field, and in the names of those entities.
    """
    places: list[tuple[int, Occurrence]] = []
    passing: set[str] = set()
    names: set[str] = set()
    of_names: list[tuple[str, int, Occurrence]] = []
    for string, place in _occurrences_in_records(asked.phrase, index, finder):
        record, field = index.owner(string)
        if field == NAME_FIELDS[asked.field]:
            places.append((string, place))
            passing.add(record)
        elif record in index.entities:
            names.add(index.entities[record].name)
            of_names.append((index.entities[record].name, string, place))
    held_names: set[str | None] = set()
    for agreement in index.agreements.values():
        held = {"party": agreement.parties, "instrument": (agreement.instrument,), "said": (agreement.attribution,)}
        if names.intersection(held[asked.field]):
            passing.add(agreement.id)
            held_names.update(held[asked.field])
    places += ((string, place) for name, string, place in of_names if name in held_names)
    return EvaluatedTerm(negated, None, tuple(places), frozenset(passing))


def _evaluate_value_filter(
    asked: Filter, negated: bool, index: SearchIndex, problems: list[str]
) -> EvaluatedTerm | None:
    """A field with a closed list of values, or a date."""
    passing: frozenset[str] | None = None
    of_entities = asked.field in ENTITY_FIELDS
    if of_entities:
        entity_passes = entity_predicate(asked.value)
        if entity_passes:
            passing = frozenset(e.id for e in index.entities.values() if entity_passes(e))
    else:
        passes = agreement_predicate(asked.field, asked.comparison, asked.value)
        if passes:
            passing = frozenset(a.id for a in index.agreements.values() if passes(a))
    if passing is None:
        values = (
            ", ".join(CLOSED_VALUES[asked.field]) if asked.field in CLOSED_VALUES else "a date such as 2027 or 2027-03"
        )
        problems.append(f"{asked.field}: takes {values}")
        return None
    return EvaluatedTerm(negated, None, (), passing, of_entities)
