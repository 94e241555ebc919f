"""Remembering what was last made of large frozen values, told apart by identity."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Maker = TypeVar("Maker", bound=Callable[..., object])
LATEST = 4
"""How many results are kept of each function; the oldest goes first."""


def remembered(make: Maker) -> Maker:
    """The function, giving the same result again for the very same arguments, which must be frozen.

    Equal arguments are not enough: comparing two analyses costs more than what is made of them. Threads may share it:
    what is kept is replaced whole, so that at worst two of them make the same.
    """
    kept: tuple[tuple[tuple[object, ...], object], ...] = ()

    @wraps(make)
    def _made(*arguments: object) -> object:
        nonlocal kept
        for known, result in kept:
            if all(one is other for one, other in zip(known, arguments, strict=True)):
                return result
        result = make(*arguments)
        kept = ((arguments, result), *kept[: LATEST - 1])
        return result

    return _made  # type: ignore[return-value]
