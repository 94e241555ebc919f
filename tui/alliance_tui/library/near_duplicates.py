"""Texts that are nearly the same, found by sketches of their shingles.

A sketch is the smallest hashes of a text's runs of words. The part that two texts have in common of the smallest
hashes of both together estimates how alike they are: Jaccard's measure of their sets of shingles (A. Z. Broder, "On
the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

from collections.abc import Collection
from heapq import nsmallest
from itertools import islice
from zlib import crc32

from alliance_tui.search.folding import fold
from alliance_tui.search.tokenizer import word_spans

SKETCH_SIZE = 64
"""Hashes in a sketch: the estimate's standard error is 0.05 where two texts are 0.8 alike."""

MIN_SIMILARITY = 0.7
"""From this estimate on, texts are nearly the same: two words in a hundred may differ anywhere, or a third be added."""

HEAD_SIZE = 16
"""The first hashes of a sketch, by which texts are looked up that may be alike."""

MIN_COMMON_HASHES = 4
"""So many hashes of the heads must be the same before two sketches are compared."""

_SHINGLE_WORDS = 4  # words


def sketch(text: str) -> list[int]:
    """The sketch of a text, in ascending order; shorter than SIZE for a text of few words."""
    folded = [fold(text[start:end]) for start, end in word_spans(text)]
    runs = zip(*(islice(folded, n, None) for n in range(min(_SHINGLE_WORDS, len(folded) or 1))), strict=False)
    return nsmallest(SKETCH_SIZE, {crc32(" ".join(run).encode()) for run in runs})


def similarity(first: Collection[int], second: Collection[int]) -> float:
    """How alike the texts of two sketches are, 0 to 1."""
    smallest = nsmallest(SKETCH_SIZE, {*first, *second})
    common = {*first}.intersection(second)
    return sum(each in common for each in smallest) / len(smallest) if smallest else 0.0
