"""The limit on what a search reads of the library for one key."""

from __future__ import annotations

import math

from msgspec import Struct


class ReadingLimit(Struct, frozen=True):
    """The most documents read once a screenful is found, and the most seconds whatever is found."""

    documents: float = math.inf
    seconds: float = math.inf

    def is_reached(self, documents: int, seconds: float, *, is_screen_filled: bool) -> bool:
        """Return whether no more may be read after these documents, which took these seconds."""
        return seconds >= self.seconds or (is_screen_filled and documents >= self.documents)


NO_LIMIT = ReadingLimit()
