"""Filters of a query as SQL conditions on the rows of records; `search.matching.filters` has the same as predicates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from alliance_tui.library.index.reader import IndexReader, SqlCondition
from alliance_tui.records import EntityType, Strength
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.record_fields import IndexedName
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import MatchType
from alliance_tui.search.matching.filters import CLOSED_VALUES, ENTITY_FIELDS, NAME_FIELDS, matching_values
from alliance_tui.search.query import ComparisonOperator, Filter, FilterField, Phrase, Term

_VALUES = "SELECT value FROM json_each(?)"
_BY_FORM = f"SELECT document, name FROM forms WHERE form IN ({_VALUES})"
_NAME_CONDITIONS = {
    FilterField.PARTY: f"""(agreement.document, agreement.position) IN (
        SELECT document, position FROM parties WHERE name IN ({_VALUES})
        UNION SELECT parties.document, position FROM forms JOIN parties USING (name, document)
            WHERE form IN ({_VALUES}))""",
    FilterField.INSTRUMENT: f"""agreement.instrument IN ({_VALUES})
        OR (agreement.document, agreement.instrument) IN ({_BY_FORM})""",
    FilterField.ATTRIBUTION: f"""agreement.attribution IN ({_VALUES})
        OR (agreement.document, agreement.attribution) IN ({_BY_FORM})""",
}
"""The conditions of the filters that take names; each has two placeholders for the same list of name numbers."""

HAS_CONDITIONS = {
    "deadline": "agreement.deadline IS NOT NULL",
    "amount": "agreement.amounts > 0",
    "instrument": "agreement.instrument IS NOT NULL",
    "attribution": "agreement.attribution IS NOT NULL",
    "party": "agreement.parties <> ''",
}
"""The conditions of the values of `has:`."""

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class SqlFilters:
    """Translates the filters of one query; `problems` collects messages on invalid values.

    `is_approximate` becomes True once a name was taken for a misspelling or an acronym, or once records of both kinds
    are filtered: a document that satisfies the conditions may then have no single record that passes.
    """

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        self.is_approximate = False
        self.problems: list[str] = []

    def agreement_conditions(self, groups: Iterable[Sequence[Term]], *, exact: bool = False) -> list[SqlCondition]:
        """Return a condition on agreements for each group with a valid filter.

        With `exact`, no name is taken for a misspelling or an acronym.
        """
        valid = [[c for term in group if (c := self._term_condition(term, exact))] for group in groups]
        return [_any_of(conditions) for conditions in valid if conditions]

    def entity_types(self, groups: Iterable[Sequence[Term]]) -> list[set[str]]:
        """Return the permitted types of entities for each group with a valid filter."""
        valid = [[types for term in group if (types := self._permitted_types(term))] for group in groups]
        return [set[str]().union(*types) for types in valid if types]

    def _permitted_types(self, term: Term) -> set[str]:
        assert isinstance(term.operand, Filter)
        types: set[str] = {*self._matching_values(term.operand)}
        return {*EntityType} - types if term.negated and types else types

    def _term_condition(self, term: Term, exact: bool) -> SqlCondition | None:
        assert isinstance(term.operand, Filter)
        if term.operand.field in ENTITY_FIELDS:
            condition: SqlCondition | None = self._entity_condition(term.operand)
        else:
            condition = self._condition(term.operand, exact)
        if condition and term.negated:
            return f"NOT coalesce({condition[0]}, 0)", condition[1]
        return condition

    def _entity_condition(self, filter_: Filter) -> SqlCondition:
        """Return the condition that the document has such an entity; in which agreements it takes part is not known."""
        self.is_approximate = True
        documents = f"SELECT document FROM entities WHERE type IN ({_VALUES})"
        return f"agreement.document IN ({documents})", [json.dumps(self._matching_values(filter_))]

    def _condition(self, filter_: Filter, exact: bool) -> SqlCondition | None:
        field = filter_.field
        if field in NAME_FIELDS:
            exact_numbers, approximate_numbers = self._names.matching_numbers(filter_.phrase)
            self.is_approximate |= bool(approximate_numbers)
            numbers = exact_numbers if exact else exact_numbers + approximate_numbers
            return _NAME_CONDITIONS[field], [json.dumps(numbers)] * 2
        if field is FilterField.DEADLINE:
            return self._deadline_condition(filter_)
        values = self._matching_values(filter_)
        if not values:
            return None
        if field is FilterField.HAS:
            return " OR ".join(HAS_CONDITIONS[value] for value in values), []
        if field is FilterField.STRENGTH:
            return _strength_condition(filter_, values)
        return f"agreement.{field} IN ({_VALUES})", [json.dumps(values)]

    def _matching_values(self, filter_: Filter) -> tuple[str, ...]:
        values = matching_values(filter_.field, filter_.value)
        if not values:
            self.problems.append(f"{filter_.field}: takes {', '.join(CLOSED_VALUES[filter_.field])}")
        return values

    def _deadline_condition(self, filter_: Filter) -> SqlCondition | None:
        if not _DATE.fullmatch(filter_.value):
            self.problems.append("by: takes a date such as 2027 or 2027-03")
            return None
        is_equal = filter_.comparison is ComparisonOperator.EQUAL
        comparison = ComparisonOperator.AT_MOST if is_equal else filter_.comparison
        return f"substr(agreement.latest, 1, {len(filter_.value)}) {comparison} ?", [filter_.value]


def _strength_condition(filter_: Filter, values: Sequence[str]) -> SqlCondition:
    ranks = [Strength(value).rank for value in values]
    if filter_.comparison is not ComparisonOperator.EQUAL:
        return f"agreement.strength {filter_.comparison} ?", ranks[:1]
    return f"agreement.strength IN ({_VALUES})", [json.dumps(ranks)]


def _any_of(conditions: Sequence[SqlCondition]) -> SqlCondition:
    values = [value for _, placeholders in conditions for value in placeholders]
    return " OR ".join(f"({sql})" for sql, _ in conditions), values


def is_entity_group(group: Sequence[Term]) -> bool:
    """Whether all terms of the group are filters on entities."""
    return all(isinstance(term.operand, Filter) and term.operand.field in ENTITY_FIELDS for term in group)


class NameIndex:
    """The names in the library's agreements, searched by any surface form, with typos, as entities are."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    @cached_property
    def index(self) -> SearchIndex:
        """The search index of the names, by their numbers."""
        return SearchIndex.of_names(IndexedName(str(number), name) for number, name in self._reader.names())

    def matching_numbers(self, phrase: Phrase) -> tuple[list[int], list[int]]:
        """Return the numbers of the names that a filter's value matches: exactly, and as a typo or an acronym."""
        query = "-".join(word.typed for word in phrase.words)
        matches = search(self.index, query if phrase.incomplete else f"{query} ").entities
        exact = [int(match.record_id) for match in matches if match.match_type.rank <= MatchType.PREFIX.rank]
        return exact, [int(match.record_id) for match in matches if match.match_type.rank > MatchType.PREFIX.rank]
