"""Verification: whether a candidate document matches, by a search of as little of it as is enough."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from itertools import chain, pairwise

from msgspec.structs import replace

from alliance_tui.library.index.terms import RECORD_UNITS, TITLE_UNIT, unit_of_paragraph
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.search.passage_patterns import AdjacentWords, fold_passage
from alliance_tui.library.search.read_cache import ReadCache
from alliance_tui.library.search.retrieval import Candidates, is_record
from alliance_tui.records import Analysis
from alliance_tui.review.labels import index_of, reader_labels, record_index_of
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.engine import search_plan
from alliance_tui.search.indexing.entity_agreement_links import link_entities_to_agreements
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.record_fields import agreement_fields, entity_fields
from alliance_tui.search.indexing.search_index import ReaderLabels, SearchIndex
from alliance_tui.search.indexing.tokenizer import paragraph_starts, word_spans
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.matching.reading_matcher import ReadingMatcher
from alliance_tui.search.plan.query_plan import QueryPlan

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
        self._words = [[AdjacentWords.of(meaning) for meaning in each.clause.meanings] for each in candidates.clauses]
        self._excluded = [AdjacentWords.of(meaning) for meaning in candidates.excluded]
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
            decided = None
            if units is not None and number not in candidates.marked:
                decided = self._decide_by_links(document, units)
            return self._matches_as_a_whole(document) if decided is None else decided
        in_records = [unit for unit in units if is_record(unit)]
        in_text = {unit for unit in units if not is_record(unit)}
        return any(self._satisfies(text, number, unit) for unit, text in self._passages(document, in_text)) or bool(
            in_records and self._matches_in_records(document, in_records)
        )

    def _decide_by_links(self, document: LibraryDocument, units: Collection[str]) -> bool | None:
        """Whether a record with all words is, or takes part in, an agreement that meets the conditions.

        None where the index does not decide which records these are.
        """
        candidates, number = self._candidates, document.number
        agreement_units = (candidates.agreement_units or {}).get(number, "")
        if not candidates.is_certain_of_agreements or set(units) != set(candidates.certain_units(number)):
            return None
        if any(unit in agreement_units for unit in units):
            return True
        analysis = self._cache.reviewed(document).analysis
        entities = dict(zip(map(chr, RECORD_UNITS), analysis.entities, strict=False))
        first = RECORD_UNITS.start + len(analysis.entities)
        agreements = zip(map(chr, range(first, RECORD_UNITS.stop)), analysis.agreements, strict=False)
        passing = {agreement.id for unit, agreement in agreements if unit in agreement_units}
        linked = link_entities_to_agreements(analysis).agreements_by_entity
        return any(not passing.isdisjoint(linked[entities[unit].id]) for unit in units if unit in entities)

    def _has_excluded_phrase(self, text: str) -> bool:
        folded = fold_passage(text)
        excluded = [words for words in self._excluded if words.pattern.search(folded)]
        return bool(excluded) and any(self._has_any(excluded, paragraph) for _, paragraph in _paragraphs(text))

    def _has_any(self, phrases: Iterable[AdjacentWords], passage: str) -> bool:
        """Whether any of the phrases stands in a passage."""
        folded = fold_passage(passage)
        likely = [words for words in phrases if words.pattern.search(folded)]
        if not likely:
            return False
        index = SearchIndex(self._cache.postings(passage), Vocabulary(()), None)
        matcher = ReadingMatcher(index, self._cancellation)
        return any(matcher.occurrences(words.meaning, index.text) for words in likely)

    def _passages(self, document: LibraryDocument, units: Set[str]) -> Iterator[tuple[str, str]]:
        """Yield the title and the paragraphs of these units."""
        if chr(TITLE_UNIT) in units:
            yield chr(TITLE_UNIT), document.title
        if not units - {chr(TITLE_UNIT)}:
            return
        yield from (each for each in _paragraphs(self._cache.text(document)) if each[0] in units)

    def _satisfies(self, text: str, document: int, unit: str) -> bool:
        """Whether a passage satisfies every clause: by the index, or by words that stand side by side."""
        return all(
            unit in clause.certain.get(document, "") or self._has_any(of_clause, text)
            for clause, of_clause in zip(self._candidates.clauses, self._words, strict=True)
        )

    def _may_satisfy(self, text: str, document: int) -> bool:
        """Whether the text of some records has the words of every clause that the index decides for none of them."""
        folded = fold_passage(text)
        return all(
            document in clause.certain or any(words.pattern.search(folded) for words in of_clause)
            for clause, of_clause in zip(self._candidates.clauses, self._words, strict=True)
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


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs with words, each with its unit."""
    number = 0
    for start, end in pairwise([*paragraph_starts(text), len(text)]):
        paragraph = text[start:end]
        if any(fold(paragraph[first:last]) for first, last in word_spans(paragraph)):
            yield chr(unit_of_paragraph(number)), paragraph
            number += 1


def _restrict(analysis: Analysis, units: Collection[str]) -> Analysis:
    """Return the analysis with the records of these units alone, which are cheaper to index than all."""
    records = (*analysis.entities, *analysis.agreements)
    selected = {id(record) for unit, record in zip(map(chr, RECORD_UNITS), records, strict=False) if unit in units}
    return replace(
        analysis,
        entities=tuple(entity for entity in analysis.entities if id(entity) in selected),
        agreements=tuple(agreement for agreement in analysis.agreements if id(agreement) in selected),
    )
