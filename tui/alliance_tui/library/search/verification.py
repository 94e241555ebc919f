"""Verification: whether a candidate document matches, by a search of as little of it as is enough."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set
from itertools import chain, pairwise
from typing import NamedTuple

from msgspec.structs import replace

from alliance_tui.library.index.terms import RECORD_UNITS, TITLE_UNIT, unit_of_paragraph
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.search.passage_patterns import fold_passage, passage_pattern
from alliance_tui.library.search.read_cache import ReadCache
from alliance_tui.library.search.retrieval import Candidates, is_record
from alliance_tui.records import Analysis
from alliance_tui.review.labels import index_of, reader_labels, record_index_of
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.engine import search_plan
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.record_fields import agreement_fields, entity_fields
from alliance_tui.search.indexing.search_index import ReaderLabels, SearchIndex
from alliance_tui.search.indexing.tokenizer import paragraph_starts, word_spans
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.matching.reading_matcher import ReadingMatcher
from alliance_tui.search.plan.query_plan import QueryPlan
from alliance_tui.search.plan.readings import Meaning

_NO_TEXT = Postings([""])


class Verifier:
    """Verifies the candidates of one plan.

    A document matches if its title, a paragraph or one of its records satisfies all clauses of the plan, which was made
    with the words of the whole library.
    """

    def __init__(
        self, cache: ReadCache, plan: QueryPlan, candidates: Candidates, cancellation: CancellationToken
    ) -> None:
        left_out = {clause.clause for clause in candidates.clauses}
        self._cache = cache
        self._candidates = candidates
        self._cancellation = cancellation
        self._words = [[_AdjacentWords.of(meaning) for meaning in each.clause.meanings] for each in candidates.clauses]
        self._plan = QueryPlan(tuple(clause for clause in plan.clauses if clause in left_out or not clause.meanings))

    def matches(self, document: LibraryDocument) -> bool:
        """Whether the document matches; False for one that was removed meanwhile or is damaged."""
        self._cancellation.raise_if_cancelled()
        try:
            return self._matches(document)
        except (KeyError, DamagedDocumentError):
            return False

    def _matches(self, document: LibraryDocument) -> bool:
        candidates, number = self._candidates, document.number
        if candidates.excluded and self._has_excluded_phrase(self._cache.text(document)):
            return False
        if number in candidates.verified or not (candidates.clauses or candidates.has_conditions):
            return True
        units = candidates.possible_units(number)
        if units is None or candidates.has_conditions:
            return self._matches_as_a_whole(document)
        in_records = [unit for unit in units if is_record(unit)]
        in_text = {unit for unit in units if not is_record(unit)}
        return any(self._satisfies(text, number, unit) for unit, text in self._passages(document, in_text)) or bool(
            in_records and self._matches_in_records(document, in_records)
        )

    def _has_excluded_phrase(self, text: str) -> bool:
        matcher = ReadingMatcher(SearchIndex.build(text, None), self._cancellation)
        return any(map(matcher.has_any, self._candidates.excluded))

    def _passages(self, document: LibraryDocument, units: Set[str]) -> Iterator[tuple[str, str]]:
        """Yield the title and the paragraphs of these units, none of a text that cannot satisfy every clause."""
        if chr(TITLE_UNIT) in units:
            yield chr(TITLE_UNIT), document.title
        if not units - {chr(TITLE_UNIT)}:
            return
        text = self._cache.text(document)
        if not self._may_satisfy(text, document.number):
            return
        number = 0
        for start, end in pairwise([*paragraph_starts(text), len(text)]):
            paragraph = text[start:end]
            if not any(fold(paragraph[first:last]) for first, last in word_spans(paragraph)):
                continue
            unit = chr(unit_of_paragraph(number))
            number += 1
            if unit in units:
                yield unit, paragraph

    def _satisfies(self, text: str, document: int, unit: str) -> bool:
        """Whether a passage satisfies every clause: by the index, or by words that stand side by side."""
        if not self._may_satisfy(text, document, unit):
            return False
        index = SearchIndex(self._cache.postings(text), Vocabulary(()), None)
        matcher = ReadingMatcher(index, self._cancellation)
        return all(
            unit in clause.certain.get(document, "")
            or any(matcher.occurrences(words.meaning, index.text) for words in of_clause)
            for clause, of_clause in zip(self._candidates.clauses, self._words, strict=True)
        )

    def _may_satisfy(self, text: str, document: int, unit: str = "") -> bool:
        """Whether a text, or its part that is a unit, has the words of every clause that the index does not decide."""
        folded = fold_passage(text)
        return all(
            (unit in certain if unit else bool(certain)) or any(words.pattern.search(folded) for words in of_clause)
            for certain, of_clause in zip(
                (clause.certain.get(document, "") for clause in self._candidates.clauses), self._words, strict=True
            )
        )

    def _matches_in_records(self, document: LibraryDocument, units: Collection[str]) -> bool:
        analysis = _restrict(self._cache.reviewed(document).analysis, units)
        fields = (*map(entity_fields, analysis.entities), *map(agreement_fields, analysis.agreements))
        if not self._may_satisfy("\n".join(chain.from_iterable(each.values() for each in fields)), document.number):
            return False
        return self._finds_records(SearchIndex(_NO_TEXT, Vocabulary(()), analysis))

    def _matches_as_a_whole(self, document: LibraryDocument) -> bool:
        reviewed = self._cache.reviewed(document)
        possible = self._candidates.with_possible
        if self._candidates.has_conditions and document.number not in self._candidates.marked:
            return self._finds_records(record_index_of(reviewed, possible=possible))
        title = SearchIndex.build(document.title, None, ReaderLabels(document=reader_labels(reviewed).document))
        return any(self._finds(index) for index in (index_of(reviewed, possible=possible), title))

    def _finds(self, index: SearchIndex) -> bool:
        matches = search_plan(index, self._plan, "", self._cancellation)
        is_strict = not (matches.missing or matches.is_nearest)
        return is_strict and not matches.is_empty

    def _finds_records(self, index: SearchIndex) -> bool:
        matches = search_plan(index, self._plan, "", self._cancellation)
        return not matches.missing and bool(matches.entities or matches.agreements)


class _AdjacentWords(NamedTuple):
    """The readings of a meaning that are words, and the pattern of passages with them.

    Where references are mentioned, the index tells.
    """

    meaning: Meaning
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, meaning: Meaning) -> _AdjacentWords:
        """Return the readings of a meaning that are words."""
        of_words = replace(meaning, readings=tuple(reading for reading in meaning.readings if reading.words))
        return cls(of_words, passage_pattern(of_words))


def _restrict(analysis: Analysis, units: Collection[str]) -> Analysis:
    """Return the analysis with the records of these units alone, which are cheaper to index than all."""
    records = (*analysis.entities, *analysis.agreements)
    selected = {id(record) for unit, record in zip(map(chr, RECORD_UNITS), records, strict=False) if unit in units}
    return replace(
        analysis,
        entities=tuple(entity for entity in analysis.entities if id(entity) in selected),
        agreements=tuple(agreement for agreement in analysis.agreements if id(agreement) in selected),
    )
