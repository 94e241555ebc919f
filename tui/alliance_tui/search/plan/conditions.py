"""Conditions on records: each as a predicate of one agreement and as SQL on the library's rows of agreements.

In SQL, `agreement` is the alias of the row; a name's numbers are those of the rows in `names` that it matches.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from alliance_tui.records import Agreement, Domain, EntityType, Kind, Strength
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.plan.readings import Meaning
from alliance_tui.search.query import ComparisonOperator, Filter, parse_query
from alliance_tui.search.values.parser import values_of
from alliance_tui.search.values.value import Quantity, means_unit, units_meant_by

SqlCondition = tuple[str, Sequence[object]]
"""SQL on a row of `agreements` with the alias `agreement`, and the values of its placeholders."""

_Comparable = str | int | float
_Bound = TypeVar("_Bound", str, Quantity)
_COMPARE: dict[ComparisonOperator, Callable[[_Comparable, _Comparable], bool]] = {
    ComparisonOperator.EQUAL: operator.eq,
    ComparisonOperator.AT_LEAST: operator.ge,
    ComparisonOperator.AT_MOST: operator.le,
    ComparisonOperator.GREATER: operator.gt,
    ComparisonOperator.LESS: operator.lt,
}
_VALUES = "SELECT value FROM json_each(?)"


class _YesOrNo(Struct, frozen=True):
    """A property that an agreement has or lacks."""

    test: Callable[[Agreement], object]
    sql: str


_PRESENCE: dict[str, _YesOrNo] = {
    "deadline": _YesOrNo(lambda agreement: agreement.deadline, "agreement.deadline IS NOT NULL"),
    "amount": _YesOrNo(lambda agreement: agreement.amounts, "agreement.amounts > 0"),
    "instrument": _YesOrNo(lambda agreement: agreement.instrument, "agreement.instrument IS NOT NULL"),
    "attribution": _YesOrNo(lambda agreement: agreement.attribution, "agreement.attribution IS NOT NULL"),
    "party": _YesOrNo(lambda agreement: agreement.parties, "agreement.parties <> ''"),
}
_COMPLETED = f"coalesce(agreement.strength, 0) = {Strength.COMPLETED.rank}"
_STATUSES: dict[str, _YesOrNo] = {
    "completed": _YesOrNo(lambda agreement: agreement.strength is Strength.COMPLETED, _COMPLETED),
    "open": _YesOrNo(lambda agreement: agreement.strength is not Strength.COMPLETED, f"NOT {_COMPLETED}"),
    "joint": _YesOrNo(lambda agreement: len(agreement.parties) > 1, "agreement.party_count > 1"),
    "reaffirmed": _YesOrNo(lambda agreement: agreement.reaffirms, "agreement.reaffirms"),
    "restated": _YesOrNo(lambda agreement: agreement.same_as, "agreement.restates"),
}
POSSIBLE = "possible"
"""The label of the records that the extraction nearly listed."""
REJECTED = "rejected"
REVIEW_STATUSES = ("accepted", REJECTED, "doubted", "new", "corrected", POSSIBLE)
"""The values of `is:` on what the reader did, see LabelCondition."""
_JUDGEMENTS = frozenset(REVIEW_STATUSES[:3])
_PROPERTIES = {FilterField.HAS: _PRESENCE, FilterField.STATUS: _STATUSES}
PRESENCE_TESTS: Mapping[str, Callable[[Agreement], object]] = {name: has.test for name, has in _PRESENCE.items()}
"""The values of the filter `has:`, each with a test that is truthy if the agreement has it."""
PRESENCE_SQL: Mapping[str, str] = {name: has.sql for name, has in _PRESENCE.items()}

CLOSED_VALUES: dict[FilterField, tuple[str, ...]] = {
    FilterField.STRENGTH: tuple(Strength),
    FilterField.STATUS: (*_STATUSES, *REVIEW_STATUSES),
    FilterField.DOMAIN: tuple(Domain),
    FilterField.ENTITY_TYPE: tuple(EntityType),
    FilterField.KIND: tuple(Kind),
    FilterField.HAS: tuple(_PRESENCE),
}
"""The fields with a closed list of values."""

NAME_FIELDS: Mapping[FilterField, str] = {
    FilterField.PARTY: "parties",
    FilterField.ONLY: "parties",
    FilterField.WITH: "parties",
    FilterField.RECIPIENT: "quote",
    FilterField.DOES: "parties",
    FilterField.PAYS: "quote",
    FilterField.RECEIVES: "quote",
    FilterField.HOSTS: "quote",
    FilterField.INSTRUMENT: "instrument",
    FilterField.ATTRIBUTION: "attribution",
}
"""The fields that take names, with the agreement's field of `search.indexing.record_fields`."""

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LONGEST_EXACT_VALUE = 3  # a longer value may be misspelt


class PropertyCondition(Struct, frozen=True):
    """The agreement has any of some properties (`has:`, `is:`)."""

    field: FilterField
    names: tuple[str, ...]

    def passes(self, agreement: Agreement) -> bool:
        """Whether the agreement meets the condition."""
        return any(_PROPERTIES[self.field][name].test(agreement) for name in self.names)

    def sql(self) -> SqlCondition:
        """The condition on a row."""
        return " OR ".join(_PROPERTIES[self.field][name].sql for name in self.names), []


class ValueCondition(Struct, frozen=True):
    """The agreement's domain or kind is one of some values."""

    field: FilterField
    values: tuple[str, ...]

    def passes(self, agreement: Agreement) -> bool:
        """Whether the agreement meets the condition."""
        return getattr(agreement, self.field) in self.values

    def sql(self) -> SqlCondition:
        """The condition on a row."""
        return f"agreement.{self.field} IN ({_VALUES})", [json.dumps(self.values)]


class StrengthCondition(Struct, frozen=True):
    """The agreement's strength compares so with any of some strengths."""

    comparison: ComparisonOperator
    ranks: tuple[int, ...]

    def passes(self, agreement: Agreement) -> bool:
        """Whether the agreement meets the condition."""
        compare, strength = _COMPARE[self.comparison], agreement.strength
        return strength is not None and any(compare(strength.rank, rank) for rank in self.ranks)

    def sql(self) -> SqlCondition:
        """The condition on a row."""
        symbol = "=" if self.comparison is ComparisonOperator.EQUAL else self.comparison
        return " OR ".join(f"agreement.strength {symbol} ?" for _ in self.ranks), self.ranks


class DeadlineCondition(Struct, frozen=True):
    """The last day of the agreement's deadline, cut to the precision of each bound, compares so with all of them.

    `is_open`: what has been completed is not meant.
    """

    bounds: tuple[tuple[ComparisonOperator, str], ...]
    is_open: bool

    def passes(self, agreement: Agreement) -> bool:
        """Whether the agreement meets the condition."""
        latest = agreement.deadline.latest if agreement.deadline else None
        if latest is None or (self.is_open and agreement.strength is Strength.COMPLETED):
            return False
        return all(_COMPARE[comparison](latest[: len(date)], date) for comparison, date in self.bounds)

    def sql(self) -> SqlCondition:
        """The condition on a row."""
        parts = [f"substr(agreement.latest, 1, {len(date)}) {_sql(symbol)} ?" for symbol, date in self.bounds]
        parts += [f"NOT {_COMPLETED}"] * self.is_open
        return " AND ".join(parts), [date for _, date in self.bounds]


class AmountCondition(Struct, frozen=True):
    """Any amount of the agreement compares so with all bounds, and is in a unit that these mean."""

    bounds: tuple[tuple[ComparisonOperator, Quantity], ...]

    def passes(self, agreement: Agreement) -> bool:
        """Whether the agreement meets the condition."""
        return any(
            all(
                _COMPARE[comparison](amount.value, bound.number) and means_unit(bound.unit, amount.unit)
                for comparison, bound in self.bounds
            )
            for amount in agreement.amounts
        )

    def sql(self) -> SqlCondition:
        """The condition on a row."""
        parts: list[str] = []
        values: list[object] = []
        for symbol, bound in self.bounds:
            parts.append(f"value {_sql(symbol)} ?")
            values.append(bound.number)
            if bound.unit:
                parts.append(f"unit IN ({_VALUES})")
                values.append(json.dumps(units_meant_by(bound.unit)))
        rows = f"SELECT document, position FROM amounts WHERE {' AND '.join(parts)}"
        return f"(agreement.document, agreement.position) IN ({rows})", values


class SectionCondition(Struct, frozen=True):
    """The heading above the agreement has words that begin with all of these."""

    prefixes: tuple[str, ...]

    def passes(self, agreement: Agreement) -> bool:
        """Whether the agreement meets the condition."""
        return all(prefix in section_key(agreement) for prefix in (f" {prefix}" for prefix in self.prefixes))

    def sql(self) -> SqlCondition:
        """The condition on a row."""
        return " AND ".join("instr(agreement.section, ?) > 0" for _ in self.prefixes), [f" {p}" for p in self.prefixes]


class LabelCondition(Struct, frozen=True):
    """A status of an agreement, or a tag or note of the reader's.

    `values` are statuses, any of which is enough, or words that must all be in its tags or notes. Labels (see
    `search_index.ReaderLabels`) are statuses, "#" with each word of a tag and " " with each word of a note, all folded.
    Entities and passages have tags and notes too, and those of a document hold for all of it. The library has the
    labels in the table `labels`.
    """

    field: FilterField
    values: tuple[str, ...]

    @property
    def is_on_marks(self) -> bool:
        """Whether it is on tags or notes, which not only agreements have."""
        return self.field is not FilterField.STATUS

    def passes(self, labels: Collection[str]) -> bool:
        """Whether something with these labels meets the condition."""
        match self.field:
            case FilterField.TAG:
                return all(any(label.startswith(f"#{value}") for label in labels) for value in self.values)
            case FilterField.NOTE:
                return all(any(label.startswith(f" {value}") for label in labels) for value in self.values)
        return any(value in labels or (value == "new" and not _JUDGEMENTS & set(labels)) for value in self.values)

    def sql(self) -> SqlCondition:
        """The condition on a row."""
        if self.field is FilterField.STATUS:
            parts = [f"{_HAS_LABEL} label IN ({_VALUES}))"]
            placeholders: list[object] = [json.dumps(self.values)]
            if "new" in self.values:
                parts.append(f"NOT {_HAS_LABEL} label IN ({_VALUES}))")
                placeholders.append(json.dumps(sorted(_JUDGEMENTS)))
            return " OR ".join(parts), placeholders
        mark = "#" if self.field is FilterField.TAG else " "
        prefixes = [mark + value for value in self.values]
        condition = " AND ".join(
            [f"({_HAS_LABEL} {_BEGINS_SO}) OR {_DOCUMENT_HAS_LABEL} {_BEGINS_SO}))"] * len(prefixes)
        )
        return condition, [bound for prefix in prefixes for bound in (prefix, prefix + _LAST_CHARACTER) * 2]


_HAS_LABEL = "(agreement.document, agreement.position) IN (SELECT document, position FROM labels WHERE"
DOCUMENT_POSITION = -1
"""The position, in the table `labels`, of those of a document."""
_DOCUMENT_HAS_LABEL = f"agreement.document IN (SELECT document FROM labels WHERE position = {DOCUMENT_POSITION} AND"
_BEGINS_SO = "label >= ? AND label < ?"
_LAST_CHARACTER = "\U0010ffff"


class EntityTypeCondition(Struct, frozen=True):
    """An entity is of one of some types."""

    types: tuple[str, ...]

    def passes(self, entity_type: EntityType | None) -> bool:
        """Whether an entity of the type meets the condition."""
        return entity_type in self.types

    def sql(self) -> SqlCondition:
        """The condition that the agreement's document has such an entity, whether or not it takes part in it."""
        documents = f"SELECT document FROM entities WHERE type IN ({_VALUES})"
        return f"agreement.document IN ({documents})", [json.dumps(self.types)]


class NameCondition(Struct, frozen=True):
    """A name that a field of the agreement must have: `meaning` is what was typed for it."""

    field: FilterField
    meaning: Meaning

    def passes(self, agreement: Agreement, names: Collection[str], mentioned: Collection[str]) -> bool:
        """Whether the agreement meets the condition.

        Args:
            agreement: The agreement.
            names: The canonical names that the meaning stands for.
            mentioned: Those of them whose entity is mentioned in the evidence.
        """
        parties = agreement.parties
        match self.field:
            case FilterField.ONLY:
                return len(parties) == 1 and parties[0] in names
            case FilterField.WITH:
                return len(parties) > 1 and any(party in names for party in parties)
            case FilterField.RECIPIENT:
                return bool(mentioned) and not any(party in names for party in parties)
            case FilterField.INSTRUMENT:
                return agreement.instrument in names
            case FilterField.ATTRIBUTION:
                return agreement.attribution in names
            case FilterField.DOES | FilterField.PAYS | FilterField.RECEIVES | FilterField.HOSTS as role:
                return any(name in names for name in getattr(agreement.roles, role))
            case _:
                return any(party in names for party in parties)

    def sql(self, numbers: Sequence[int]) -> SqlCondition:
        """The condition on a row, for the numbers of the names that the meaning stands for."""
        placeholders = [json.dumps(numbers)] * 2
        match self.field:
            case FilterField.ONLY:
                return f"agreement.party_count = 1 AND {_IS_PARTY}", placeholders
            case FilterField.WITH:
                return f"agreement.party_count > 1 AND {_IS_PARTY}", placeholders
            case FilterField.RECIPIENT:
                return f"NOT {_IS_PARTY} AND {_IS_MENTIONED}", placeholders * 2
            case FilterField.INSTRUMENT | FilterField.ATTRIBUTION:
                column = "instrument" if self.field is FilterField.INSTRUMENT else "attribution"
                by_form = f"SELECT document, name FROM forms WHERE form IN ({_VALUES})"
                return (
                    f"agreement.{column} IN ({_VALUES}) OR (agreement.document, agreement.{column}) IN ({by_form})",
                    placeholders,
                )
            case FilterField.DOES | FilterField.PAYS | FilterField.RECEIVES | FilterField.HOSTS as role:
                return _named_in("roles", f"role = '{role}' AND "), placeholders
            case _:
                return _IS_PARTY, placeholders


def _named_in(table: str, restriction: str = "") -> str:
    """Return the condition that a table of an agreement's names has one of two equal lists of numbers."""
    return f"""(agreement.document, agreement.position) IN (
        SELECT document, position FROM {table} WHERE {restriction}name IN ({_VALUES})
        UNION SELECT {table}.document, position FROM forms JOIN {table} USING (name, document)
            WHERE {restriction}form IN ({_VALUES}))"""


_IS_PARTY, _IS_MENTIONED = _named_in("parties"), _named_in("mentioned")

AgreementCondition = (
    PropertyCondition | ValueCondition | StrengthCondition | DeadlineCondition | AmountCondition | SectionCondition
)
"""The conditions that one agreement alone decides."""

Condition = AgreementCondition | NameCondition | EntityTypeCondition | LabelCondition


def section_key(agreement: Agreement) -> str:
    """Return the folded words of the heading above an agreement, each after a space."""
    return "".join(f" {word}" for word in folded_words(agreement.section or ""))


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


def condition_of(filter_: Filter) -> Condition | None:
    """Return the condition of a filter that takes no name; None for an invalid value."""
    field, comparison, typed = filter_.field, filter_.comparison, filter_.value
    match field:
        case FilterField.DEADLINE | FilterField.DUE:
            is_deadline = field is FilterField.DEADLINE
            equal = ComparisonOperator.AT_MOST if is_deadline else ComparisonOperator.EQUAL
            dates = _bounds(typed, equal if comparison is ComparisonOperator.EQUAL else comparison, _parse_date)
            return DeadlineCondition(dates, is_open=is_deadline) if dates else None
        case FilterField.AMOUNT:
            amounts = _bounds(typed, comparison, parse_amount)
            return AmountCondition(amounts) if amounts else None
        case FilterField.SECTION:
            return SectionCondition(tuple(word.folded for word in filter_.phrase.words))
        case FilterField.TAG | FilterField.NOTE:
            return LabelCondition(field, tuple(word.folded for word in filter_.phrase.words))
    values = matching_values(field, typed)
    if not values:
        return None
    match field:
        case FilterField.STRENGTH:
            ranks = tuple(Strength(value).rank for value in values)
            return StrengthCondition(comparison, ranks if comparison is ComparisonOperator.EQUAL else ranks[:1])
        case FilterField.STATUS if properties := tuple(value for value in values if value in _STATUSES):
            return PropertyCondition(field, properties)
        case FilterField.STATUS:
            return LabelCondition(field, values)
        case FilterField.HAS:
            return PropertyCondition(field, values)
        case FilterField.ENTITY_TYPE:
            return EntityTypeCondition(values)
        case _:
            return ValueCondition(field, values)


def asks_for_status(query: str, status: str) -> bool:
    """Whether a query asks for records of this status: those that are possible, say, are found by no other query."""
    return any(
        isinstance(term.operand, Filter)
        and term.operand.field is FilterField.STATUS
        and not term.negated
        and status in matching_values(FilterField.STATUS, term.operand.value)
        for group in parse_query(query).groups
        for term in group
    )


def expected_value(field: FilterField) -> str:
    """Return the message on an invalid value."""
    if field in CLOSED_VALUES:
        return f"{field}: takes {', '.join(CLOSED_VALUES[field])}"
    if field is FilterField.AMOUNT:
        return "amount: takes a number such as 100m, >$100m or 10m..20m"
    return f"{field}: takes a date such as 2027, 2027-03 or 2025..2027"


def parse_amount(text: str) -> Quantity | None:
    """Return what "100m", "$6 million" or "1,500" is worth; None for other text."""
    values = values_of(text)
    return values[0] if values and isinstance(values[0], Quantity) else None


def _parse_date(text: str) -> str | None:
    """Return a year, a month or a day in ISO format ("2027", "march 2027", "7.3.2027"); None for other text."""
    values = values_of(text)
    if len(values) != 1:
        return None
    date = str(int(values[0].number)) if isinstance(values[0], Quantity) else values[0].edtf
    return date if _DATE.fullmatch(date) else None


def _bounds(
    typed: str, comparison: ComparisonOperator, parse: Callable[[str], _Bound | None]
) -> tuple[tuple[ComparisonOperator, _Bound], ...]:
    """Return the bounds of a value or a range, whose ends belong to it and may be left out; none if invalid."""
    first, dots, last = typed.partition("..")
    if not dots:
        value = parse(typed)
        return () if value is None else ((comparison, value),)
    ends = ((ComparisonOperator.AT_LEAST, first), (ComparisonOperator.AT_MOST, last))
    parsed = [(symbol, parse(end)) for symbol, end in ends if end]
    if any(value is None for _, value in parsed):
        return ()
    return tuple((symbol, value) for symbol, value in parsed if value is not None)


def _sql(comparison: ComparisonOperator) -> str:
    return "=" if comparison is ComparisonOperator.EQUAL else comparison
