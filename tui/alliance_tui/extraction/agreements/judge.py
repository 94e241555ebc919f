"""Whether a candidate is a record, only looks like one, or is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.agreements.parties import Names
from alliance_tui.records import Kind

if TYPE_CHECKING:
    from alliance_tui.extraction.agreements.coder import Found

_REFUSED = frozenset({"negated", "bare possibility", "relative"})


def judge(found: Found, names: Names) -> Kind | None:
    """The kind of record that a candidate makes, or None."""
    candidate = found.candidate
    if candidate.notes & _REFUSED:
        return None
    return Kind.AGREEMENT
