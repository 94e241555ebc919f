"""The value of a date expression, and what it says of deadlines."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from msgspec import Struct

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


@cache
def whole_words(regexes: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern for any of the regular expressions as whole words, without regard to case."""
    return flexible_whitespace(rf"(?i)\b(?:{alternation(regexes)})(?!\w)")
