"""A cache of function results by the identity of the arguments, for large frozen values."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])
MAX_RESULTS = 4
"""The results kept for each function; the oldest is dropped first."""


def cache_by_identity(function: Function) -> Function:
    """Decorate a function so that it returns the same result for the very same (frozen) arguments.

    Arguments are compared by identity: comparing two analyses by value costs more than most results. Threads may share
    the function: its entries are replaced as a whole, so the worst case is that two threads compute the same result.
    """
    entries: tuple[tuple[tuple[object, ...], object], ...] = ()

    @wraps(function)
    def _cached(*arguments: object) -> object:
        nonlocal entries
        for cached_arguments, result in entries:
            if all(cached is argument for cached, argument in zip(cached_arguments, arguments, strict=True)):
                return result
        result = function(*arguments)
        entries = ((arguments, result), *entries[: MAX_RESULTS - 1])
        return result

    return _cached  # type: ignore[return-value]
