"""The policy field of a record, by the words of its evidence, its run-in heading, its sentence and its section."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from alliance_tui.extraction.agreements.cues import data
from alliance_tui.records import Domain


@cache
def _patterns() -> dict[Domain, tuple[tuple[re.Pattern[str], float], ...]]:
    table: dict[str, list[str]] = data("domains")["domains"]
    return {
        Domain(name): tuple((_pattern(word), 1.0 + 0.5 * word.count(" ")) for word in words)
        for name, words in table.items()
    }


def _pattern(word: str) -> re.Pattern[str]:
    closed = word.endswith("$")
    return re.compile(r"(?<!\w)" + re.escape(word.rstrip("$")) + (r"(?!\w)" if closed else ""), re.IGNORECASE)


def scores(texts: Iterable[tuple[str, float]]) -> dict[Domain, float]:
    """How much each field is spoken of in these texts, each with its weight."""
    total = dict.fromkeys(Domain, 0.0)
    for text, weight in texts:
        for field, patterns in _patterns().items():
            for pattern, value in patterns:
                total[field] += weight * value * (pattern.search(text) is not None)
    return total


def domain(texts: Iterable[tuple[str, float]]) -> Domain:
    """The field most spoken of; `other` where none is."""
    found = scores(texts)
    best = max(found, key=lambda field: found[field])
    return best if found[best] > 0 else Domain.OTHER
