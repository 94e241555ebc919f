"""The value of a date expression, and what it says of deadlines."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from functools import cache

from msgspec import Struct

from alliance_tui.documents.supported_years import parse_document_date
from alliance_tui.extraction.regex import alternation, flexible_whitespace

Match = re.Match[str]
"""A match of a date pattern, with its groups."""


class DueStatus(StrEnum):
    """Whether something may fall due on a date."""

    DUE = "due"
    NOT_DUE = "not due"
    """Past, or part of a name: "since 2015", "Vision 2030"."""
    DUE_IF_PROMISED = "due if promised"
    """Only a promise makes it a deadline: "on Tuesday they will"."""


class DateValue(Struct, frozen=True):
    """The value of a date expression in EDTF; `due` is None where the tense of the clause decides."""

    edtf: str
    due: DueStatus | None = DueStatus.DUE


_SUPPORTED_EDTF = re.compile(r"(?:XXXX|[1-9](?:\d{3}|\d\dX|\dXX))(?:-\d\d){0,2}")
"""A date whose year has four digits, or is unknown."""


def is_supported(edtf: str) -> bool:
    """Whether all years of a date or period are in the range of document dates."""
    return all(_SUPPORTED_EDTF.fullmatch(part) for part in edtf.split("/"))


def parse_reference_date(date: str | None) -> dt.date | None:
    """Return the reference date (ISO); None for one that no document can have."""
    try:
        return dt.date.fromisoformat(parse_document_date(date)) if date else None
    except ValueError:
        return None


@cache
def whole_words(regexes: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern for any of the regular expressions as whole words, without regard to case."""
    return flexible_whitespace(rf"(?i)\b(?:{alternation(regexes)})(?!\w)")
