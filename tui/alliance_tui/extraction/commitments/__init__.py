"""Commitments: candidates are generated, classified, and made records of agreements with their fields."""

from alliance_tui.extraction.commitments.record_builder import build_records
from alliance_tui.extraction.cues import has_cue

__all__ = ["build_records", "has_cue"]
