"""Search for the agreements of all documents: which satisfy a query, best first.

The plan is that of the search for documents (library.search.engine), and an agreement is found exactly if a search of
its document alone finds it. Where words must stand side by side, the candidates are verified one document after the
other, in the order in which they are listed, so that the first screenful does not wait for the rest. Where no agreement
has all words, those that have the most are hits, and marked as such.

Without an order of the reader's, agreements are in order of the match type of the query word that matched worst, then
of how many query words are in their titles, then of date, the latest first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.library.agreement_keys import AgreementKey, AgreementOrder, agreement_keys
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.search.agreement_candidates import AgreementCandidates, AgreementRetriever, ClauseAgreements
from alliance_tui.library.search.read_cache import ReadCache
from alliance_tui.records import Analysis
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.engine import search_plan
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.indexing.vocabulary import Vocabulary
from alliance_tui.search.matches import MatchType, Range, RecordMatch, relaxation_message
from alliance_tui.search.matching.evaluation import evaluate
from alliance_tui.search.matching.occurrences import merge_ranges
from alliance_tui.search.matching.reading_matcher import ReadingMatcher
from alliance_tui.search.plan.conditions import ValueCondition
from alliance_tui.search.plan.query_plan import QueryPlan
from alliance_tui.search.query import FilterField

_FIRST_INTERVAL = 0.04  # seconds until the first results are yielded, if they are less than a screenful
_INTERVAL = 0.25  # seconds between further results
_INDEXED_DOCUMENTS = 64  # of which the records are indexed to be verified and highlighted
_CACHED_ORDERS = 6
_NO_TEXT = Postings([""])
_NO_WORDS = Vocabulary(())


class AgreementResults(Struct, frozen=True):
    """The agreements that a query finds so far, in the order in which they are listed.

    Of `candidate_count` candidates, `verified_count` have been verified; `done` says whether these are the final
    results. `active` is False for a query without any term: then all agreements are hits. `problems`, `missing`,
    `searched` and `is_nearest` are as in the search for documents.
    """

    query: str
    active: bool = False
    hits: Sequence[AgreementKey] = ()
    verified_count: int = 0
    candidate_count: int = 0
    done: bool = True
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    is_nearest: bool = False

    @property
    def relaxation(self) -> str:
        """The sentence that tells how the query was relaxed to find anything; empty if it was not."""
        searched = self.searched if self.hits else ()
        return relaxation_message(self.missing, searched, is_nearest=self.is_nearest, place="agreement")


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
            lambda document: index_records(read_cache.analysis(document))
        )
        self._title_index: dict[str, set[AgreementKey]] | None = None

    def search(
        self,
        query: str,
        plan: QueryPlan,
        documents: Mapping[int, LibraryDocument],
        order: AgreementOrder,
        screenful: int,
        cancellation: CancellationToken,
    ) -> Iterator[AgreementResults]:
        """Yield what a plan finds in these documents: once, or repeatedly while candidates are verified."""
        all_kinds = _asks_for_a_kind(plan)
        keys = self.keys(order, all_kinds)
        searched = [key for key in cancellation.iterate(keys) if key[0] in documents]
        results = AgreementResults(query, problems=plan.problems)
        if not plan.clauses:
            yield replace(results, hits=searched, verified_count=len(searched), candidate_count=len(searched))
            return
        retriever = self._retriever(cancellation)
        candidates = retriever.retrieve(plan, set(searched))
        verifier = _Verifier(self._record_index, candidates, documents, cancellation)
        results = replace(results, active=True, missing=candidates.missing, searched=candidates.searched)
        for verified in self._verify(results, candidates, verifier, order, screenful, all_kinds=all_kinds):
            if verified.done and not verified.hits and _is_of_plain_words(plan):
                nearest = retriever.nearest(candidates, set(searched))
                ranked = self._ranked(nearest, order, cancellation, all_kinds=all_kinds)
                yield replace(verified, hits=ranked, is_nearest=nearest.is_nearest)
            else:
                yield verified

    def _verify(
        self,
        results: AgreementResults,
        candidates: AgreementCandidates,
        verifier: _Verifier,
        order: AgreementOrder,
        screenful: int,
        *,
        all_kinds: bool,
    ) -> Iterator[AgreementResults]:
        """Yield the results with the hits among the candidates."""
        ranked = self._ranked(candidates, order, verifier.cancellation, all_kinds=all_kinds)
        results = replace(results, candidate_count=len(ranked), done=False)
        certain = candidates.certain
        if len(certain) == len(ranked):
            yield replace(results, hits=ranked, verified_count=len(ranked), done=True)
            return
        hits: list[AgreementKey] = []
        next_yield, is_screen_filled = time.monotonic() + _FIRST_INTERVAL, False
        for count, key in enumerate(ranked, 1):
            if key in certain:
                hits.append(key)
                continue
            if verifier.satisfies(key):
                hits.append(key)
            now = time.monotonic()
            if now >= next_yield or (len(hits) >= screenful and not is_screen_filled):
                is_screen_filled = len(hits) >= screenful
                next_yield = now + _INTERVAL
                yield replace(results, hits=tuple(hits), verified_count=count)
        yield replace(results, hits=tuple(hits), verified_count=len(ranked), done=True)

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
        return sorted(candidates.agreements, key=lambda key: (quality.get(key, _NO_QUALITY), ranks[key]))

    def _qualities(
        self, candidates: AgreementCandidates, cancellation: CancellationToken
    ) -> Mapping[AgreementKey, tuple[int, int]]:
        """Return the rank of the worst match type, and the number of words outside the title, of each agreement."""
        worst = dict.fromkeys(candidates.agreements, 0)
        outside = dict.fromkeys(candidates.agreements, 0)
        for clause in candidates.clauses:
            if not clause.lookups:
                continue
            titles = self._in_titles(clause)
            ranks = self._match_ranks(clause, candidates, cancellation)
            for key in cancellation.iterate(candidates.agreements):
                worst[key] = max(worst[key], ranks.get(key, _WORST))
                outside[key] += key not in titles
        return {key: (worst[key], outside[key]) for key in candidates.agreements}

    def _match_ranks(
        self, clause: ClauseAgreements, candidates: AgreementCandidates, cancellation: CancellationToken
    ) -> Mapping[AgreementKey, int]:
        """Return the rank of the best match type by which each candidate has a clause."""
        types = {lookup.match_type for lookup in clause.lookups}
        if len(types) == 1:
            return dict.fromkeys(candidates.agreements, next(iter(types)).rank)
        retriever = self._retriever(cancellation)
        ranks: dict[AgreementKey, int] = {}
        for match_type in sorted(types, key=lambda each: each.rank):
            among = [lookup for lookup in clause.lookups if lookup.match_type is match_type]
            for key in retriever.keys_of(among):
                ranks.setdefault(key, match_type.rank)
        return ranks

    def _in_titles(self, clause: ClauseAgreements) -> set[AgreementKey]:
        """Return the agreements with a word of the clause in their titles."""
        if self._title_index is None:
            self._title_index = {}
            rows = self._db.execute("SELECT document, position, title FROM agreements WHERE typeof(title) = 'text'")
            for document, position, title in rows:
                for word in folded_words(title):
                    self._title_index.setdefault(word, set()).add((document, position))
        words = {match.word for lookup in clause.lookups for match in lookup.matches}
        return set[AgreementKey]().union(*(self._title_index[word] for word in words & self._title_index.keys()))


_WORST = len(MatchType)
_NO_QUALITY = (_WORST, 0)


class _Verifier:
    """Verifies the candidates that the index leaves open, a document at a time."""

    def __init__(
        self,
        record_index: Callable[[LibraryDocument], SearchIndex],
        candidates: AgreementCandidates,
        documents: Mapping[int, LibraryDocument],
        cancellation: CancellationToken,
    ) -> None:
        self._record_index = record_index
        self._clauses = candidates.clauses
        self._documents = documents
        self._satisfying: Callable[[int], set[int]] = cache(self._satisfying_positions)
        self.cancellation = cancellation

    def satisfies(self, key: AgreementKey) -> bool:
        """Whether the agreement satisfies all clauses; False for one that was removed meanwhile or is damaged."""
        self.cancellation.raise_if_cancelled()
        document, position = key
        return position in self._satisfying(document)

    def _satisfying_positions(self, number: int) -> set[int]:
        try:
            index = self._record_index(self._documents[number])
        except (KeyError, DamagedDocumentError):
            return set()
        positions = {identifier: position for position, identifier in enumerate(index.agreements)}
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


def index_records(analysis: Analysis) -> SearchIndex:
    """Return an index of the records of an analysis, without its text."""
    return SearchIndex(_NO_TEXT, _NO_WORDS, analysis)


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
