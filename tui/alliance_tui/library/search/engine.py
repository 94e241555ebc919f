"""One query over all documents of the library: which match, best first, and why.

A query is what it is in one document (search.query), with fields of documents besides (library.narrowing). A document
matches where the explorer, once it has opened it, finds something: in the text, the entities or the agreements; its
title counts as a paragraph of it. `!word` leaves out the documents in which the word stands anywhere. Typos are
forgiven where no document of the library has the word as it was typed.

The words of the library are in memory; in which documents they stand, and which records have what a field asks for,
its tables tell (library.candidates). That is enough for one word or for fields; else the documents are looked into one
after the other, best first (library.verifying), so that the first screenful is there before the last is looked at.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from alliance_tui.library.corpus_entities import CorpusEntities
from alliance_tui.library.index.reader import IndexReader
from alliance_tui.library.library_document import DamagedDocumentError, LibraryDocument
from alliance_tui.library.search.completion import QueryCompleter
from alliance_tui.library.search.document_filters import split_document_filters
from alliance_tui.library.search.query_expansion import LibraryVocabulary, QueryExpander
from alliance_tui.library.search.read_cache import ReadCache
from alliance_tui.library.search.retrieval import CandidateRetriever, Candidates
from alliance_tui.library.search.sql_filters import NameIndex, SqlFilters
from alliance_tui.library.search.verification import Verifier
from alliance_tui.library.store import Library
from alliance_tui.search.cancellation import CancellationToken, CancelledError
from alliance_tui.search.engine import search
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import Matches, MatchType, Range
from alliance_tui.search.query import parse_query
from alliance_tui.search.ranking import match_type_of
from alliance_tui.search.tokenizer import folded_words

_PATIENCE = 0.04  # seconds until what there is is told, if it is less than a screenful
_BETWEEN = 0.25  # seconds between two tellings
_OPERATIONS = 5_000  # of SQLite, well under a millisecond, between two looks at whether a search is still wanted


class DocumentHit(Struct, frozen=True, gc=False):
    """A document that matches: its number in the library, how it was met, and how well (see library.candidates)."""

    document: int
    match_type: MatchType
    score: float


class SearchResults(Struct, frozen=True):
    """What a query has found so far, best first.

    Of `candidates` documents that may match, `checked` have been told apart; `done` says whether that is all. `met` are
    the words that were met, each with the letters to light. `active` is False for a query that asks nothing: then
    all documents are found, in no order of merit. `problems` are gentle words on what was passed over.
    """

    query: str
    active: bool = False
    hits: tuple[DocumentHit, ...] = ()
    verified_count: int = 0
    candidate_count: int = 0
    done: bool = True
    matched_words: Mapping[str, Range] = {}
    problems: tuple[str, ...] = ()


class Preview(Struct, frozen=True):
    """What a look into one document finds: the counts of its matches, and of the best one the line of the text or the
    name of the record, with what to light in it. `start` is its offset in the text, None for a record's name."""

    text_matches: int = 0
    entities: int = 0
    agreements: int = 0
    line: str = ""
    highlights: tuple[Range, ...] = ()
    start: int | None = None


class LibrarySearch:
    """Searches one library. Like the library's connection, it is for one thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lookups = IndexReader(library.db)
        self._read = ReadCache(library)
        self._version: int | None = None
        self.documents: dict[int, LibraryDocument] = {}
        """All documents by number, in order of path, as they were when last looked at."""
        self._standing: dict[int, int] = {}
        """The place of each document among those that meet a query equally well."""
        self._titles: dict[str, list[int]] = {}
        self._known: LibraryVocabulary | None = None
        self._names = NameIndex(self._lookups)
        self._merged: CorpusEntities | None = None
        self._completer: QueryCompleter | None = None

    @property
    def corpus_entities(self) -> CorpusEntities:
        """The entities of all documents, merged on the first use."""
        if self._merged is None:
            self._merged = CorpusEntities(self._library.db)
        return self._merged

    @property
    def completer(self) -> QueryCompleter:
        """What completes queries, made on the first use."""
        if self._version is None:
            self.refresh()
        if self._completer is None:
            self._completer = QueryCompleter(self._library.db, self.documents)
        return self._completer

    def refresh(self) -> bool:
        """Take notice of what changed in the library; whether anything did."""
        (version,) = self._library.db.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return False
        self.documents = {kept.number: kept for kept in self._library.documents()}
        in_order = sorted(self.documents.values(), key=_merit)
        self._standing = {kept.number: place for place, kept in enumerate(in_order)}
        self._lookups, self._read = IndexReader(self._library.db), ReadCache(self._library)
        self._titles, self._known, self._names = {}, None, NameIndex(self._lookups)
        self._merged, self._completer = None, None
        self._version = version
        return True

    def load_vocabulary(self) -> LibraryVocabulary:
        """The words and the names of the library, read on the first use."""
        if self._version is None:
            self.refresh()
        if self._known is None:
            for kept in self.documents.values():
                for word in set(folded_words(kept.title)):
                    self._titles.setdefault(word, []).append(kept.number)
            self._known = LibraryVocabulary(self._lookups)
            _ = self._names.index
        return self._known

    def search(
        self, query: str, *, screenful: int = 40, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[SearchResults]:
        """What the query finds, told once or, while documents have to be looked into, several times.

        As soon as a `screenful` of documents is found it is told of; the rest now and then, and all at the end. Once
        `cancelled` says so, the search is given up and nothing more is told.
        """
        watch = CancellationToken(cancelled)
        self._library.db.set_progress_handler(lambda: int(cancelled()), _OPERATIONS)
        try:
            yield from self._search(query, screenful, watch)
        except CancelledError:
            return
        except sqlite3.OperationalError:
            if not cancelled():
                raise
        finally:
            self._library.db.set_progress_handler(None, 0)

    def _search(self, query: str, screenful: int, watch: CancellationToken) -> Iterator[SearchResults]:
        known = self.load_vocabulary()
        narrowed = split_document_filters(query)
        asked = parse_query(narrowed.remaining_query)
        conditions = SqlFilters(self._names)
        everything = list(self.documents)
        if narrowed.tests:
            everything = [number for number in watch.iterate(everything) if narrowed.passes(self.documents[number])]
        finder = CandidateRetriever(
            self._lookups, QueryExpander(known, watch), self.documents, self._titles, conditions
        )
        candidates = finder.retrieve(asked, everything)
        problems = (*narrowed.problems, *asked.problems, *conditions.problems)
        if candidates is None:
            found = tuple(DocumentHit(number, MatchType.WORD, 0.0) for number in everything)
            yield SearchResults(query, bool(narrowed.tests), found, len(found), len(found), problems=problems)
            return
        met = {word: (m.start, m.end) for word, m in candidates.matched_words.items()}
        told = SearchResults(
            query, True, candidate_count=len(candidates.scores), done=False, matched_words=met, problems=problems
        )
        verifier = Verifier(self._read, narrowed.remaining_query, candidates, watch)
        yield from self._told(told, candidates, verifier, screenful)

    def _told(
        self, told: SearchResults, candidates: Candidates, verifier: Verifier, screenful: int
    ) -> Iterator[SearchResults]:
        scores, certain = candidates.scores, candidates.verified
        standing, step = self._standing, len(self._standing)  # a hundredth of a score outweighs all standing
        order = sorted(scores, key=lambda number: standing[number] - step * round(100 * scores[number]))
        found: list[DocumentHit] = []
        due, filled = time.monotonic() + _PATIENCE, False
        for checked, number in enumerate(order, 1):
            points = scores[number]
            if number in certain:
                found.append(DocumentHit(number, match_type_of(points), points))
                continue
            if verifier.matches(self.documents[number]):
                found.append(DocumentHit(number, match_type_of(points), points))
            now = time.monotonic()
            if now >= due or (len(found) >= screenful and not filled):
                filled = len(found) >= screenful
                due = now + _BETWEEN
                yield replace(told, hits=tuple(found), verified_count=checked)
        yield replace(told, hits=tuple(found), verified_count=len(order), done=True)

    def preview(self, document: int, query: str, *, cancelled: Callable[[], bool] = lambda: False) -> Preview:
        """What the query finds in a document, exactly as the explorer will; nothing where it was removed or damaged."""
        kept = self.documents.get(document)
        try:
            analysis = self._library.load_analysis(kept) if kept else None
        except (KeyError, DamagedDocumentError):
            analysis = None
        if analysis is None:
            return Preview()
        index = SearchIndex.build(analysis.document.text, analysis)
        return _sight(index, search(index, split_document_filters(query).remaining_query, cancelled=cancelled))


def _sight(index: SearchIndex, matches: Matches) -> Preview:
    counts = Preview(len(matches.text), len(matches.entities), len(matches.agreements))
    if matches.text:
        best = max(matches.text, key=lambda hit: hit.score)
        text = index.text.strings[0]
        start = text.rfind("\n", 0, best.start) + 1
        end = text.find("\n", best.end)
        end = len(text) if end < 0 else end
        lit = tuple(
            (hit.start - start, hit.end - start) for hit in matches.text if start <= hit.start and hit.end <= end
        )
        return replace(counts, line=text[start:end], highlights=lit, start=best.start)
    for match in (*matches.agreements, *matches.entities):
        for field, ranges in match.matched_ranges.items():
            return replace(counts, line=index.field_string(match.record_id, field), highlights=ranges)
    return counts


_BACKWARDS = str.maketrans("0123456789", "9876543210")


def _merit(kept: LibraryDocument) -> tuple[int, str, str]:
    """What to sort documents by that meet a query equally well."""
    return -kept.agreements, _latest_first(kept.date), kept.path


def _latest_first(date: str | None) -> str:
    """A string by which later dates come first, and none last."""
    return date.translate(_BACKWARDS) if date else ":"
