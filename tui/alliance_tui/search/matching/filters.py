"""Filters of a query as predicates of records."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.records import Agreement, Domain, EntityType, Kind, Strength
from alliance_tui.search.query import ComparisonOperator, FilterField

AgreementPredicate = Callable[[Agreement], bool]
EntityTypePredicate = Callable[[EntityType | None], bool]

_COMPARE: dict[ComparisonOperator, Callable[[str | int, str | int], bool]] = {
    ComparisonOperator.EQUAL: operator.eq,
    ComparisonOperator.AT_LEAST: operator.ge,
    ComparisonOperator.AT_MOST: operator.le,
    ComparisonOperator.GREATER: operator.gt,
    ComparisonOperator.LESS: operator.lt,
}
PRESENCE_TESTS: dict[str, Callable[[Agreement], object]] = {
    "deadline": lambda agreement: agreement.deadline,
    "amount": lambda agreement: agreement.amounts,
    "instrument": lambda agreement: agreement.instrument,
    "attribution": lambda agreement: agreement.attribution,
    "party": lambda agreement: agreement.parties,
}
"""The values of the filter `has:`, each with a test that is truthy if the agreement has it."""

CLOSED_VALUES: dict[FilterField, tuple[str, ...]] = {
    FilterField.STRENGTH: tuple(Strength),
    FilterField.DOMAIN: tuple(Domain),
    FilterField.ENTITY_TYPE: tuple(EntityType),
    FilterField.KIND: tuple(Kind),
    FilterField.HAS: tuple(PRESENCE_TESTS),
}
"""The fields with a closed list of values."""

NAME_FIELDS = {
    FilterField.PARTY: "parties",
    FilterField.INSTRUMENT: "instrument",
    FilterField.ATTRIBUTION: "attribution",
}
"""The fields that take names, with the agreement's field of `search.indexing.record_fields`."""

ENTITY_FIELDS = frozenset({FilterField.ENTITY_TYPE})
"""The fields of entities; all others are fields of agreements."""

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_LONGEST_EXACT_VALUE = 3  # a longer value may be misspelt


def matching_values(field: FilterField, typed: str) -> tuple[str, ...]:
    """Return the values of a closed list that `typed` may mean.

    They are the value itself; or those with a word that begins so; or the nearest within two edits; or none.
    """
    typed = typed.lower()
    values = CLOSED_VALUES[field]
    if typed in values:
        return (typed,)
    by_prefix = tuple(v for v in values if v.startswith(typed) or any(word.startswith(typed) for word in v.split("-")))
    if by_prefix or len(typed) <= _LONGEST_EXACT_VALUE:
        return by_prefix
    nearest = process.extractOne(typed, values, scorer=OSA.distance, score_cutoff=2)
    return (nearest[0],) if nearest else ()


def agreement_predicate(field: FilterField, comparison: ComparisonOperator, typed: str) -> AgreementPredicate | None:
    """Return the predicate of a filter on agreements (not one on names); None for an invalid value."""
    if field is FilterField.DEADLINE:
        return _deadline_predicate(comparison, typed)
    values = matching_values(field, typed)
    if not values:
        return None
    if field is FilterField.STRENGTH and comparison is not ComparisonOperator.EQUAL:
        compare, rank = _COMPARE[comparison], Strength(values[0]).rank
        return lambda agreement: agreement.strength is not None and compare(agreement.strength.rank, rank)
    if field is FilterField.HAS:
        tests = [PRESENCE_TESTS[value] for value in values]
        return lambda agreement: any(test(agreement) for test in tests)
    return lambda agreement: getattr(agreement, field) in values


def entity_type_predicate(typed: str) -> EntityTypePredicate | None:
    """Return the predicate of a filter on the entity type; None for an invalid value."""
    types = matching_values(FilterField.ENTITY_TYPE, typed)
    return (lambda entity_type: entity_type in types) if types else None


def _deadline_predicate(comparison: ComparisonOperator, typed: str) -> AgreementPredicate | None:
    """Dates are compared to the precision typed: "by:2027" includes all of 2027."""
    if not _DATE.fullmatch(typed):
        return None
    compare = _COMPARE[ComparisonOperator.AT_MOST if comparison is ComparisonOperator.EQUAL else comparison]

    def _is_due(agreement: Agreement) -> bool:
        latest = agreement.deadline.latest if agreement.deadline else None
        return latest is not None and compare(latest[: len(typed)], typed)

    return _is_due
