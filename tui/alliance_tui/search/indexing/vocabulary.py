"""The set of distinct folded words of a text or a library, with prefix, suffix, substring and fuzzy look-up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

_CHUNK_SIZE = 8_000  # words compared between two checks for cancellation: about 2 ms


class Vocabulary:
    """A set of folded words. `base` is a larger vocabulary that this one extends and shares."""

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
        """Whether the base (or, without a base, this vocabulary) contains the word."""
        return word in (self._base or self)

    def with_prefix(self, prefix: str) -> Iterator[str]:
        """Yield the words that begin with `prefix`, itself included."""
        for i in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if not self._sorted[i].startswith(prefix):
                break
            yield self._sorted[i]
        if self._base:
            yield from self._base.with_prefix(prefix)

    def with_suffix(self, suffix: str) -> Iterator[str]:
        """Yield the words that end with `suffix`, itself included."""
        yield from (word for word in self._sorted if word.endswith(suffix))
        if self._base:
            yield from self._base.with_suffix(suffix)

    def with_substring(self, substring: str) -> Iterator[str]:
        """Yield the words that contain `substring`."""
        yield from (word for word in self._sorted if substring in word)
        if self._base:
            yield from self._base.with_substring(substring)

    def within_distance(self, word: str, distance: int) -> Iterator[list[tuple[str, int]]]:
        """Yield chunks of the words within `distance` edits, each with its distance.

        The distance is optimal string alignment (a transposition is one edit). Chunks let a search be cancelled early.
        """
        for length in range(max(1, len(word) - distance), len(word) + distance + 1):
            candidates = self._by_length.get(length, [])
            for start in range(0, len(candidates), _CHUNK_SIZE):
                matches = process.extract(
                    word,
                    candidates[start : start + _CHUNK_SIZE],
                    scorer=OSA.distance,
                    score_cutoff=distance,
                    limit=None,
                )
                yield [(near, int(edits)) for near, edits, _ in matches]
        if self._base:
            yield from self._base.within_distance(word, distance)
