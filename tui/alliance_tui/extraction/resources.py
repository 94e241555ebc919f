"""The lists of words in extraction/data, and patterns made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The data file `name`.toml."""
    return tomllib.loads((files("alliance_tui.extraction") / "data" / f"{name}.toml").read_text("utf-8"))


def any_of(patterns: Iterable[str]) -> str:
    """A pattern for any of these, the longest first."""
    return "|".join(sorted(patterns, key=len, reverse=True))


def spaced(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, in which a space stands for any white space."""
    return re.compile(pattern.replace(" ", r"\s+"), flags)
