"""Fields of the query: which records have what a field asks for."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.records import Agreement, Domain, Entity, EntityType, Kind, Strength

_OPERATORS: dict[str, Callable[[str | int, str | int], bool]] = {
    ":": operator.eq,
    "=": operator.eq,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
PRESENCE_TESTS: dict[str, Callable[[Agreement], object]] = {
    "deadline": lambda agreement: agreement.deadline,
    "amount": lambda agreement: agreement.amounts,
    "instrument": lambda agreement: agreement.instrument,
    "attribution": lambda agreement: agreement.attribution,
    "party": lambda agreement: agreement.parties,
}
"""What `has:` can ask for."""

CLOSED_VALUES: dict[str, tuple[str, ...]] = {
    "strength": tuple(Strength),
    "domain": tuple(Domain),
    "type": tuple(EntityType),
    "kind": tuple(Kind),
    "has": tuple(PRESENCE_TESTS),
}
"""The fields whose values are a closed list."""

NAME_FIELDS = {"party": "parties", "instrument": "instrument", "said": "attribution"}
"""The fields that take names, and where an agreement holds them (see search.fields)."""

ENTITY_FIELDS = frozenset({"type"})
"""The fields that entities have; all others are agreements'."""

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


def matching_values(field: str, value: str) -> tuple[str, ...]:
    """The values of a closed list that are meant: those with a word that so begins, else the nearest, else none."""
    value = value.lower()
    known = CLOSED_VALUES[field]
    if value in known:
        return (value,)
    begun = tuple(k for k in known if k.startswith(value) or any(part.startswith(value) for part in k.split("-")))
    if begun or len(value) <= 3:
        return begun
    near = process.extractOne(value, known, scorer=OSA.distance, score_cutoff=2)
    return (near[0],) if near else ()


def agreement_predicate(field: str, comparison: str, value: str) -> Callable[[Agreement], bool] | None:
    """Whether an agreement has this value of a field that is no name; None where the value makes no sense."""
    if field == "by":
        return _deadline_predicate(comparison, value)
    chosen = matching_values(field, value)
    if not chosen:
        return None
    if field == "strength" and comparison not in (":", "="):
        compare, rung = _OPERATORS[comparison], Strength(chosen[0]).rank
        return lambda agreement: agreement.strength is not None and compare(agreement.strength.rank, rung)
    if field == "has":
        tests = [PRESENCE_TESTS[one] for one in chosen]
        return lambda agreement: any(test(agreement) for test in tests)
    return lambda agreement: getattr(agreement, field) in chosen


def entity_predicate(value: str) -> Callable[[Entity], bool] | None:
    """Whether an entity is of this type; None where there is no such type."""
    chosen = matching_values("type", value)
    return (lambda entity: entity.type in chosen) if chosen else None


def _deadline_predicate(comparison: str, value: str) -> Callable[[Agreement], bool] | None:
    """Dates compare by as much as was typed: "by:2027" takes in all of 2027."""
    found = _DATE.fullmatch(value)
    if not found:
        return None
    compare = _OPERATORS["<=" if comparison in (":", "=") else comparison]

    def _passes(agreement: Agreement) -> bool:
        latest = agreement.deadline.latest if agreement.deadline else None
        return latest is not None and compare(latest[: len(value)], value)

    return _passes
