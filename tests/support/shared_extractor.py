"""The extractor that tests share: spaCy and the encoder are loaded once a process."""

from __future__ import annotations

from functools import cache

from alliance_tui.extraction.pipeline import Extractor


@cache
def shared_extractor() -> Extractor:
    """Return the process's extractor."""
    return Extractor()
