"""The policy field of a record, by the words of its evidence, its run-in heading, its sentence and its section."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.agreements.cues import data
from alliance_tui.records import Domain

_WORD = re.compile(r"\w+")
_KEY = 2
"""How many letters of a word choose the marks to compare it with; no mark is shorter."""


class _Mark(Struct, frozen=True):
    """A word or phrase that marks a field; a `closed` one must end where it ends."""

    text: str
    closed: bool
    domain: Domain
    weight: float


@cache
def _marks() -> dict[str, tuple[_Mark, ...]]:
    table: dict[str, list[str]] = data("domains")["domains"]
    marks = defaultdict(list)
    for name, words in table.items():
        for word in words:
            text = word.rstrip("$")
            marks[text[:_KEY]].append(_Mark(text, word.endswith("$"), Domain(name), 1.0 + 0.5 * word.count(" ")))
    return {key: tuple(group) for key, group in marks.items()}


def scores(texts: Iterable[tuple[str, float]]) -> dict[Domain, float]:
    """How much each field is spoken of in these texts, each with its weight; a mark counts once a text."""
    total = dict.fromkeys(Domain, 0.0)
    for text, weight in texts:
        for mark in _found(text.lower()):
            total[mark.domain] += weight * mark.weight
    return total


def _found(text: str) -> set[_Mark]:
    marks = _marks()
    found = set()
    for word in _WORD.finditer(text):
        start = word.start()
        for mark in marks.get(text[start : start + _KEY], ()):
            if text.startswith(mark.text, start):
                end = start + len(mark.text)
                if not mark.closed or not text[end : end + 1].isalnum():
                    found.add(mark)
    return found


def domain(texts: Iterable[tuple[str, float]]) -> Domain:
    """The field most spoken of; `other` where none is."""
    found = scores(texts)
    best = max(found, key=lambda field: found[field])
    return best if found[best] > 0 else Domain.OTHER
