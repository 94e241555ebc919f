"""Surfaces of the program, and attempts at finding a fault in one."""

from __future__ import annotations

import random
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

Attempt = Callable[[random.Random, Path], Iterable[str]]
"""Tries something at random in an empty folder, and yields a sentence for each fault."""


class Surface(NamedTuple):
    """A part of the program, or of what happens to it, with an attempt; `unit` is what one attempt tries."""

    name: str
    attempt: Attempt
    unit: str
    units_per_attempt: int = 1
    short_attempts: int = 2
    """Attempts in the short form; 0 where one takes too long for it."""


@dataclass
class Tally:
    """Attempts at one surface: how many, how many with a fault, and the seconds of the slowest."""

    attempts: int = 0
    failed: int = 0
    slowest: float = 0.0
    spent: float = 0.0

    def add(self, seconds: float, faults: list[str]) -> None:
        """Count an attempt."""
        self.attempts += 1
        self.failed += bool(faults)
        self.slowest = max(self.slowest, seconds)
        self.spent += seconds


def attempt(surface: Surface, seed: int, number: int) -> tuple[float, list[str]]:
    """Make the attempt of this number; return its seconds and its faults, an exception among them."""
    chance = random.Random(f"{surface.name} {seed} {number}")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        try:
            faults = list(surface.attempt(chance, Path(folder)))
        except Exception:
            faults = [traceback.format_exc()]
    return time.monotonic() - begun, faults
