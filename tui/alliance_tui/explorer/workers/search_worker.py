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


_Expanded = tuple[str, tuple[str, ...]]
"""A query with the terms of the saved ones that it names, and the messages on those that it cannot have."""


class _Indexed(Struct, frozen=True):
    """The index of a document as it was when a search or a preparation was asked for: the `request`, numbered from 1.

    `results` are those of the last queries, by query, what that stands for, and selection.
    """

    request: int
    analysis: Analysis
    review: DocumentReview | None
    index: SearchIndex
    results: dict[tuple[str, _Expanded, SelectedRecord | None], SearchResult]


class SearchWorker:
    """Searches one document as its analysis grows. `search.engine` is imported at the first use."""

    def __init__(self) -> None:
        self._indexed: _Indexed | None = None
        """The index made for the latest request; that of an earlier one, whose thread is late, never replaces it."""
        self._request_number = 0
        self._search_number = 0
        """The number of the last request that is a search."""
        self._indexing = threading.Lock()
        """Held while what every search needs is made: keys typed meanwhile wait for it and make none of their own."""
        self.render_priority = RenderPriority()
        self._pause_check = self.render_priority.cancellation_check(lambda: False)
        self.saved: Mapping[str, str] = {}
        """The reader's saved queries by name."""

    def index_for(self, document: OpenDocument) -> SearchIndex | None:
        """Return the index of a document as it is now, if it has been made."""
        indexed = self._indexed_as(document)
        return indexed.index if indexed else None

    def _indexed_as(self, document: OpenDocument) -> _Indexed | None:
        indexed = self._indexed
        is_current = indexed and indexed.analysis is document.analysis and indexed.review is document.review
        return indexed if is_current else None

    def search_now(self, document: OpenDocument, query: str) -> Matches | None:
        """Return the matches if they can be had within a frame, else None."""
        index = self.index_for(document)
        if index is None or len(document.document.text) > SHORT_TEXT:
            return None
        return _matches(index, query, self._expand(query))

    async def search(self, state: ExplorerState) -> SearchResult | None:
        """Return the result for the state's query; None once another search has been asked for."""
        self._search_number = number = self._next_request()
        return await asyncio.to_thread(self._search, state, number)

    async def prepare(self, state: ExplorerState) -> SearchIndex:
        """Make the index and the base highlights of the state's analysis ahead of the first key.

        Once a search is asked for, the word lists that not every search needs are left to those that do.
        """
        return await asyncio.to_thread(self._prepare, state, self._next_request())

    def _next_request(self) -> int:
        self._request_number += 1
        return self._request_number

    def _prepare(self, state: ExplorerState, number: int) -> SearchIndex:
        from alliance_tui.search.engine import read_word_lists, warm_up

        with self._indexing:
            index = self._follow(state, number).index
            warm_up(index)
            compute_highlights(state.analysis, Matches(""), None, self._pause_check)  # caches what every query shares
        read_word_lists(index, self.render_priority.cancellation_check(lambda: self._search_number > number))
        return index

    def _follow(self, state: ExplorerState, number: int) -> _Indexed:
        """Return the index of the state's analysis, made of the last one as far as that goes."""
        from alliance_tui.search.indexing.search_index import SearchIndex

        last = self._indexed
        if indexed := self._indexed_as(state.current_document):
            return indexed
        analysis, review, labels = state.analysis, state.current_document.review, _labels(state)
        cancellation = CancellationToken(self._pause_check)  # never cancelled, but lets the screen be painted
        if last is not None and last.analysis is analysis:
            index = last.index.with_labels(labels)
        elif last is not None and last.analysis.document.sha256 == analysis.document.sha256:
            index = last.index.with_analysis(analysis, labels, cancellation)
        else:
            index = SearchIndex.build(analysis.document.text, analysis, labels, cancellation)
        indexed = _Indexed(number, analysis, review, index, {})
        if last is None or last.request < number:
            self._indexed = indexed
        return indexed

    def _search(self, state: ExplorerState, number: int) -> SearchResult | None:
        cancelled = self.render_priority.cancellation_check(lambda: number != self._search_number)
        while not self._indexing.acquire(timeout=_POLL_SECONDS):
            if cancelled():
                return None
        try:
            if cancelled():
                return None
            indexed = self._follow(state, number)
        finally:
            self._indexing.release()
        query = state.position.query
        expanded = self._expand(query)
        key = query, expanded, state.selection
        result = indexed.results.get(key)
        if result is None:
            matches = _matches(indexed.index, query, expanded, cancelled)
            try:
                highlights = compute_highlights(state.analysis, matches, state.selection, cancelled)
            except CancelledError:
                return None
            result = SearchResult(state.analysis, matches, state.selection, highlights)
            indexed.results[key] = result
            for oldest in list(indexed.results)[:-_MAX_CACHED]:
                indexed.results.pop(oldest, None)
        precompute_rows(transitions.apply_matches(state, result.matches), result.highlights)
        return result if number == self._search_number else None

    def _expand(self, query: str) -> _Expanded:
        from alliance_tui.search.saved_queries import expand_saved

        return expand_saved(query, self.saved)


def _matches(
    index: SearchIndex, query: str, expanded: _Expanded, cancelled: Callable[[], bool] = lambda: False
) -> Matches:
    from alliance_tui.search.engine import search

    terms, problems = expanded
    matches = search(index, terms, cancelled=cancelled)
    return matches if terms is query else replace(matches, query=query, problems=(*problems, *matches.problems))


def _labels(state: ExplorerState) -> ReaderLabels:
    """Return what the reader did with the document on the screen, as a query finds it."""
    from alliance_tui.search.indexing.search_index import NO_LABELS

    review, analysis = state.current_document.review, state.analysis
    if review is None and not analysis.possible:
        return NO_LABELS
    from alliance_tui.review.labels import reader_labels  # with the first step of a review
    from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

    return reader_labels(review.reviewed if review else ReviewedAnalysis(analysis))
