"""How large a document may be, and how long reading it may take."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """What reading one document may cost. A document past a limit is refused, with the limit named."""

    megabytes: float = 32.0
    """The size of the file, in millions of bytes."""
    pages: int = 3000
    """The pages of a PDF."""
    seconds: float = 60.0
    """The time that reading a file of any format but plain text may take."""
    memory: int = 1024
    """The memory, in millions of bytes, that this may take (where the system keeps such a limit)."""

    @property
    def bytes(self) -> int:
        """The size of the file in bytes."""
        return int(self.megabytes * 1_000_000)


DEFAULT_LIMITS = Limits()
