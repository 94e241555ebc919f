"""What a date reads as, and the lists of words that tell of dates."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.resources import any_of, load, spaced

Match = re.Match[str]
"""Where a form of date stands, with its groups."""


class Reading(Struct, frozen=True):
    """What a date reads as. It is not `certain` where only the tense tells whether it is behind or to come; None where
    only a promise makes it one by which something falls due.
    """

    edtf: str
    certain: bool | None = True


@cache
def words(name: str) -> re.Pattern[str]:
    """The list of data/dates.toml with this name ("lead.due"), as one pattern for whole words."""
    table, key = name.split(".")
    return spaced(rf"(?i)\b(?:{any_of(load('dates')[table][key])})(?!\w)")
