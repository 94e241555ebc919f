"""What the reader did with records, as labels that a query finds, and the search index with them.

See `search.plan.conditions.LabelCondition`.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.review.record_changes import RecordReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, with_possible
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import Labels, SearchIndex
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.indexing.vocabulary import Vocabulary


def record_labels(reviewed: ReviewedAnalysis) -> Labels:
    """Return the labels of the records that have any, by record id."""
    labels = {identifier: set(_labels(review)) for identifier, review in reviewed.reviews.items()}
    for record in reviewed.analysis.possible:
        labels.setdefault(record.id, set()).add("possible")
    return labels


def index_of(reviewed: ReviewedAnalysis, *, possible: bool = False) -> SearchIndex:
    """Return the search index of a document as its reader sees it, with `possible` of its possible agreements too."""
    analysis = with_possible(reviewed.analysis) if possible else reviewed.analysis
    return SearchIndex.build(analysis.document.text, analysis, record_labels(reviewed))


def record_index_of(reviewed: ReviewedAnalysis, *, possible: bool = False) -> SearchIndex:
    """Return the same without the text: of the records alone."""
    analysis = with_possible(reviewed.analysis) if possible else reviewed.analysis
    return SearchIndex(Postings([""]), Vocabulary(()), analysis, labels=record_labels(reviewed))


def _labels(review: RecordReview) -> Iterator[str]:
    if review.judgement:
        yield str(review.judgement)
    if review.is_changed:
        yield "corrected"
    yield from (f"#{fold(tag)}" for tag in review.tags)
    yield from (f" {word}" for note in review.notes for word in folded_words(note))
