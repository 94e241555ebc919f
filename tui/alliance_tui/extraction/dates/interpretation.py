"""What a date reads as, and the lists of words that tell of dates."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.regex import alternation, flexible_whitespace

Match = re.Match[str]
"""Where a form of date stands, with its groups."""


class Reading(Struct, frozen=True):
    """What a date reads as. It is not `certain` where only the tense tells whether it is behind or to come; None where
    only a promise makes it one by which something falls due.
    """

    edtf: str
    certain: bool | None = True


@cache
def whole_words(regexes: tuple[str, ...]) -> re.Pattern[str]:
    """Pattern for any of the regular expressions as whole words, without regard to case."""
    return flexible_whitespace(rf"(?i)\b(?:{alternation(regexes)})(?!\w)")
