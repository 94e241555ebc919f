"""Which records are exported: those of one judgement or kind, or with tags or notes; by default all not rejected."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from alliance_tui.records import Agreement, Kind
from alliance_tui.review.record_changes import Judgement, RecordReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

_UNTOUCHED = RecordReview()

_CHOICES: Mapping[str, Callable[[Agreement, RecordReview], bool]] = {
    "accepted": lambda record, review: review.judgement is Judgement.ACCEPTED,
    "rejected": lambda record, review: review.judgement is Judgement.REJECTED,
    "doubted": lambda record, review: review.judgement is Judgement.DOUBTED,
    "new": lambda record, review: review.judgement is None,
    "corrected": lambda record, review: review.is_changed,
    "judged": lambda record, review: review.is_decided,
    "marked": lambda record, review: bool(review.tags or review.notes),
    "agreement": lambda record, review: record.kind is Kind.AGREEMENT,
    "declaratory": lambda record, review: record.kind is Kind.DECLARATORY,
    "possible": lambda record, review: True,
}
SELECTIONS = tuple(_CHOICES)
"""What may be selected; "possible" are the possible agreements, which are not among the others."""


def select_records(reviewed: ReviewedAnalysis, only: str | None = None) -> ReviewedAnalysis:
    """Return the analysis with the records of this selection; without one, with those that are not rejected."""
    analysis = reviewed.analysis
    choice = _CHOICES[only] if only else lambda _, review: review.judgement is not Judgement.REJECTED
    records = analysis.possible if only == "possible" else analysis.agreements
    chosen = tuple(record for record in records if choice(record, reviewed.reviews.get(record.id, _UNTOUCHED)))
    if chosen == analysis.agreements:
        return reviewed
    return replace(reviewed, analysis=replace(analysis, agreements=chosen))
