"""Names from other scripts, written in more than one way in ours: Kyiv and Kiev, Gaddafi and Qadhafi."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SAME = (
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
    """A folded word of a name in one of its spellings: the same for all that sound alike."""
    for pattern, plain in _SAME:
        name = pattern.sub(plain, name)
    return name


def group_by_transliteration(names: Iterable[str]) -> dict[str, list[str]]:
    """The folded words of names by what is the same in all their spellings."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(transliteration_key(name), []).append(name)
    return found
