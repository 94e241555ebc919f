"""A document's review: the entries of the log on it, and what they make of its analysis, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from alliance_tui.records import Analysis
from alliance_tui.review.entry import Entry
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, after_step, review_analysis


class DocumentReview(Struct, frozen=True):
    """The analysis as it was extracted, the entries of the log, and the analysis as the reader sees it.

    `read_to` is the number of the log's last row when the entries were read, 0 for an empty log.
    """

    extracted: Analysis
    entries: tuple[Entry, ...]
    reviewed: ReviewedAnalysis
    read_to: int = 0


def make_review(extracted: Analysis, entries: Sequence[Entry], reader: str, read_to: int = 0) -> DocumentReview:
    """Return the review of an analysis, some ten milliseconds for a thousand entries."""
    return DocumentReview(extracted, tuple(entries), review_analysis(extracted, entries, reader), read_to)


def review_after(review: DocumentReview, step: Sequence[Entry], reader: str) -> DocumentReview:
    """Return the review after a further step of the reader; most steps cost no more for many entries."""
    entries = (*review.entries, *step)
    reviewed = after_step(review.reviewed, step, reader) or review_analysis(review.extracted, entries, reader)
    return DocumentReview(review.extracted, entries, reviewed, review.read_to)
