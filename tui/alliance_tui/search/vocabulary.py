"""The distinct folded words of a text or a library, and the ways to look one up. It knows nothing of places."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

_CHUNK_SIZE = 8_000  # words compared between two looks at `cancelled`: about 2 ms


class Vocabulary:
    """A set of folded words; `base` is a larger vocabulary that this one adds to and shares."""

    def __init__(self, words: Iterable[str], base: Vocabulary | None = None) -> None:
        self._base = base
        self._words = dict.fromkeys(word for word in words if base is None or word not in base)
        self._sorted = sorted(self._words)
        self._by_length: dict[int, list[str]] = {}
        for word in self._sorted:
            self._by_length.setdefault(len(word), []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words or (self._base is not None and word in self._base)

    def __len__(self) -> int:
        return len(self._words) + (len(self._base) if self._base else 0)

    def in_base(self, word: str) -> bool:
        """Whether the base has the word; without a base, whether this has it."""
        return word in (self._base or self)

    def with_prefix(self, prefix: str) -> Iterator[str]:
        """The words that begin with `prefix`, itself included."""
        for at in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if not self._sorted[at].startswith(prefix):
                break
            yield self._sorted[at]
        if self._base:
            yield from self._base.with_prefix(prefix)

    def with_suffix(self, suffix: str) -> Iterator[str]:
        """The words that end with `suffix`, itself included."""
        yield from (word for word in self._sorted if word.endswith(suffix))
        if self._base:
            yield from self._base.with_suffix(suffix)

    def with_substring(self, part: str) -> Iterator[str]:
        """The words that hold `part` somewhere."""
        yield from (word for word in self._sorted if part in word)
        if self._base:
            yield from self._base.with_substring(part)

    def within_distance(self, word: str, distance: int) -> Iterator[list[tuple[str, int]]]:
        """Words within so many edits (optimal string alignment: a swap of neighbours is one), with their distances.

        They come in chunks, so that a search can be given up between two.
        """
        for length in range(max(1, len(word) - distance), len(word) + distance + 1):
            same_length = self._by_length.get(length, [])
            for at in range(0, len(same_length), _CHUNK_SIZE):
                found = process.extract(
                    word, same_length[at : at + _CHUNK_SIZE], scorer=OSA.distance, score_cutoff=distance, limit=None
                )
                yield [(near, int(edits)) for near, edits, _ in found]
        if self._base:
            yield from self._base.within_distance(word, distance)
