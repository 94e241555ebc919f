"""Giving a search up between two steps, when the reader has typed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

_STEPS = 200  # items between two looks: well under a millisecond for the slowest kind

_Item = TypeVar("_Item")


class CancelledError(Exception):
    """The search was given up because its caller no longer wants it."""


class Watch:
    """Asks `cancelled` now and then; each method raises CancelledError once it says yes."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled

    def look(self) -> None:
        """Asks now."""
        if self._cancelled():
            raise CancelledError

    def over(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """The items, asking every few of them."""
        left = iter(items)
        self.look()
        while some := tuple(islice(left, _STEPS)):
            yield from some
            self.look()
