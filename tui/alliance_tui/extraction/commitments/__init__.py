"""The coding of agreements: candidate clauses, what they are, and the fields of their records."""

from alliance_tui.extraction.commitments.record_builder import build_records
from alliance_tui.extraction.cues import has_cue

__all__ = ["build_records", "has_cue"]
