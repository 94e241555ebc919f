"""Queries on the register: its own filters, and words and filters on what its statements say.

    overdue:yes          fell due, and no document says that it is done (no: all others)
    first:2024           first stated then: a date or a range, to the precision typed; also >=, <=, > and <; so `last:`
    told:>2              stated in so many documents; also >=, <= and <, and a range
    status:delivered     promised, reaffirmed, under way, delivered, overdue; silent: later documents do not state it
    party:japan          words, or beginnings of words, of a field of any statement; so `instrument:`, `domain:`,
                         `strength:` and `title:`
    tag:budget           words, or beginnings of words, of the reader's tags of any statement; so `note:`
    is:accepted          any statement is accepted, doubted, new (not judged yet), corrected, completed, open, joint or
                         reaffirmed
    radar                words of title, parties or instrument

All must hold; `!` negates one.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import compress
from threading import Lock

from msgspec import Struct

from alliance_tui.linking.register import RegisterRow, Statement, Status
from alliance_tui.linking.register_columns import ANY_FIELD, WORD_FIELDS, Mask, RegisterColumns, both, negated
from alliance_tui.records import Strength
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.plan.conditions import POSSIBLE, REJECTED, REVIEW_STATUSES, LabelCondition, matching_values

_TERM = re.compile(
    r"""(?P<not>!*)(?:(?P<field>[A-Za-z]+):(?P<comparison>[<>]?=?))?
    (?:["“](?P<phrase>[^"”]*)["”]?|(?P<bare>\S+))""",
    re.VERBOSE,
)
_COMPARE: Mapping[str, Callable[[str | int, str | int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false")
_SILENT = "silent"
REGISTER_FIELDS = (
    *("overdue", "first", "last", "told", "status", "party", "instrument", "domain", "strength", "title"),
    *("tag", "note", "is"),
)
"""The fields of filters."""

STATUS_VALUES = (*(status.value for status in Status), _SILENT)
"""The values of `status:`."""

_IS_PROPERTY: Mapping[str, Callable[[Statement], bool]] = {
    "completed": lambda statement: statement.strength is Strength.COMPLETED,
    "open": lambda statement: statement.strength is not Strength.COMPLETED,
    "joint": lambda statement: len(statement.parties) > 1,
    "reaffirmed": lambda statement: statement.reaffirms,
}
_IS_VALUES = (*_IS_PROPERTY, *REVIEW_STATUSES)
_IN_NO_REGISTER = (REJECTED, POSSIBLE)
_KEPT_TERMS = 32
"""Terms whose rows are kept: most keys of a query change one term of several."""


class RegisterMatches(Struct, frozen=True):
    """The rows that match a query, and messages on the parts of it that were ignored or that no row can match."""

    rows: tuple[RegisterRow, ...]
    problems: tuple[str, ...] = ()


class FoundRows(Struct, frozen=True):
    """The same with the rows as a mask."""

    mask: Mask
    problems: tuple[str, ...] = ()


def matching_rows(rows: Iterable[RegisterRow], query: str) -> RegisterMatches:
    """Return the rows that match a query, in their order; all of them for an empty one. Never raises."""
    return RegisterQueries(rows).matching(query)


class RegisterQueries:
    """Answers one query after the other on the same rows; keeps what they have in common. Threads may share it."""

    def __init__(self, rows: Iterable[RegisterRow]) -> None:
        self.columns = RegisterColumns(rows)
        self._lock = Lock()
        self._known: dict[tuple[str, str, str], Mask] = {}

    def prepare(self) -> None:
        """Make ahead what the first words of a query need."""
        with self._lock:
            self.columns.words(ANY_FIELD)

    def matching(self, query: str) -> RegisterMatches:
        """Return the rows that match a query, in their order; all of them for an empty one. Never raises."""
        found = self.find(query)
        return RegisterMatches(tuple(compress(self.columns.rows, found.mask)), found.problems)

    def find(self, query: str) -> FoundRows:
        """Return the same as a mask."""
        masks: list[Mask] = [b"\1" * len(self.columns.rows)]
        problems: list[str] = []
        with self._lock:
            for match in _TERM.finditer(query):
                try:
                    mask = self._rows_of(match)
                    masks.append(negated(mask) if match["not"] else mask)
                except ValueError as error:
                    problems.append(str(error))
                else:
                    problems += _notes_on(match)
        return FoundRows(reduce(both, masks), tuple(problems))

    def _rows_of(self, match: re.Match[str]) -> Mask:
        """Return the rows of a term. Raises ValueError, with a message for the reader, for a value that is none."""
        field, comparison = (match["field"] or "").lower(), match["comparison"] or ""
        term = field, comparison, _value(match)
        if term not in self._known:
            mask = _mask(self.columns, *term)
            if len(self._known) >= _KEPT_TERMS:
                self._known.clear()
            self._known[term] = mask
        return self._known[term]


def _value(match: re.Match[str]) -> str:
    return str(match["phrase"] if match["phrase"] is not None else match["bare"]).strip()


def _notes_on(match: re.Match[str]) -> Iterable[str]:
    """Yield a sentence on a term that is understood, and that no row can match."""
    if (match["field"] or "").lower() == FilterField.STATUS and not match["not"]:
        values = matching_values(FilterField.STATUS, _value(match))
        if values and all(value in _IN_NO_REGISTER for value in values):
            yield f"the register has no {values[0]} agreements"


def _mask(columns: RegisterColumns, field: str, comparison: str, value: str) -> Mask:
    match field:
        case "" if value.endswith(":") and value[:-1].lower() in REGISTER_FIELDS:
            raise ValueError(f"{value} waits for a value")
        case "overdue":
            return _overdue(columns, value)
        case "first" | "last":
            return _of_dates(columns, field, comparison, value)
        case "told":
            return _of_counts(columns, comparison, value)
        case "status":
            return _of_status(columns, value)
        case FilterField.TAG | FilterField.NOTE:
            return _with_label(columns, LabelCondition(FilterField(field), tuple(_typed_words(value))))
        case FilterField.STATUS:
            return _is(columns, value)
        case _ if field in WORD_FIELDS:
            return _with_words(columns, field, _typed_words(value))
        case _:
            raise ValueError(f"“{field}” is no field of the register: it has {', '.join(REGISTER_FIELDS)}")


def _typed_words(value: str) -> list[str]:
    if not (typed := folded_words(value)):
        raise ValueError(f"“{value}” has no word yet")
    return typed


def _with_words(columns: RegisterColumns, field: str, typed: Iterable[str]) -> Mask:
    """Return the rows with a statement that has, for each typed word, one that begins with it."""
    first, *others = (f" {word}" for word in sorted(typed, key=len, reverse=True))
    texts = columns.words(field)
    if not others:
        return columns.with_statement([first in text for text in texts])
    return columns.with_statement([first in text and all(each in text for each in others) for text in texts])


def _with_label(columns: RegisterColumns, condition: LabelCondition) -> Mask:
    passes = {labels: condition.passes(labels) for labels in {each.labels for each in columns.statements}}
    return columns.with_statement([passes[each.labels] for each in columns.statements])


def _is(columns: RegisterColumns, value: str) -> Mask:
    values = [each for each in matching_values(FilterField.STATUS, value) if each in _IS_VALUES]
    if not values:
        raise ValueError(f"is: takes {', '.join(each for each in _IS_VALUES if each not in _IN_NO_REGISTER)}")
    if properties := [_IS_PROPERTY[each] for each in values if each in _IS_PROPERTY]:
        return columns.with_statement([any(test(each) for test in properties) for each in columns.statements])
    return _with_label(columns, LabelCondition(FilterField.STATUS, tuple(values)))


def _overdue(columns: RegisterColumns, value: str) -> Mask:
    if value.lower() not in (*_YES, *_NO):
        raise ValueError("overdue: takes yes or no")
    mask = bytes([status is Status.OVERDUE for status in columns.statuses])
    return mask if value.lower() in _YES else negated(mask)


def _of_status(columns: RegisterColumns, value: str) -> Mask:
    """Return the rows whose status begins with the value; spaces and hyphens are the same."""
    typed = value.lower().replace("-", " ")
    if not any(status.startswith(typed) for status in STATUS_VALUES):
        raise ValueError(f"status: takes {', '.join(STATUS_VALUES)}")
    if _SILENT.startswith(typed):
        return columns.silent
    typed_statuses = {status for status in Status if status.startswith(typed)}
    return bytes([status in typed_statuses for status in columns.statuses])


def _of_dates(columns: RegisterColumns, field: str, comparison: str, value: str) -> Mask:
    """Return the rows with such a date, to the precision of the value; an undated row passes no such filter."""
    earliest, _, latest = value.partition("..")
    if not _DATE.fullmatch(earliest) or (latest and not _DATE.fullmatch(latest)):
        raise ValueError(f"{field}: takes a date or a range, such as 2024, 2024-04 or 2023..2024")
    dates = columns.first if field == "first" else columns.last
    if latest or comparison not in _COMPARE:
        latest = latest or earliest
        first, last = len(earliest), len(latest)
        return bytes([earliest <= date[:first] and date[:last] <= latest for date in dates])
    compare, length = _COMPARE[comparison], len(earliest)
    return bytes([bool(date) and compare(date[:length], earliest) for date in dates])


def _of_counts(columns: RegisterColumns, comparison: str, value: str) -> Mask:
    least, _, most = value.partition("..")
    if not least.isdecimal() or (most and not most.isdecimal()):
        raise ValueError("told: takes a number or a range, such as >2 or 2..5")
    if most or comparison not in _COMPARE:
        counts = range(int(least), int(most or least) + 1)
        return bytes([count in counts for count in columns.documents])
    compare, bound = _COMPARE[comparison], int(least)
    return bytes([compare(count, bound) for count in columns.documents])
