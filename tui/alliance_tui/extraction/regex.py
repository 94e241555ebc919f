"""Regular expressions made of entries of the lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterable


def alternation(regexes: Iterable[str]) -> str:
    """Pattern for any of the regular expressions, the longest first."""
    return "|".join(sorted(regexes, key=len, reverse=True))


def literal_alternation(words: Iterable[str]) -> str:
    """Pattern for any of the words or phrases as they are written, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


def flexible_whitespace(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern in which a space stands for any white space."""
    return re.compile(pattern.replace(" ", r"\s+"), flags)
