"""Answers to queries: an index that follows the analysis, and searches in a thread that the next key ends."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec import Struct

from alliance_tui.explorer.state import transitions
from alliance_tui.explorer.state.explorer_state import ExplorerState, precompute_rows
from alliance_tui.explorer.workers.scheduling import GivingWay
from alliance_tui.highlighting import Highlights, SelectedRecord, compute_highlights
from alliance_tui.records import Analysis
from alliance_tui.search.matches import Matches

if TYPE_CHECKING:
    from alliance_tui.search.index import SearchIndex

SHORT = 20_000
"""A text of at most this many characters is searched and lit in less than 8 ms whatever is asked, so at once."""

_ANSWERS = 16
"""How many answers on one analysis are kept: a letter taken back asks again what was asked before it."""


class Answer(Struct, frozen=True):
    """The matches of a query, and what they light in the analysis that was searched, with what was chosen then."""

    analysis: Analysis
    matches: Matches
    choice: SelectedRecord | None
    lights: Highlights


class Searching:
    """Searches one document as its analysis grows. `search.engine` is imported on the first use only."""

    def __init__(self) -> None:
        self._index: SearchIndex | None = None
        self._of: Analysis | None = None
        self._ticket = 0
        self.way = GivingWay()
        self._answers: dict[tuple[str, SelectedRecord | None], Answer] = {}

    def ready(self, analysis: Analysis) -> SearchIndex | None:
        """The index of this very analysis, if it has been made."""
        return self._index if self._of is analysis else None

    def at_once(self, analysis: Analysis, query: str) -> Matches | None:
        """The matches, where they are to be had within a frame; else None."""
        index = self.ready(analysis)
        if index is None or len(analysis.document.text) > SHORT:
            return None
        from alliance_tui.search.engine import search

        return search(index, query)

    async def answer(self, state: ExplorerState) -> Answer | None:
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
        from alliance_tui.search.index import SearchIndex

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

    def _search(self, state: ExplorerState, ticket: int) -> Answer | None:
        from alliance_tui.search.engine import search

        index, answers = self._prepare(state.analysis), self._answers
        asked = state.position.query, state.selection
        answer = answers.get(asked)
        if answer is None:
            matches = search(index, state.position.query, cancelled=self.way.giving(lambda: ticket != self._ticket))
            if ticket != self._ticket:
                return None
            answer = Answer(
                state.analysis, matches, state.selection, compute_highlights(state.analysis, matches, state.selection)
            )
            answers[asked] = answer
            for oldest in list(answers)[:-_ANSWERS]:
                answers.pop(oldest, None)
        precompute_rows(transitions.apply_matches(state, answer.matches), answer.lights)
        return answer if ticket == self._ticket else None
