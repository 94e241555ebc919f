"""The coding of agreements: candidate clauses, what they are, and the fields of their records."""

from alliance_tui.extraction.agreements.coder import code
from alliance_tui.extraction.agreements.cues import has_cue

__all__ = ["code", "has_cue"]
