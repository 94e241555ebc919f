"""The review log as the explorer uses it, in a thread: an open document's entries, and a further step."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from alliance_tui.explorer.state.document_review import extracted_analysis
from alliance_tui.explorer.state.explorer_state import AnalysisStage, OpenDocument
from alliance_tui.library.review.review_log import ReviewLog
from alliance_tui.review.document_review import DocumentReview, make_review, review_after
from alliance_tui.review.entry import Entry, Step, begin_step
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

MakeEntries = Callable[[Step], list[Entry]]
"""Makes the entries of a step; none if there is nothing to do."""


def load_review(log: ReviewLog, document: OpenDocument, reader: str) -> DocumentReview | None:
    """Return what the log says of a document, None where it says nothing. Raises LibraryError."""
    entries, read_to = log.read_for(document.document)
    if not entries:
        return None
    if document.stage is AnalysisStage.WAITING:  # its analysis is not known yet
        return DocumentReview(document.analysis, tuple(entries), ReviewedAnalysis(document.analysis), read_to)
    return make_review(extracted_analysis(document), entries, reader, read_to)


def append_step(log: ReviewLog, document: OpenDocument, reader: str, make: MakeEntries) -> DocumentReview | None:
    """Append a step; when this returns, it is on disk. Return the review with it, None if it has no entries.

    Raises LibraryError.
    """
    entries = make(begin_step(document.document, reader, document.analysis.possible))
    if not entries:
        return None
    before = document.review or make_review(extracted_analysis(document), (), reader)
    after = review_after(before, entries, reader)
    read_to = log.append_step(entries, before, after)
    if read_to is not None:
        return replace(after, read_to=read_to)
    everything, read_to = log.read_for(document.document)  # with what another instance did meanwhile
    return make_review(before.extracted, everything, reader, read_to)
