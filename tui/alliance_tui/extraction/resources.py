"""Regular expressions made of entries of the lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(patterns: Iterable[str]) -> str:
    """A pattern for any of these, the longest first."""
    return "|".join(sorted(patterns, key=len, reverse=True))


def spaced(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, in which a space stands for any white space."""
    return re.compile(pattern.replace(" ", r"\s+"), flags)
