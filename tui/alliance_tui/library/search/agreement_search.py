"""Search for the agreements of all documents: which satisfy a query, best first.

The plan is that of the search for documents (library.search.engine), and an agreement is found exactly if a search of
its document alone finds it. Where words must stand side by side, the candidates are verified one document after the
other, in the order in which they are listed, so that the first screenful does not wait for the rest. Where no agreement
has all words, those that have the most are hits, and marked as such.

Without an order of the reader's, agreements are in order of the match type of the query word that matched worst, then
of how many query words are in their titles, then of date, the latest first.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from typing import ClassVar

from msgspec.structs import replace

from alliance_tui.library.agreement_keys import AgreementKey, AgreementOrder, agreement_keys
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.search.agreement_candidates import AgreementCandidates, AgreementRetriever, ClauseAgreements
from alliance_tui.library.search.passage_patterns import AdjacentWords, fold_passage
from alliance_tui.library.search.read_cache import ReadCache
from alliance_tui.library.search.reading_limit import NO_LIMIT, ReadingLimit
from alliance_tui.library.search.results import Results
from alliance_tui.records import Agreement, Analysis
from alliance_tui.review.labels import record_index_of
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.engine import search_plan
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.record_fields import agreement_fields
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.matches import Range, RecordMatch
from alliance_tui.search.matching.evaluation import evaluate
from alliance_tui.search.matching.occurrences import merge_ranges
from alliance_tui.search.matching.reading_matcher import ReadingMatcher
from alliance_tui.search.plan.conditions import ValueCondition
from alliance_tui.search.plan.query_plan import QueryPlan

_FIRST_INTERVAL = 0.04  # seconds until the first results are yielded, if they are less than a screenful
_INTERVAL = 0.25  # seconds between further results
_LIMIT_OF_KEY = ReadingLimit(documents=400, seconds=0.7)  # the look-up before takes up to 0.2 seconds
_INDEXED_DOCUMENTS = 64  # of which the records are indexed to be verified and highlighted
_CACHED_ORDERS = 4
_MAX_TITLE_WORDS = 100  # words that one query word may mean, in titles


class AgreementResults(Results[AgreementKey], frozen=True):
    """The matching agreements so far, in the order in which they are listed."""

    place: ClassVar[str] = "agreement"


class AgreementSearch:
    """Searches the agreements of one library as it is at the time of construction."""

    def __init__(
        self,
        library: LibraryReader,
        read_cache: ReadCache,
        retriever: Callable[[CancellationToken], AgreementRetriever],
    ) -> None:
        self._db = library.db
        self._retriever = retriever
        self.keys: Callable[[AgreementOrder, bool], Sequence[AgreementKey]] = lru_cache(_CACHED_ORDERS)(
            lambda order, all_kinds: agreement_keys(library.db, order, all_kinds=all_kinds)
        )
        """Return all agreements in an order, with those of every kind or undertakings alone."""
        self._ranks: Callable[[AgreementOrder, bool], Mapping[AgreementKey, int]] = lru_cache(_CACHED_ORDERS)(
            lambda order, all_kinds: {key: rank for rank, key in enumerate(self.keys(order, all_kinds))}
        )
        self._record_index: Callable[[LibraryDocument], SearchIndex] = lru_cache(_INDEXED_DOCUMENTS)(
            lambda document: record_index_of(read_cache.reviewed(document))
        )
        self._analysis: Callable[[LibraryDocument], Analysis] = lambda document: read_cache.reviewed(document).analysis
        self._key_set: Callable[[bool], frozenset[AgreementKey]] = lru_cache(2)(
            lambda all_kinds: frozenset(self.keys(AgreementOrder(), all_kinds))
        )
        self._titles: dict[AgreementKey, str] | None = None
        """The titles in lower case, once they are needed."""

    def search(
        self,
        query: str,
        plan: QueryPlan,
        documents: Mapping[int, LibraryDocument],
        order: AgreementOrder,
        screenful: int,
        cancellation: CancellationToken,
        *,
        is_whole: bool,
        is_limited: bool,
    ) -> Iterator[AgreementResults]:
        """Yield what a plan finds in these documents: once, or repeatedly while candidates are verified.

        `is_whole`: the documents are all of the library. `is_limited`: no more are read than a key leaves time for.
        """
        all_kinds = _asks_for_a_kind(plan)
        results = AgreementResults(query, problems=plan.problems)
        if not plan.clauses:
            hits = self.keys(order, all_kinds)
            if not is_whole:
                hits = [key for key in cancellation.iterate(hits) if key[0] in documents]
            yield replace(results, hits=hits, verified_count=len(hits), candidate_count=len(hits))
            return
        searched: Set[AgreementKey] = self._key_set(all_kinds)
        if not is_whole:
            searched = {key for key in cancellation.iterate(searched) if key[0] in documents}
        retriever = self._retriever(cancellation)
        candidates = retriever.retrieve(plan, searched)
        verifier = _Verifier(self._record_index, self._analysis, candidates, documents, cancellation)
        results = replace(results, active=True, missing=candidates.missing, searched=candidates.searched)
        ranked = self._ranked(candidates, order, cancellation, all_kinds=all_kinds)
        limit = _LIMIT_OF_KEY if is_limited else NO_LIMIT
        for verified in self._verify(results, ranked, candidates.certain, verifier, screenful, limit):
            if verified.found_nothing and _is_of_plain_words(plan):
                nearest = retriever.nearest(candidates, searched)
                ranked = self._ranked(nearest, order, cancellation, all_kinds=all_kinds)
                yield replace(verified, hits=ranked, is_nearest=nearest.is_nearest)
            else:
                yield verified

    @staticmethod
    def _verify(
        results: AgreementResults,
        ranked: Sequence[AgreementKey],
        certain: Set[AgreementKey],
        verifier: _Verifier,
        screenful: int,
        limit: ReadingLimit,
    ) -> Iterator[AgreementResults]:
        """Yield the results with the hits among the candidates whose documents are read within the limit."""
        results = replace(results, candidate_count=len(ranked), done=False)
        if len(certain) == len(ranked):
            yield replace(results, hits=ranked, verified_count=len(ranked), done=True)
            return
        hits: list[AgreementKey] = []
        next_yield, is_screen_filled = time.monotonic() + _FIRST_INTERVAL, False
        unread, seconds = 0, 0.0
        for count, key in enumerate(ranked, 1):
            if key in certain:
                hits.append(key)
                continue
            if limit.is_reached(verifier.documents_read, seconds, is_screen_filled=len(hits) >= screenful):
                unread += 1
                continue
            began = time.monotonic()
            if verifier.satisfies(key):
                hits.append(key)
            now = time.monotonic()
            seconds += now - began
            if now >= next_yield or (len(hits) >= screenful and not is_screen_filled):
                is_screen_filled = len(hits) >= screenful
                next_yield = now + _INTERVAL
                yield replace(results, hits=tuple(hits), verified_count=count)
        yield replace(results, hits=tuple(hits), verified_count=len(ranked) - unread, done=True)

    def _ranked(
        self,
        candidates: AgreementCandidates,
        order: AgreementOrder,
        cancellation: CancellationToken,
        *,
        all_kinds: bool,
    ) -> list[AgreementKey]:
        ranks = self._ranks(order, all_kinds)
        if order.is_chosen:
            return sorted(candidates.agreements, key=ranks.__getitem__)
        quality = self._qualities(candidates, cancellation)
        count = len(ranks)
        places = {key: quality[key] * count + ranks[key] for key in candidates.agreements}
        return sorted(places, key=places.__getitem__)

    def _qualities(
        self, candidates: AgreementCandidates, cancellation: CancellationToken
    ) -> Mapping[AgreementKey, int]:
        """Return how well each candidate matches, the best 0: by its worst match type, then by words in its title."""
        with_words = [clause for clause in candidates.clauses if clause.lookups]
        worst = dict.fromkeys(candidates.agreements, 0)
        outside = dict.fromkeys(candidates.agreements, 0)
        for clause in with_words:
            for key, rank in self._match_ranks(clause, candidates, cancellation):
                worst[key] = max(worst[key], rank)
            if pattern := _words_pattern(clause):
                titles = self._load_titles()
                for key in cancellation.iterate(candidates.agreements):
                    outside[key] += pattern.search(titles.get(key, "")) is None
        return {key: rank * (len(with_words) + 1) + outside[key] for key, rank in worst.items()}

    def _match_ranks(
        self, clause: ClauseAgreements, candidates: AgreementCandidates, cancellation: CancellationToken
    ) -> Iterator[tuple[AgreementKey, int]]:
        """Yield the candidates with the rank of the best match type by which they have a clause."""
        types = sorted({lookup.match_type for lookup in clause.lookups}, key=lambda each: each.rank)
        retriever = self._retriever(cancellation)
        left = set(candidates.agreements)
        for match_type in types[:-1]:
            found = left.intersection(
                retriever.keys_of([each for each in clause.lookups if each.match_type is match_type])
            )
            left -= found
            yield from ((key, match_type.rank) for key in found)
        yield from ((key, types[-1].rank) for key in left)

    def _load_titles(self) -> Mapping[AgreementKey, str]:
        """Return the titles of all agreements in lower case."""
        if self._titles is None:
            query = "SELECT document, position, lower(title) FROM agreements WHERE typeof(title) = 'text'"
            self._titles = {(document, position): title for document, position, title in self._db.execute(query)}
        return self._titles


def _words_pattern(clause: ClauseAgreements) -> re.Pattern[str] | None:
    """Return a pattern of the words of a clause; None for none, or for so many that they say little."""
    words = {match.word for lookup in clause.lookups for match in lookup.matches}
    if not 0 < len(words) <= _MAX_TITLE_WORDS:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words)))})(?!\w)")


class _Verifier:
    """Verifies the candidates that the index leaves open, a document at a time."""

    def __init__(
        self,
        record_index: Callable[[LibraryDocument], SearchIndex],
        analysis: Callable[[LibraryDocument], Analysis],
        candidates: AgreementCandidates,
        documents: Mapping[int, LibraryDocument],
        cancellation: CancellationToken,
    ) -> None:
        self._record_index = record_index
        self._analysis = analysis
        self._clauses = candidates.clauses
        self._undecided = [each for each in candidates.clauses if not each.is_decided]
        self._words = [[AdjacentWords.of(meaning) for meaning in each.clause.meanings] for each in self._undecided]
        self._positions: dict[int, set[int]] = defaultdict(set)
        for document, position in candidates.agreements:
            self._positions[document].add(position)
        self._documents = documents
        self._satisfying = cache(self._satisfying_positions)
        self.cancellation = cancellation

    def satisfies(self, key: AgreementKey) -> bool:
        """Whether the agreement satisfies all clauses; False for one that was removed meanwhile or is damaged."""
        self.cancellation.raise_if_cancelled()
        document, position = key
        return position in self._satisfying(document)

    @property
    def documents_read(self) -> int:
        """The documents whose records have been read."""
        return self._satisfying.cache_info().currsize

    def _satisfying_positions(self, number: int) -> set[int]:
        try:
            index, positions = self._indexed(number)
        except (KeyError, DamagedDocumentError):
            return set()
        matcher = ReadingMatcher(index, self.cancellation)
        satisfying = set(positions.values())
        for each in self._clauses:
            certain = each.certain.get(number, set())
            if each.is_decided or satisfying <= certain:
                satisfying &= certain
                continue
            evaluated = evaluate(QueryPlan((each.clause,)), index, matcher).clauses[0]
            ids = {
                identifier
                for literal in evaluated.literals
                for identifier in (positions.keys() - literal.record_ids if literal.negated else literal.record_ids)
            }
            satisfying &= certain | {positions[identifier] for identifier in ids & positions.keys()}
        return satisfying

    def _indexed(self, number: int) -> tuple[SearchIndex, Mapping[str, int]]:
        """Return the index of a document's records, and the positions of those agreements that may satisfy the clauses.

        Where only adjacent words are left to be found, an index of the agreements with these words is enough: where
        names are mentioned, the index of the library tells. Raises KeyError and DamagedDocumentError.
        """
        document = self._documents[number]
        if any(literal.negated for each in self._undecided for literal in each.clause.literals):
            index = self._record_index(document)
            return index, {identifier: position for position, identifier in enumerate(index.agreements)}
        analysis = self._analysis(document)
        positions = {
            agreement.id: position
            for position, agreement in enumerate(analysis.agreements)
            if position in self._positions.get(number, ()) and self._may_satisfy(agreement, number, position)
        }
        agreements = tuple(agreement for agreement in analysis.agreements if agreement.id in positions)
        restricted = replace(analysis, entities=(), agreements=agreements, possible=())
        return SearchIndex(Postings([""]), Vocabulary(()), restricted), positions

    def _may_satisfy(self, agreement: Agreement, number: int, position: int) -> bool:
        """Whether an agreement has the words of every clause that is not certain."""
        folded = fold_passage("\n".join(agreement_fields(agreement).values()))
        return all(
            position in each.certain.get(number, ()) or any(words.pattern.search(folded) for words in of_clause)
            for each, of_clause in zip(self._undecided, self._words, strict=True)
        )


class QueryMatcher:
    """What a query, planned for the library, matches in single agreements and passages; for any thread."""

    def __init__(self, plan: QueryPlan) -> None:
        self._plan = plan
        self._cancellation = CancellationToken(lambda: False)

    def records(self, index: SearchIndex) -> Mapping[str, RecordMatch]:
        """Return the matches in the agreements of an index of records, by record id."""
        if not self._plan.clauses:
            return {}
        return {match.record_id: match for match in search_plan(index, self._plan, "", self._cancellation).agreements}

    def ranges(self, passage: str) -> tuple[Range, ...]:
        """Return what the words of the query match in a passage, in order and disjoint."""
        postings = Postings([passage])
        index = SearchIndex(postings, Vocabulary(postings.vocabulary), None)
        matcher = ReadingMatcher(index, self._cancellation)
        occurrences = (
            occurrence
            for clause in self._plan.clauses
            if not clause.is_optional
            for meaning in clause.meanings
            for occurrence in matcher.occurrences(meaning, postings)
        )
        return merge_ranges([(occurrence.start, occurrence.end) for occurrence in occurrences])


def _asks_for_a_kind(plan: QueryPlan) -> bool:
    """Whether a condition is on the kind of record: otherwise only undertakings are listed."""
    return any(
        isinstance(literal.operand, ValueCondition) and literal.operand.field is FilterField.KIND
        for clause in plan.clauses
        for literal in clause.literals
    )


def _is_of_plain_words(plan: QueryPlan) -> bool:
    """Whether the plan is of plain words alone: operators and conditions are always met."""
    return all(
        len(clause.meanings) == len(clause.literals) and not any(meaning.is_literal for meaning in clause.meanings)
        for clause in plan.clauses
    )
