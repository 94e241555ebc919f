"""Where exported records come from: the program, its extraction and model, and who judged them, when."""

from __future__ import annotations

from alliance_tui import __version__
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

PROGRAM = f"alliance-tui {__version__}"
MANUAL = "annotation guide 1"
"""The manual by which agreements are annotated, with the version that its first line has."""


def provenance(reviewed: ReviewedAnalysis) -> dict[str, str]:
    """Return the provenance of a document's records, as labels and values."""
    analysis = reviewed.analysis
    ids = {record.id for record in analysis.agreements}
    reviews = [review for record, review in reviewed.reviews.items() if record in ids and review.time]
    values = {
        "program": PROGRAM,
        "extraction": analysis.extractor,
        "model": analysis.model,
        "manual": MANUAL,
        "reviewed by": ", ".join(sorted({review.author for review in reviews})),
        "reviewed until": max((review.time for review in reviews), default=""),
    }
    return {label: value for label, value in values.items() if value}


def provenance_line(reviewed: ReviewedAnalysis) -> str:
    """Return the provenance in one line."""
    return "; ".join(f"{label}: {value}" for label, value in provenance(reviewed).items())
