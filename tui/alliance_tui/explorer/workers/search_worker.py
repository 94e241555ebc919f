"""Searches of one document: an index that follows the analysis, and searches in a thread that the next key ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.explorer.state import transitions
from alliance_tui.explorer.state.explorer_state import ExplorerState, OpenDocument, precompute_rows
from alliance_tui.explorer.workers.scheduling import RenderPriority
from alliance_tui.highlighting import Highlights, SelectedRecord, compute_highlights
from alliance_tui.records import Analysis
from alliance_tui.search.cancellation import CancellationToken, CancelledError
from alliance_tui.search.matches import Matches

if TYPE_CHECKING:
    from alliance_tui.review.document_review import DocumentReview
    from alliance_tui.search.indexing.search_index import ReaderLabels, SearchIndex

SHORT_TEXT = 20_000
"""A text of at most this many characters is searched and highlighted in less than 8 ms, so at once."""

_POLL_SECONDS = 0.01  # between two checks whether a search that waits for the index is obsolete
_MAX_CACHED = 16
"""Results that are cached of one analysis: deleting a letter searches again for an earlier query."""


class SearchResult(Struct, frozen=True):
    """The matches of a query in an analysis, and the highlights for them and the selection of that time."""

    analysis: Analysis
    matches: Matches
    selection: SelectedRecord | None
    highlights: Highlights


class SearchWorker:
    """Searches one document as its analysis grows. `search.engine` is imported at the first use."""

    def __init__(self) -> None:
        self._index: SearchIndex | None = None
        self._indexed: tuple[Analysis | None, DocumentReview | None] = None, None
        self._search_number = 0
        self._indexing = threading.Lock()
        """Held while an index is made and warmed up: keys typed meanwhile wait for it and make none of their own."""
        self.render_priority = RenderPriority()
        self._pause_check = self.render_priority.cancellation_check(lambda: False)
        self._cached: dict[tuple[str, SelectedRecord | None], SearchResult] = {}
        self.saved: Mapping[str, str] = {}
        """The reader's saved queries by name."""

    def index_for(self, document: OpenDocument) -> SearchIndex | None:
        """Return the index of a document as it is now, if it has been made."""
        analysis, review = self._indexed
        return self._index if analysis is document.analysis and review is document.review else None

    def search_now(self, document: OpenDocument, query: str) -> Matches | None:
        """Return the matches if they can be had within a frame, else None."""
        index = self.index_for(document)
        if index is None or len(document.document.text) > SHORT_TEXT:
            return None
        return self._matches(index, query)

    async def search(self, state: ExplorerState) -> SearchResult | None:
        """Return the result for the state's query; None once another search has been asked for."""
        self._search_number += 1
        search_number = self._search_number
        return await asyncio.to_thread(self._search, state, search_number)

    async def prepare(self, state: ExplorerState) -> SearchIndex:
        """Build the index and the base highlights of the state's analysis ahead of the first key."""
        return await asyncio.to_thread(self._prepare, state)

    def _prepare(self, state: ExplorerState) -> SearchIndex:
        from alliance_tui.search.engine import warm_up

        with self._indexing:
            index = self._follow(state)
            warm_up(index, self._pause_check)
            compute_highlights(state.analysis, Matches(""), None, self._pause_check)  # caches what every query shares
        return index

    def _follow(self, state: ExplorerState) -> SearchIndex:
        """Return the index of the state's analysis, made of the last one as far as that goes."""
        from alliance_tui.search.indexing.search_index import SearchIndex

        if index := self.index_for(state.current_document):
            return index
        index, analysis, labels = self._index, state.analysis, _labels(state)
        cancellation = CancellationToken(self._pause_check)  # never cancelled, but lets the screen be painted
        if index is not None and self._indexed[0] is analysis:
            index = index.with_labels(labels)
        elif index is not None and index.analysis and index.analysis.document.sha256 == analysis.document.sha256:
            index = index.with_analysis(analysis, labels, cancellation)
        else:
            index = SearchIndex.build(analysis.document.text, analysis, labels, cancellation)
        self._index, self._indexed, self._cached = index, (analysis, state.current_document.review), {}
        return index

    def _search(self, state: ExplorerState, search_number: int) -> SearchResult | None:
        cancelled = self.render_priority.cancellation_check(lambda: search_number != self._search_number)
        while not self._indexing.acquire(timeout=_POLL_SECONDS):
            if cancelled():
                return None
        try:
            index, cached = self._follow(state), self._cached
        finally:
            self._indexing.release()
        key = state.position.query, state.selection
        result = cached.get(key)
        if result is None:
            matches = self._matches(index, state.position.query, cancelled)
            try:
                highlights = compute_highlights(state.analysis, matches, state.selection, cancelled)
            except CancelledError:
                return None
            result = SearchResult(state.analysis, matches, state.selection, highlights)
            cached[key] = result
            for oldest in list(cached)[:-_MAX_CACHED]:
                cached.pop(oldest, None)
        precompute_rows(transitions.apply_matches(state, result.matches), result.highlights)
        return result if search_number == self._search_number else None

    def _matches(self, index: SearchIndex, query: str, cancelled: Callable[[], bool] = lambda: False) -> Matches:
        from alliance_tui.search.engine import search
        from alliance_tui.search.saved_queries import expand_saved

        expanded, problems = expand_saved(query, self.saved)
        matches = search(index, expanded, cancelled=cancelled)
        return matches if expanded is query else replace(matches, query=query, problems=(*problems, *matches.problems))


def _labels(state: ExplorerState) -> ReaderLabels:
    """Return what the reader did with the document on the screen, as a query finds it."""
    from alliance_tui.search.indexing.search_index import NO_LABELS

    review, analysis = state.current_document.review, state.analysis
    if review is None and not analysis.possible:
        return NO_LABELS
    from alliance_tui.review.labels import reader_labels  # with the first step of a review
    from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

    return reader_labels(review.reviewed if review else ReviewedAnalysis(analysis))
