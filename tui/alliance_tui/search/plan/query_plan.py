"""The plan of a query: clauses in conjunctive normal form, over what its words may mean and conditions on records."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from alliance_tui.search.plan.conditions import Condition
from alliance_tui.search.plan.readings import Meaning


class Literal(Struct, frozen=True):
    """A meaning or a condition, or (`negated`) its negation."""

    operand: Meaning | Condition
    negated: bool = False


class Clause(Struct, frozen=True):
    """Alternatives, one of which must match; none need if the clause is optional."""

    literals: tuple[Literal, ...]
    is_optional: bool = False

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """The meanings that are not negated."""
        return tuple(self._meanings(negated=False))

    @property
    def negated_meanings(self) -> tuple[Meaning, ...]:
        """The negated meanings."""
        return tuple(self._meanings(negated=True))

    def _meanings(self, *, negated: bool) -> Iterator[Meaning]:
        for literal in self.literals:
            if isinstance(literal.operand, Meaning) and literal.negated is negated:
                yield literal.operand


class QueryPlan(Struct, frozen=True):
    """All clauses must match. `problems` are messages on the parts of the query that were ignored."""

    clauses: tuple[Clause, ...] = ()
    problems: tuple[str, ...] = ()
