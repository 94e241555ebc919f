"""Values that a reader types for a record's fields, read by the rules of the extraction."""

from __future__ import annotations

import re

from alliance_tui.extraction.amounts import find_amounts
from alliance_tui.extraction.dates.deadlines import edtf_bounds, find_date_expressions
from alliance_tui.records import Deadline, Span
from alliance_tui.review.corrections import ValueReaders

_EDTF = re.compile(r"[\dXuU?~%/.Y-]+")
"""The characters of EDTF; any other value is words."""


def read_deadline(typed: str, date: str | None) -> Deadline | None:
    """Return the deadline that EDTF or words give, resolved against the document's date; None for neither."""
    words = Span(0, len(typed), typed)
    if _EDTF.fullmatch(typed):
        bounds = _bounds(typed)
        return Deadline(typed, words, *bounds) if bounds else None
    expressions = find_date_expressions(typed, 0, len(typed), date)
    return expressions[0].deadline if expressions else None


def _bounds(edtf: str) -> tuple[str | None, str | None] | None:
    """Return the first and last day of EDTF; None for a text that is not EDTF."""
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        return edtf_bounds(edtf)
    except (EDTFParseException, ValueError):
        return None


VALUE_READERS = ValueReaders(deadline=read_deadline, amounts=lambda typed: find_amounts(typed, 0, len(typed)))
"""The readers of typed values."""
