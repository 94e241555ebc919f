"""Answers to queries: an index that follows the analysis, and searches in a thread that the next key ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec import Struct

from alliance_tui.explorer.state import transitions
from alliance_tui.explorer.state.explorer_state import ExplorerState, precompute_rows
from alliance_tui.explorer.workers.scheduling import RenderPriority
from alliance_tui.highlighting import Highlights, SelectedRecord, compute_highlights
from alliance_tui.records import Analysis
from alliance_tui.search.matches import Matches

if TYPE_CHECKING:
    from alliance_tui.search.indexing.search_index import SearchIndex

SHORT_TEXT = 20_000
"""A text of at most this many characters is searched and lit in less than 8 ms whatever is asked, so at once."""

_MAX_CACHED = 16
"""How many answers on one analysis are kept: a letter taken back asks again what was asked before it."""


class SearchResult(Struct, frozen=True):
    """The matches of a query, and what they light in the analysis that was searched, with what was chosen then."""

    analysis: Analysis
    matches: Matches
    selection: SelectedRecord | None
    highlights: Highlights


class SearchWorker:
    """Searches one document as its analysis grows. `search.engine` is imported on the first use only."""

    def __init__(self) -> None:
        self._index: SearchIndex | None = None
        self._of: Analysis | None = None
        self._ticket = 0
        self.render_priority = RenderPriority()
        self._answers: dict[tuple[str, SelectedRecord | None], SearchResult] = {}

    def index_for(self, analysis: Analysis) -> SearchIndex | None:
        """The index of this very analysis, if it has been made."""
        return self._index if self._of is analysis else None

    def search_now(self, analysis: Analysis, query: str) -> Matches | None:
        """The matches, where they are to be had within a frame; else None."""
        index = self.index_for(analysis)
        if index is None or len(analysis.document.text) > SHORT_TEXT:
            return None
        from alliance_tui.search.engine import search

        return search(index, query)

    async def search(self, state: ExplorerState) -> SearchResult | None:
        """The answer to the query of the state; None where another search has been asked for meanwhile."""
        self._ticket += 1
        ticket = self._ticket
        return await asyncio.to_thread(self._search, state, ticket)

    async def prepare(self, analysis: Analysis) -> SearchIndex:
        """Make the index of this analysis and what it lights, so that the first key finds them ready."""
        index = await asyncio.to_thread(self._prepare, analysis)
        await asyncio.to_thread(index.warm_up)
        await asyncio.to_thread(
            compute_highlights, analysis, Matches(""), None
        )  # what is the same for every query stays made
        return index

    def _prepare(self, analysis: Analysis) -> SearchIndex:
        from alliance_tui.search.indexing.search_index import SearchIndex

        index = self._index
        if index is not None and self._of is analysis:
            return index
        same_text = self._of is not None and self._of.document.sha256 == analysis.document.sha256
        if index is not None and same_text:
            index = index.with_analysis(analysis)
        else:
            index = SearchIndex.build(analysis.document.text, analysis)
        self._index, self._of, self._answers = index, analysis, {}
        return index

    def _search(self, state: ExplorerState, ticket: int) -> SearchResult | None:
        from alliance_tui.search.engine import search

        index, answers = self._prepare(state.analysis), self._answers
        asked = state.position.query, state.selection
        answer = answers.get(asked)
        if answer is None:
            matches = search(
                index,
                state.position.query,
                cancelled=self.render_priority.cancellation_check(lambda: ticket != self._ticket),
            )
            if ticket != self._ticket:
                return None
            answer = SearchResult(
                state.analysis, matches, state.selection, compute_highlights(state.analysis, matches, state.selection)
            )
            answers[asked] = answer
            for oldest in list(answers)[:-_MAX_CACHED]:
                answers.pop(oldest, None)
        precompute_rows(transitions.apply_matches(state, answer.matches), answer.highlights)
        return answer if ticket == self._ticket else None
