"""An open document's review: the entries of the log on it, and what they make of its analysis."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.explorer.state.document_transitions import update_document
from alliance_tui.explorer.state.explorer_state import ExplorerState, OpenDocument
from alliance_tui.records import Analysis
from alliance_tui.review.entry import Entry
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis


class DocumentReview(Struct, frozen=True):
    """The analysis as it was extracted, the entries of the log, and the analysis as the reader sees it."""

    extracted: Analysis
    entries: tuple[Entry, ...]
    reviewed: ReviewedAnalysis


def make_review(extracted: Analysis, entries: Sequence[Entry], reader: str) -> DocumentReview:
    """Return the review of an analysis, some ten milliseconds for a thousand entries."""
    return DocumentReview(extracted, tuple(entries), review_analysis(extracted, entries, reader))


def extracted_analysis(document: OpenDocument) -> Analysis:
    """Return the document's analysis as it was extracted."""
    return document.review.extracted if document.review else document.analysis


def apply_review(state: ExplorerState, index: int, review: DocumentReview) -> ExplorerState:
    """Show the document of this index as its reader sees it."""
    document = replace(state.documents[index], analysis=review.reviewed.analysis, review=review)
    state = update_document(state, index, document)
    return replace(state, marked=state.marked & {record.id for record in state.analysis.agreements})
