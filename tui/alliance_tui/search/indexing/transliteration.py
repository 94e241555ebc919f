"""Matching of transliteration variants of names: Kyiv and Kiev, Gaddafi and Qadhafi."""

from __future__ import annotations

import re
from collections.abc import Iterable

_RULES = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"^m[ou]ham[aeo]d$"), "muhamad"),
    (re.compile(r"[oi]v$"), "iv"),
    (re.compile(r"^[gqc](?=[aeiouy])|q|kh"), "k"),
    (re.compile(r"(?<=[dtg])h"), ""),
    (re.compile(r"w"), "v"),
    (re.compile(r"o[ou]|ou?e|eu"), "u"),
    (re.compile(r"eo"), "o"),
    (re.compile(r"[iey]*[iy][iey]*j?|[ei]j$"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def transliteration_key(name: str) -> str:
    """Return a key that all transliterations of a folded word of a name share."""
    for pattern, replacement in _RULES:
        name = pattern.sub(replacement, name)
    return name


def group_by_transliteration(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the sorted folded words by transliteration key."""
    groups: dict[str, list[str]] = {}
    for name in sorted(names):
        groups.setdefault(transliteration_key(name), []).append(name)
    return groups
