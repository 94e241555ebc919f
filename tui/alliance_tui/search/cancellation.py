"""Cooperative cancellation of a search that a newer query has made obsolete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

_ITEMS_PER_CHECK = 200  # well under a millisecond of work for the slowest kind of item

_Item = TypeVar("_Item")


class CancelledError(Exception):
    """A search was cancelled by its caller."""


class CancellationToken:
    """Wraps the caller's `cancelled` predicate; both methods raise CancelledError once it returns True."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled

    def raise_if_cancelled(self) -> None:
        """Check once."""
        if self._cancelled():
            raise CancelledError

    def iterate(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield the items and check at intervals."""
        iterator = iter(items)
        self.raise_if_cancelled()
        while chunk := tuple(islice(iterator, _ITEMS_PER_CHECK)):
            yield from chunk
            self.raise_if_cancelled()


def never() -> bool:
    """Return False: nothing cancels this search."""
    return False


NEVER_CANCELLED = CancellationToken(never)
"""For work that nothing makes obsolete and that need not let another thread by."""
