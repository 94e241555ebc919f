"""The names in the library's agreements, searched as those of one document are."""

from __future__ import annotations

from functools import cached_property

from alliance_tui.library.index.reader import IndexReader
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.engine import search_plan
from alliance_tui.search.indexing.record_fields import IndexedName
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.plan.lexicon import document_lexicon
from alliance_tui.search.plan.planner import Planner
from alliance_tui.search.plan.query_plan import Clause, Literal, QueryPlan
from alliance_tui.search.query import Phrase


class NameIndex:
    """Finds the numbers of the names that a condition's value stands for."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    @cached_property
    def index(self) -> SearchIndex:
        """The search index of the names, by their numbers."""
        return SearchIndex.of_names(IndexedName(str(number), name) for number, name in self._reader.names())

    def matching_numbers(self, phrase: Phrase, cancellation: CancellationToken) -> list[int]:
        """Return the numbers of the names that a phrase means among these names."""
        meaning = Planner(document_lexicon(self.index), cancellation).plan_phrase(phrase)
        plan = QueryPlan((Clause((Literal(meaning),)),))
        return [int(match.record_id) for match in search_plan(self.index, plan, "", cancellation).entities]
