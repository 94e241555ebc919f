"""Putting what stands in a large text into reading order, in steps that keep no other thread waiting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item", tuple[int, int], tuple[int, int, int], tuple[int, int, str])

STEP = 100_000
"""How many characters of a text are sorted at once."""


def in_order(items: Iterable[Item]) -> Iterator[Item]:
    """Items that begin with an offset, sorted. One sort of all in a large document would have Python for longer than a
    frame, and the screen, which is another thread's, would stand still.
    """
    parts: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        parts[item[0] // STEP].append(item)
    for part in sorted(parts):
        yield from sorted(parts[part])
