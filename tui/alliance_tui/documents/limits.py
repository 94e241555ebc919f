"""Limits on the size of a document and on the time and memory that reading and analysing it takes."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Limits on one document; the error for a document over one names it."""

    megabytes: float = 32.0
    """The size of the file, in millions of bytes."""
    pages: int = 3000
    """The pages of a PDF."""
    seconds: float = 60.0
    """The time that reading a file may take by the clock, for formats other than plain text."""
    memory: int = 1024
    """The memory that reading or analysing may take, in millions of bytes, where the system supports such a limit."""
    processor_seconds: float = 20.0
    """The processor time that reading each million bytes, or a part of the analysis, may take.

    `extraction/limits.py` has the rule for the analysis.
    """

    @property
    def bytes(self) -> int:
        """The size limit in bytes."""
        return int(self.megabytes * 1_000_000)


DEFAULT_LIMITS = Limits()
