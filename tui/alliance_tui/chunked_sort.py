"""A sort by offset that lets other threads run between its chunks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Item = TypeVar("Item", bound=tuple[Any, ...])

CHUNK_SIZE = 100_000
"""The code points of a text whose items are sorted at once."""


def sorted_by_offset(items: Iterable[Item]) -> Iterator[Item]:
    """Sort tuples that begin with an offset.

    A single sort of all tuples of a large document holds the interpreter lock for longer than a frame, and the thread
    that draws the screen would wait for it.
    """
    chunks: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        chunks[item[0] // CHUNK_SIZE].append(item)
    for chunk in sorted(chunks):
        yield from sorted(chunks[chunk])
