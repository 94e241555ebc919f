"""Transitions of an open document's review: showing what the log says of it, and its possible agreements."""

from __future__ import annotations

from msgspec.structs import replace

from alliance_tui.explorer.state.document_transitions import update_document
from alliance_tui.explorer.state.explorer_state import ExplorerState, OpenDocument
from alliance_tui.records import Analysis
from alliance_tui.review.document_review import DocumentReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, with_possible, without_possible


def extracted_analysis(document: OpenDocument) -> Analysis:
    """Return the document's analysis as it was extracted."""
    if document.review:
        return document.review.extracted
    return without_possible(document.analysis) if document.shows_possible else document.analysis


def reviewed_analysis(analysis: Analysis, review: DocumentReview | None) -> ReviewedAnalysis:
    """Return some of the records that are shown of a document, with what its review says of them."""
    return replace(review.reviewed, analysis=analysis) if review else ReviewedAnalysis(analysis)


def toggle_possible(state: ExplorerState) -> ExplorerState:
    """List the possible agreements too, or no longer."""
    document = state.current_document
    shown = without_possible if document.shows_possible else with_possible
    document = replace(document, analysis=shown(document.analysis), shows_possible=not document.shows_possible)
    return update_document(state, state.position.document_index, document)


def list_possible_for(state: ExplorerState, *, asked: bool) -> ExplorerState:
    """List the possible agreements while the query asks for them, unless they are listed anyway."""
    document = state.current_document
    if asked is document.possible_asked or (asked and (document.shows_possible or not document.analysis.possible)):
        return state
    toggled = toggle_possible(state) if asked is not document.shows_possible else state
    shown = replace(toggled.current_document, possible_asked=asked)
    return update_document(toggled, state.position.document_index, shown)


def apply_review(state: ExplorerState, index: int, review: DocumentReview) -> ExplorerState:
    """Show the document of this index as its reader sees it."""
    document, analysis = state.documents[index], review.reviewed.analysis
    if document.review and document.review.reviewed.analysis is analysis:  # a judgement leaves all that is shown of it
        document = replace(document, review=review)
    else:
        shown = with_possible(analysis) if document.shows_possible else analysis
        document = replace(document, analysis=shown, review=review)
    state = update_document(state, index, document)
    return replace(state, marked=state.marked & {record.id for record in state.analysis.agreements})
