"""Near duplicates, found by MinHash sketches of shingles.

A sketch is the smallest hashes of a text's shingles (runs of words). The share that two texts have in common of the
smallest hashes of both together estimates the Jaccard similarity of their sets of shingles (A. Z. Broder, "On the
resemblance and containment of documents", 1997).
"""

from __future__ import annotations

from collections.abc import Collection
from heapq import nsmallest
from itertools import islice
from zlib import crc32

from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.tokenizer import word_spans

SKETCH_SIZE = 64
"""Hashes in a sketch: the estimate's standard error is 0.05 for two texts of similarity 0.8."""

MIN_SIMILARITY = 0.7
"""The estimate above which texts are near duplicates: two words in a hundred may differ, or a third be added."""

HEAD_SIZE = 16
"""Hashes at the start of a sketch that are indexed, to look up texts that may be similar."""

MIN_COMMON_HASHES = 4
"""Hashes that two heads must share before their sketches are compared."""

MAX_TEXTS_OF_HASH = 200
"""Texts, the earliest, that are looked up by one hash. Phrases that many documents share would else make the look-up of
each document the longer, the more documents there are; a near duplicate shares rarer hashes too."""

_WORDS_PER_SHINGLE = 4


def sketch(text: str) -> list[int]:
    """Return the sketch of a text, in ascending order; shorter than SKETCH_SIZE for a text of few words."""
    folded = [fold(text[start:end]) for start, end in word_spans(text)]
    shingles = zip(*(islice(folded, n, None) for n in range(min(_WORDS_PER_SHINGLE, len(folded) or 1))), strict=False)
    return nsmallest(SKETCH_SIZE, {crc32(" ".join(shingle).encode()) for shingle in shingles})


def similarity(first: Collection[int], second: Collection[int]) -> float:
    """Estimate the similarity of the texts of two sketches, 0 to 1."""
    smallest = nsmallest(SKETCH_SIZE, {*first, *second})
    common = {*first}.intersection(second)
    return sum(hash_ in common for hash_ in smallest) / len(smallest) if smallest else 0.0
