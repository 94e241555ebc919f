"""The review log as the explorer uses it, in a thread: an open document's entries, and a further step."""

from __future__ import annotations

from collections.abc import Callable

from alliance_tui.explorer.state.document_review import DocumentReview, extracted_analysis, make_review
from alliance_tui.explorer.state.explorer_state import AnalysisStage, OpenDocument
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.review.entry import Entry, Step, begin_step
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

MakeEntries = Callable[[Step], list[Entry]]
"""Makes the entries of a step; none if there is nothing to do."""


def load_review(log: ReviewLog, document: OpenDocument, reader: str) -> DocumentReview | None:
    """Return what the log says of a document, None where it says nothing. Raises LibraryError."""
    entries = log.of_document(document.document)
    if not entries:
        return None
    if document.stage is AnalysisStage.WAITING:  # its analysis is not known yet
        return DocumentReview(document.analysis, tuple(entries), ReviewedAnalysis(document.analysis))
    return make_review(extracted_analysis(document), entries, reader)


def append_step(log: ReviewLog, document: OpenDocument, reader: str, make: MakeEntries) -> DocumentReview | None:
    """Append a step; when this returns, it is on disk. Return the review with it, None if it has no entries.

    Raises LibraryError.
    """
    entries = make(begin_step(document.document, reader, document.analysis.possible))
    if not entries:
        return None
    log.append(entries)
    return make_review(extracted_analysis(document), log.of_document(document.document), reader)
