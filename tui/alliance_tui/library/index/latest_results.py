"""A cache that is bounded by what its results hold together, not by their number alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sized
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result", bound=Sized)


class LatestResults(Generic[Key, Result]):
    """Call a function of one argument, and keep its latest results: `most_results` with `most_items` in all.

    The latest one is kept whatever its size. For one thread.
    """

    def __init__(self, function: Callable[[Key], Result], most_results: int, most_items: int) -> None:
        self._function = function
        self._most_results = most_results
        self._most_items = most_items
        self._results: dict[Key, Result] = {}  # the one used last at the end
        self._items = 0

    def __call__(self, key: Key) -> Result:
        """Return the kept or a new result."""
        if (result := self._results.pop(key, None)) is None:
            result = self._function(key)
            self._items += len(result)
        self._results[key] = result
        while len(self._results) > 1 and (len(self._results) > self._most_results or self._items > self._most_items):
            self._items -= len(self._results.pop(next(iter(self._results))))
        return result
