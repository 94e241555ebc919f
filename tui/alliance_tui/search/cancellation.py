"""Giving a search up between two steps, when the reader has typed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

_ITEMS_PER_CHECK = 200  # items between two looks: well under a millisecond for the slowest kind

_Item = TypeVar("_Item")


class CancelledError(Exception):
    """The search was given up because its caller no longer wants it."""


class CancellationToken:
    """Asks `cancelled` now and then; each method raises CancelledError once it says yes."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled

    def raise_if_cancelled(self) -> None:
        """Asks now."""
        if self._cancelled():
            raise CancelledError

    def iterate(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """The items, asking every few of them."""
        left = iter(items)
        self.raise_if_cancelled()
        while some := tuple(islice(left, _ITEMS_PER_CHECK)):
            yield from some
            self.raise_if_cancelled()
