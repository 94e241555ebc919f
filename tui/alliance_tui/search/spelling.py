"""What a word may have been meant to be: which words of a vocabulary a query word meets, and how well."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log

from msgspec import Struct

from alliance_tui.search.matches import How
from alliance_tui.search.query import Mode, Wanted
from alliance_tui.search.vocabulary import Vocabulary


class Meeting(Struct, frozen=True):
    """A word of the vocabulary that a query word meets, on which letters of the folded word, and how well."""

    word: str
    how: How
    quality: float
    start: int
    end: int


Cancelled = Callable[[], bool]


class CancelledError(Exception):
    """The search was given up because its caller no longer wants it."""


def meetings(
    wanted: Wanted, mode: Mode, *, typing: bool, vocabulary: Vocabulary, cancelled: Cancelled
) -> list[Meeting]:
    """The words that `wanted` meets, best first. Typos are looked for only where nothing else is found."""
    word = wanted.folded
    if mode is Mode.WHOLE:
        return list(_prefixed(word, vocabulary)) if typing else list(_whole(word, vocabulary))
    if mode is Mode.PREFIX:
        return list(_prefixed(word, vocabulary))
    if mode is Mode.SUFFIX:
        return [
            Meeting(w, How.EXACT if w == word else How.PREFIX, len(word) / len(w), len(w) - len(word), len(w))
            for w in vocabulary.ending(word)
        ]
    if mode is Mode.INSIDE:
        return [
            Meeting(
                w, How.EXACT if w == word else How.PREFIX, len(word) / len(w), w.index(word), w.index(word) + len(word)
            )
            for w in vocabulary.containing(word)
        ]
    found = list(_prefixed(word, vocabulary))
    if found or len(word) <= 3:
        return found
    return _misspelt(word, vocabulary, cancelled)


def _whole(word: str, vocabulary: Vocabulary) -> Iterable[Meeting]:
    if word in vocabulary:
        yield Meeting(word, How.WORD, 0.5, 0, len(word))


def _prefixed(word: str, vocabulary: Vocabulary) -> list[Meeting]:
    found = [
        Meeting(w, How.WORD if w == word else How.PREFIX, 0.5 if w == word else len(word) / len(w), 0, len(word))
        for w in vocabulary.starting(word)
    ]
    return sorted(found, key=lambda meeting: (meeting.how.rank, -meeting.quality))


def _misspelt(word: str, vocabulary: Vocabulary, cancelled: Cancelled) -> list[Meeting]:
    allowed = 1 if len(word) < 6 else 2
    costs: list[tuple[float, str]] = []
    for chunk in vocabulary.near(word, 2 if len(word) > 4 else 1):
        if cancelled():
            raise CancelledError
        for near, edits in chunk:
            if len(near) <= 3:
                continue
            cost = edits - 0.05 * log(1 + vocabulary.frequency(near)) + (0.3 if near[0] != word[0] else 0)
            costs.append((cost, near))
    costs.sort()
    if not costs:
        return []
    best = costs[0][0]
    return [
        Meeting(near, How.TYPO, 1 - cost / 4, 0, len(near)) for cost, near in costs if cost < best + 0.8 and allowed
    ]
