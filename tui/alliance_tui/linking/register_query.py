"""Queries on the register: its own filters, and words and filters on what its statements say.

    overdue:yes          fell due, and no document says that it is done (no: all others)
    first:2024           first stated then: a date or a range, to the precision typed; also >=, <=, > and <; so `last:`
    told:>2              stated in so many documents; also >=, <= and <, and a range
    status:delivered     promised, reaffirmed, under way, delivered, overdue; silent: later documents do not state it
    party:japan          words, or beginnings of words, of a field of any statement; so `instrument:`, `domain:`,
                         `strength:` and `title:`
    radar                words of title, parties or instrument

All must hold; `!` negates one.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from alliance_tui.linking.register import RegisterRow, Statement, Status
from alliance_tui.search.indexing.tokenizer import folded_words

RowPredicate = Callable[[RegisterRow], bool]

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
REGISTER_FIELDS = ("overdue", "first", "last", "told", "status", "party", "instrument", "domain", "strength", "title")
"""The fields of filters, in the order in which they are completed."""

STATUS_VALUES = (*(status.value for status in Status), _SILENT)
"""The values of `status:`."""


class RegisterMatches(Struct, frozen=True):
    """The rows that match a query, and messages on the parts of it that were ignored."""

    rows: tuple[RegisterRow, ...]
    problems: tuple[str, ...] = ()


def matching_rows(rows: Iterable[RegisterRow], query: str) -> RegisterMatches:
    """Return the rows that match a query, in their order; all of them for an empty one. Never raises."""
    predicates, problems = [], []
    for match in _TERM.finditer(query):
        try:
            predicates.append(_negated(_predicate(match)) if match["not"] else _predicate(match))
        except ValueError as error:
            problems.append(str(error))
    return RegisterMatches(tuple(row for row in rows if all(test(row) for test in predicates)), tuple(problems))


def _negated(test: RowPredicate) -> RowPredicate:
    return lambda row: not test(row)


def _predicate(match: re.Match[str]) -> RowPredicate:
    """Return the test of a term. Raises ValueError, with a message for the reader, for a value that is none."""
    field, comparison = (match["field"] or "").lower(), match["comparison"] or ""
    value = (match["phrase"] if match["phrase"] is not None else match["bare"]).strip()
    match field:
        case "" if value.endswith(":") and value[:-1].lower() in REGISTER_FIELDS:
            raise ValueError(f"{value} waits for a value")
        case "":
            return _has_words(value, _all_words)
        case "overdue":
            return _is_overdue(value)
        case "first" | "last":
            return _compares_dates(field, comparison, value)
        case "told":
            return _compares_counts(comparison, value)
        case "status":
            return _has_status(value)
        case "party" | "instrument" | "domain" | "strength" | "title":
            return _has_words(value, _FIELD_WORDS[field])
        case _:
            raise ValueError(f"“{field}” is no field of the register: it has {', '.join(REGISTER_FIELDS)}")


def _all_words(statement: Statement) -> str:
    return f"{statement.title} {' '.join(statement.parties)} {statement.instrument or ''}"


_FIELD_WORDS: Mapping[str, Callable[[Statement], str]] = {
    "party": lambda statement: " ".join(statement.parties),
    "instrument": lambda statement: statement.instrument or "",
    "domain": lambda statement: statement.domain or "",
    "strength": lambda statement: statement.strength or "",
    "title": lambda statement: statement.title,
}


def _has_words(value: str, words_of: Callable[[Statement], str]) -> RowPredicate:
    """All words of the value begin words of one statement."""
    typed = folded_words(value)
    if not typed:
        raise ValueError(f"“{value}” has no word yet")

    def test(row: RegisterRow) -> bool:
        return any(_begin(beginnings, words_of(statement)) for statement in row.statements)

    beginnings = [f" {word}" for word in typed]
    return test


def _begin(beginnings: Iterable[str], text: str) -> bool:
    searched = f" {text.lower()}" if _PLAIN.fullmatch(text) else _folded(text)
    return all(beginning in searched for beginning in beginnings)


_PLAIN = re.compile(r"[A-Za-z, ]*")
"""A text of which the folded words are its words in lower case; the others are folded once, which takes longer."""


@lru_cache(maxsize=1 << 17)
def _folded(text: str) -> str:
    """Return the folded words of a text, each after a space."""
    return "".join(f" {word}" for word in folded_words(text))


def _is_overdue(value: str) -> RowPredicate:
    if value.lower() in _YES:
        return lambda row: row.status is Status.OVERDUE
    if value.lower() in _NO:
        return lambda row: row.status is not Status.OVERDUE
    raise ValueError("overdue: takes yes or no")


def _has_status(value: str) -> RowPredicate:
    """The status begins with the value; spaces and hyphens are the same."""
    typed = value.lower().replace("-", " ")
    if not any(status.startswith(typed) for status in STATUS_VALUES):
        raise ValueError(f"status: takes {', '.join(STATUS_VALUES)}")
    if _SILENT.startswith(typed):
        return lambda row: row.silence is not None
    return lambda row: row.status.startswith(typed)


def _compares_dates(field: str, comparison: str, value: str) -> RowPredicate:
    """Dates are compared to the precision of the value; an undated undertaking passes no such filter."""
    earliest, _, latest = value.partition("..")
    if not _DATE.fullmatch(earliest) or (latest and not _DATE.fullmatch(latest)):
        raise ValueError(f"{field}: takes a date or a range, such as 2024, 2024-04 or 2023..2024")

    def test(row: RegisterRow) -> bool:
        date = row.first if field == "first" else row.last
        if not date:
            return False
        if latest or comparison not in _COMPARE:
            return earliest <= date[: len(earliest)] and date[: len(latest or earliest)] <= (latest or earliest)
        return _COMPARE[comparison](date[: len(earliest)], earliest)

    return test


def _compares_counts(comparison: str, value: str) -> RowPredicate:
    least, _, most = value.partition("..")
    if not least.isdecimal() or (most and not most.isdecimal()):
        raise ValueError("told: takes a number or a range, such as >2 or 2..5")
    if most or comparison not in _COMPARE:
        return lambda row: int(least) <= row.documents <= int(most or least)
    return lambda row: _COMPARE[comparison](row.documents, int(least))
