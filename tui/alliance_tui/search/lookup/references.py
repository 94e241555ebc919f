"""References: keys by which names and values are looked up, and their mentions."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

WordRange = tuple[int, int]
"""The positions of a first and a last word in some postings."""


class ReferenceKind(StrEnum):
    """The kinds of key that stand for more than words; the library stores index terms of the same kinds."""

    NAME = "name"
    """All mentions of what a name stands for; the key is the name's folded words run together."""
    INITIALS = "initials"
    """The same of all names with these initials."""
    VALUE = "value"
    """All numbers, sums and dates of one value; the key is that of search.values."""


class Reference(Struct, frozen=True):
    """Everything that is looked up by one of the keys."""

    kind: ReferenceKind
    keys: tuple[str, ...]


class Mentions(Struct, frozen=True):
    """Words of the text and of the records' strings that mention something, and the records that are about it."""

    text: tuple[WordRange, ...] = ()
    records: tuple[WordRange, ...] = ()
    record_ids: frozenset[str] = frozenset()


def union_of_mentions(mentions: list[Mentions]) -> Mentions:
    """Return all mentions, each once, in reading order."""
    if len(mentions) == 1:
        return mentions[0]
    return Mentions(
        tuple(sorted({words for each in mentions for words in each.text})),
        tuple(sorted({words for each in mentions for words in each.records})),
        frozenset[str]().union(*(each.record_ids for each in mentions)),
    )
