"""What the reader did with records, as labels that a query finds: see `search.plan.conditions.LabelCondition`."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.review.record_changes import RecordReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.search_index import Labels
from alliance_tui.search.indexing.tokenizer import folded_words


def record_labels(reviewed: ReviewedAnalysis) -> Labels:
    """Return the labels of the records that have any, by record id."""
    labels = {identifier: set(_labels(review)) for identifier, review in reviewed.reviews.items()}
    for record in reviewed.analysis.possible:
        labels.setdefault(record.id, set()).add("possible")
    return labels


def _labels(review: RecordReview) -> Iterator[str]:
    if review.judgement:
        yield str(review.judgement)
    if review.is_changed:
        yield "corrected"
    yield from (f"#{fold(tag)}" for tag in review.tags)
    yield from (f" {word}" for note in review.notes for word in folded_words(note))
