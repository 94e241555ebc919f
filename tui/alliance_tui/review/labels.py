"""What the reader did, as labels that a query finds, and the search index with them.

See `search.plan.conditions.LabelCondition`.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.review.marks import Marks
from alliance_tui.review.record_changes import RecordReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, with_possible
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import LabelledPassage, ReaderLabels, SearchIndex
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.indexing.vocabulary import Vocabulary


def reader_labels(reviewed: ReviewedAnalysis) -> ReaderLabels:
    """Return the labels of records, passages and the document; the document's are its agreements', too."""
    analysis, document = reviewed.analysis, frozenset(_mark_labels(reviewed.document_marks))
    labels = {identifier: {*document, *_labels(review)} for identifier, review in reviewed.reviews.items()}
    for record in (*analysis.agreements, *analysis.possible) if document else ():
        labels.setdefault(record.id, set(document))
    for record in analysis.possible:
        labels.setdefault(record.id, set()).add("possible")
    for identifier, marks in reviewed.entity_marks.items():
        labels[identifier] = set(_mark_labels(marks))
    passages = (
        LabelledPassage(
            f"passage {number}",
            analysis.document.span(passage.start, passage.end),
            frozenset(_mark_labels(passage.marks)),
        )
        for number, passage in enumerate(reviewed.passages)
        if passage.start is not None and passage.end is not None
    )
    return ReaderLabels(labels, tuple(passage for passage in passages if passage.labels), document)


def index_of(reviewed: ReviewedAnalysis, *, possible: bool = False) -> SearchIndex:
    """Return the search index of a document as its reader sees it, with `possible` of its possible agreements too."""
    analysis = with_possible(reviewed.analysis) if possible else reviewed.analysis
    return SearchIndex.build(analysis.document.text, analysis, reader_labels(reviewed))


def record_index_of(reviewed: ReviewedAnalysis, *, possible: bool = False) -> SearchIndex:
    """Return the same without the text: of the records alone."""
    analysis = with_possible(reviewed.analysis) if possible else reviewed.analysis
    return SearchIndex(Postings([""]), Vocabulary(()), analysis, labels=reader_labels(reviewed))


def _labels(review: RecordReview) -> Iterator[str]:
    if review.judgement:
        yield str(review.judgement)
    if review.is_changed:
        yield "corrected"
    yield from _mark_labels(review)


def _mark_labels(marks: RecordReview | Marks) -> Iterator[str]:
    yield from (f"#{word}" for tag in marks.tags for word in folded_words(tag))
    yield from (f" {word}" for note in marks.notes for word in folded_words(note))
