"""Commitments: candidates are generated, classified, and made records of agreements with their fields."""

from alliance_tui.extraction.commitments.record_builder import build_records

__all__ = ["build_records"]
