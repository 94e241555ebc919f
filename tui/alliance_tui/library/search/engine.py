"""Search over all documents of the library: which match a query, best first, and why.

A query is one of `search.query` with filters on documents (library.search.document_filters). A document matches if a
search of it alone would find something in its text, its entities or its agreements; its title counts as a paragraph.
`!word` excludes the documents with that word anywhere. A word is taken for a misspelling only if no document has it.

The query is planned with the words and names of the whole library (search.plan), which are in memory; the tables tell
which units of documents may satisfy the plan and which do (library.search.retrieval). Where words must stand side by
side, the candidates are read one after the other, best first (library.search.verification), so that the first screenful
does not wait for the rest. Where no document matches, those with the most of the words are hits, and marked as such.
Documents of equal score are in order of the number of their agreements, then of date, the latest first.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.library.agreement_keys import AgreementOrder
from alliance_tui.library.corpus_entities import CorpusEntities
from alliance_tui.library.index.reader import IndexReader
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.saved_searches import read_searches
from alliance_tui.library.search.agreement_candidates import AgreementRetriever
from alliance_tui.library.search.agreement_search import AgreementResults, AgreementSearch, QueryMatcher
from alliance_tui.library.search.completion import QueryCompleter
from alliance_tui.library.search.document_filters import DocumentFilters, split_document_filters
from alliance_tui.library.search.document_scores import Scores
from alliance_tui.library.search.library_lexicon import LibraryLexicon
from alliance_tui.library.search.lookups import LookupReader
from alliance_tui.library.search.name_index import NameIndex
from alliance_tui.library.search.read_cache import ReadCache
from alliance_tui.library.search.reading_limit import NO_LIMIT, ReadingLimit
from alliance_tui.library.search.results import Results
from alliance_tui.library.search.retrieval import CandidateRetriever, Candidates
from alliance_tui.library.search.verification import Verifier
from alliance_tui.review.labels import index_of
from alliance_tui.search.cancellation import NEVER_CANCELLED, CancellationToken, CancelledError, never
from alliance_tui.search.engine import WARM_UP_QUERIES, search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.matches import Matches, MatchType, Range
from alliance_tui.search.matching.ranking import match_type_of
from alliance_tui.search.plan.conditions import POSSIBLE, asks_for_status
from alliance_tui.search.plan.planner import plan_query
from alliance_tui.search.plan.query_plan import QueryPlan
from alliance_tui.search.saved_queries import expand_saved

_Results = TypeVar("_Results")
LATEST_FIRST = AgreementOrder()
_FIRST_INTERVAL = 0.04  # seconds until the first results are yielded, if they are less than a screenful
_INTERVAL = 0.25  # seconds between further results
_LIMIT_OF_KEY = ReadingLimit(documents=1_000, seconds=0.7)  # the look-up before takes up to 0.2 seconds
_SQLITE_OPERATIONS = 5_000  # between two checks for cancellation, well under a millisecond


class DocumentHit(Struct, frozen=True, gc=False):
    """A matching document: its number, the match type of the worst query word, and its score (document_scores)."""

    document: int
    match_type: MatchType
    score: float


class SearchResults(Results[DocumentHit], frozen=True):
    """The matching documents so far, best first; unordered for a query without any term.

    `matched_words` are the words of the library that match, each with the range to highlight.
    """

    matched_words: Mapping[str, Range] = {}

    place: ClassVar[str] = "document"


class Preview(Struct, frozen=True):
    """The matches in one document: their counts, and a line with the best one.

    `line` is the line of the text, which starts at offset `start`, or the name of a record, without `start`;
    `highlights` are the matched ranges in it.
    """

    text_matches: int = 0
    entities: int = 0
    agreements: int = 0
    line: str = ""
    highlights: tuple[Range, ...] = ()
    start: int | None = None


class LibrarySearch:
    """Searches one library; like the library's connection, it is for one thread."""

    def __init__(self, library: LibraryReader) -> None:
        self._library = library
        self._reader = IndexReader(library.db)
        self._cache = ReadCache(library)
        self._data_version: int | None = None
        self._saved_searches: dict[str, str] = {}
        self.documents: dict[int, LibraryDocument] = {}
        """All documents by number, in order of path, at the time of the last refresh."""
        self._tie_breaks: dict[int, int] = {}
        """The position of each document among those of equal score."""
        self._title_index: dict[str, list[int]] = {}
        self._lexicon: LibraryLexicon | None = None
        self._names = NameIndex(self._reader)
        self._corpus_entities: CorpusEntities | None = None
        self._completer: QueryCompleter | None = None
        self._agreements: AgreementSearch | None = None
        self._planned: tuple[tuple[str, bool], QueryPlan, DocumentFilters] | None = None
        """The query planned last, with whether it was being typed."""

    @property
    def agreements(self) -> AgreementSearch:
        """The search for agreements, made on first use."""
        if self._agreements is None:

            def _retriever(cancellation: CancellationToken) -> AgreementRetriever:
                lookups = LookupReader(self._reader, self._title_index)
                return AgreementRetriever(
                    self._library.db, self._reader, lookups, self._names, self.documents, cancellation
                )

            self._agreements = AgreementSearch(self._library, self._cache, _retriever)
        return self._agreements

    @property
    def corpus_entities(self) -> CorpusEntities:
        """The entities of all documents, merged on first use."""
        if self._corpus_entities is None:
            self._corpus_entities = CorpusEntities(self._library.db)
        return self._corpus_entities

    @property
    def completer(self) -> QueryCompleter:
        """The completer of queries, made on first use."""
        if self._data_version is None:
            self.refresh()
        if self._completer is None:
            self._completer = QueryCompleter(self._library.db, self.documents)
        return self._completer

    def refresh(self) -> bool:
        """Reload the documents if the library has changed; return whether it has."""
        (version,) = self._library.db.execute("PRAGMA data_version").fetchone()
        if version == self._data_version:
            return False
        self.documents = {document.number: document for document in self._library.documents()}
        ordered = sorted(self.documents.values(), key=_tie_break_key)
        self._tie_breaks = {document.number: position for position, document in enumerate(ordered)}
        self._reader, self._cache = IndexReader(self._library.db), ReadCache(self._library)
        self._title_index, self._lexicon, self._names = {}, None, NameIndex(self._reader)
        self._corpus_entities, self._completer, self._agreements, self._planned = None, None, None, None
        self._saved_searches = read_searches(self._library.db)
        self._data_version = version
        return True

    def query_of_documents(self, query: str) -> str:
        """Return what of a query is searched for in each document: the terms of saved ones, without filters on
        documents."""
        return split_document_filters(expand_saved(query, self._saved_searches)[0]).remaining_query.strip()

    def load_lexicon(self) -> LibraryLexicon:
        """Return the words and names of the library, which are read on first use."""
        if self._data_version is None:
            self.refresh()
        if self._lexicon is None:
            for document in self.documents.values():
                for word in set(folded_words(document.title)):
                    self._title_index.setdefault(word, []).append(document.number)
            self._lexicon = LibraryLexicon(self._reader)
            _ = self._names.index
        return self._lexicon

    def warm_up(self) -> None:
        """Read the words of the library and the word lists now, so that no key has to wait for them."""
        lexicon = self.load_lexicon()
        for query in WARM_UP_QUERIES:
            plan_query(query, lexicon, NEVER_CANCELLED)

    def search(
        self,
        query: str,
        *,
        screenful: int = 40,
        typing: bool = True,
        reads_all: bool = False,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[SearchResults]:
        """Yield the results of a query: once, or repeatedly while candidates are verified.

        Results are yielded as soon as there is a `screenful` of hits, then at intervals, and at the end. `typing`:
        the last word may still be being typed, and no more candidates are read than a key leaves time for, unless the
        search `reads_all`. Once `cancelled` returns True, the search ends and nothing more is yielded.
        """
        return self._interruptible(
            lambda cancellation: self._search(query, screenful, cancellation, typing=typing, reads_all=reads_all),
            cancelled,
        )

    def search_agreements(
        self,
        query: str,
        order: AgreementOrder = LATEST_FIRST,
        *,
        screenful: int = 40,
        typing: bool = True,
        reads_all: bool = False,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[AgreementResults]:
        """Yield the agreements that a query finds, in this order, as `search` does the documents."""
        return self._interruptible(
            lambda cancellation: self._search_agreements(
                query, order, screenful, cancellation, typing=typing, reads_all=reads_all
            ),
            cancelled,
        )

    def matcher(self, query: str, *, typing: bool = True) -> QueryMatcher:
        """Return what tells what a query matches in single agreements."""
        return QueryMatcher(self._plan(query, NEVER_CANCELLED, typing=typing)[0])

    def _interruptible(
        self, results: Callable[[CancellationToken], Iterator[_Results]], cancelled: Callable[[], bool]
    ) -> Iterator[_Results]:
        """Yield results until the search is cancelled; then statements of SQL end too.

        Where nothing cancels it, no statement calls back: SQLite would take the exception of a signal (Ctrl-C) that
        comes during the call for its own interruption.
        """
        if cancelled is not never:
            self._library.db.set_progress_handler(lambda: int(cancelled()), _SQLITE_OPERATIONS)
        try:
            yield from results(CancellationToken(cancelled))
        except CancelledError:
            return
        except sqlite3.OperationalError:
            if not cancelled():
                raise
        finally:
            self._library.db.set_progress_handler(None, 0)

    def _search(
        self, query: str, screenful: int, cancellation: CancellationToken, *, typing: bool, reads_all: bool
    ) -> Iterator[SearchResults]:
        if self._data_version is None:
            self.refresh()
        plan, document_filters = self._plan(query, cancellation, typing=typing)
        searched = self._passing(document_filters, cancellation)
        lookups = LookupReader(self._reader, self._title_index)
        retriever = CandidateRetriever(self._reader, lookups, self._names, self.documents, cancellation)
        with_possible = asks_for_status(document_filters.remaining_query, POSSIBLE)
        candidates = retriever.retrieve(plan, searched, with_possible=with_possible)
        problems = plan.problems
        if candidates is None:
            hits = tuple(DocumentHit(number, MatchType.WORD, 0.0) for number in searched)
            active = bool(document_filters.predicates)
            yield SearchResults(query, active, hits, len(hits), len(hits), problems=problems)
            return
        results = SearchResults(
            query,
            active=True,
            candidate_count=len(candidates.scores),
            done=False,
            matched_words={word: (match.start, match.end) for word, match in candidates.matched_words.items()},
            problems=problems,
            missing=candidates.missing,
            searched=tuple(meaning.typed for each in candidates.clauses for meaning in each.clause.meanings),
        )
        verifier = Verifier(self._cache, plan, candidates, cancellation)
        limit = _LIMIT_OF_KEY if typing and not reads_all else NO_LIMIT
        for verified in self._verify(results, candidates, verifier, screenful, limit):
            if verified.found_nothing and _may_be_relaxed(plan):
                nearest = retriever.nearest(candidates, searched)
                hits = tuple(self._hit(number, nearest) for number in self._ranked(nearest))
                yield replace(verified, hits=hits, is_nearest=bool(hits))
            else:
                yield verified

    def _search_agreements(
        self,
        query: str,
        order: AgreementOrder,
        screenful: int,
        cancellation: CancellationToken,
        *,
        typing: bool,
        reads_all: bool,
    ) -> Iterator[AgreementResults]:
        if self._data_version is None:
            self.refresh()
        plan, document_filters = self._plan(query, cancellation, typing=typing)
        documents, is_whole = self.documents, not document_filters.predicates
        if not is_whole:
            documents = {number: documents[number] for number in self._passing(document_filters, cancellation)}
        found = self.agreements.search(
            query,
            plan,
            documents,
            order,
            screenful,
            cancellation,
            is_whole=is_whole,
            is_limited=typing and not reads_all,
        )
        for results in found:
            yield replace(results, active=results.active or bool(document_filters.predicates))

    def _plan(
        self, query: str, cancellation: CancellationToken, *, typing: bool = True
    ) -> tuple[QueryPlan, DocumentFilters]:
        """Return the plan of a query, with the problems of its filters on documents, and these filters."""
        cancellation.raise_if_cancelled()
        if not query.strip():  # the words of the library need not be known
            return QueryPlan(), DocumentFilters("")
        lexicon = self.load_lexicon()
        if self._planned is None or self._planned[0] != (query, typing):
            expanded, problems = expand_saved(query, self._saved_searches)
            filters = split_document_filters(expanded)
            plan = plan_query(filters.remaining_query, lexicon, cancellation, typing=typing)
            plan = replace(plan, problems=(*problems, *filters.problems, *plan.problems))
            self._planned = (query, typing), plan, filters
        return self._planned[1:]

    def _passing(self, filters: DocumentFilters, cancellation: CancellationToken) -> list[int]:
        """Return the documents that pass the filters."""
        if not filters.predicates:
            return list(self.documents)
        numbers = cancellation.iterate(self.documents)
        return [number for number in numbers if filters.passes(self.documents[number])]

    def _verify(
        self, results: SearchResults, candidates: Candidates, verifier: Verifier, screenful: int, limit: ReadingLimit
    ) -> Iterator[SearchResults]:
        """Yield the results with the hits among the candidates that are read within the limit, best first."""
        scores, verified = candidates.scores, candidates.verified
        ranked = self._ranked(scores)
        hits: list[DocumentHit] = []
        next_yield, is_screen_filled = time.monotonic() + _FIRST_INTERVAL, False
        read, unread, seconds = 0, 0, 0.0
        for count, number in enumerate(ranked, 1):
            hit = self._hit(number, scores)
            if number in verified:
                hits.append(hit)
                continue
            if limit.is_reached(read, seconds, is_screen_filled=len(hits) >= screenful):
                unread += 1
                continue
            read += 1
            began = time.monotonic()
            if verifier.matches(self.documents[number]):
                hits.append(hit)
            now = time.monotonic()
            seconds += now - began
            if now >= next_yield or (len(hits) >= screenful and not is_screen_filled):
                is_screen_filled = len(hits) >= screenful
                next_yield = now + _INTERVAL
                yield replace(results, hits=tuple(hits), verified_count=count)
        yield replace(results, hits=tuple(hits), verified_count=len(ranked) - unread, done=True)

    def _ranked(self, scores: Scores) -> list[int]:
        """Return the documents by score, and by tie-break for scores that are nearly equal."""
        tie_breaks, step = self._tie_breaks, len(self._tie_breaks)  # a hundredth of a score outweighs any tie-break
        return sorted(scores, key=lambda number: tie_breaks[number] - step * round(100 * scores[number]))

    @staticmethod
    def _hit(number: int, scores: Scores) -> DocumentHit:
        return DocumentHit(number, match_type_of(scores[number]), scores[number])

    def preview(self, number: int, query: str, *, cancelled: Callable[[], bool] = never) -> Preview:
        """Return the matches in a document, exactly as in the explorer; none in a removed or damaged document."""
        document = self.documents.get(number)
        try:
            reviewed = self._library.load_reviewed(document) if document else None
        except (KeyError, DamagedDocumentError):
            reviewed = None
        if reviewed is None:
            return Preview()
        remaining = self.query_of_documents(query)
        index = index_of(reviewed, possible=asks_for_status(remaining, POSSIBLE))
        return _preview(index, search(index, remaining, cancelled=cancelled))


def _may_be_relaxed(plan: QueryPlan) -> bool:
    """Whether the plan is of plain words alone: operators and conditions are always met."""
    return all(
        len(clause.meanings) == len(clause.literals) and not any(meaning.is_literal for meaning in clause.meanings)
        for clause in plan.clauses
    )


def _preview(index: SearchIndex, matches: Matches) -> Preview:
    counts = Preview(len(matches.text), len(matches.entities), len(matches.agreements))
    if matches.text:
        best = max(matches.text, key=lambda match: match.score)
        text = index.text.strings[0]
        start = text.rfind("\n", 0, best.start) + 1
        end = text.find("\n", best.end)
        end = len(text) if end < 0 else end
        in_line = (match for match in matches.text if start <= match.start and match.end <= end)
        highlights = tuple((match.start - start, match.end - start) for match in in_line)
        return replace(counts, line=text[start:end], highlights=highlights, start=best.start)
    for match in (*matches.agreements, *matches.entities):
        for field, ranges in match.matched_ranges.items():
            return replace(counts, line=index.field_string(match.record_id, field), highlights=ranges)
    return counts


_REVERSED_DIGITS = str.maketrans("0123456789", "9876543210")


def _tie_break_key(document: LibraryDocument) -> tuple[int, str, str]:
    """Return the key by which documents of equal score are sorted."""
    return -document.agreements, _latest_first(document.date), document.path


def _latest_first(date: str | None) -> str:
    """Return a sort key by which later dates come first, and a missing date last."""
    return date.translate(_REVERSED_DIGITS) if date else ":"
