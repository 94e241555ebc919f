"""The library in a thread of its own: one connection, and a search that ends when the next begins."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from alliance_tui.explorer.state.explorer_state import AnalysisStage, OpenDocument
from alliance_tui.explorer.state.library_state import SortOrder, sorted_rows
from alliance_tui.explorer.workers.library_thread import LibraryThread
from alliance_tui.explorer.workers.scheduling import RenderPriority

if TYPE_CHECKING:
    from alliance_tui.library.agreement_keys import AgreementKey, AgreementOrder
    from alliance_tui.library.corpus_entities import AgreementSummary, CorpusEntity
    from alliance_tui.library.library_document import LibraryDocument
    from alliance_tui.library.occasions import Occasion, OccasionFinder
    from alliance_tui.library.review.review_progress import ReviewProgress
    from alliance_tui.library.search.agreement_search import AgreementResults, QueryMatcher
    from alliance_tui.library.search.engine import LibrarySearch, Preview, SearchResults
    from alliance_tui.records import Analysis
    from alliance_tui.search.completion import Completion

_Result = TypeVar("_Result")

Rows = tuple[int, ...]
"""Numbers of documents in the order in which they are listed."""


class LibraryWorker(LibraryThread):
    """Lists and searches the documents of the library, and loads them."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "library")
        self.render_priority = RenderPriority()
        self._search: LibrarySearch | None = None
        self._search_run: _SearchRun[Any] | None = None
        self._preview_count = 0
        self._occasions: tuple[Mapping[int, LibraryDocument], OccasionFinder] | None = None
        """What finds occasions, with the documents for which it was made."""

    def close(self) -> None:
        """Cancel what is under way and close the file."""
        if self._search_run:
            self._search_run.cancel()
        self._preview_count += 1
        super().close()

    async def documents(self, known: Mapping[int, LibraryDocument]) -> Mapping[int, LibraryDocument] | None:
        """Return all documents by number; None where `known`, an earlier result, is still current."""
        return await self._run(lambda: self._documents(known))

    async def prepare(self) -> None:
        """Read the words of the library and the word lists ahead of the first key."""
        await self._run(lambda: self._open_search().warm_up())

    async def changed_documents(self) -> frozenset[int]:
        """Return the documents whose files differ from when they were read; a missing file does not count."""
        return await self._run(self._changed)

    async def source_paths(self, documents: frozenset[int]) -> list[Path]:
        """Return the files of these documents."""

        def paths() -> list[Path]:
            fingerprints = self._open_library().source_fingerprints()
            return [path for document, path, _ in fingerprints if document.number in documents]

        return await self._run(paths)

    async def open_document(self, number: int, reader: str) -> OpenDocument | None:
        """Return a document as its reader sees it, None where it was removed meanwhile, and mark it as opened."""
        document = await self._run(lambda: self._load(number, reader))
        if document is not None:
            self._executor.submit(self._mark_opened, number)  # the reader does not wait for it
        return document

    async def write_agreements(self, keys: Sequence[AgreementKey], path: Path, columns: Sequence[str]) -> None:
        """Write agreements, in this order, to a new file in the format of its suffix. Raises AllianceError."""
        from alliance_tui.export.formats import is_row_by_row, write_file
        from alliance_tui.library.search.listed_documents import listed_documents

        def run() -> None:
            documents = self._open_search().documents
            listed = listed_documents(self._open_library(), documents, keys, in_order=is_row_by_row(path))
            write_file(listed, path, columns)

        await self._run(run)

    async def occasion(self, document: int) -> Occasion | None:
        """Return the occasion of a document, None where no other document is of it."""
        return await self._run(lambda: self._occasion_finder().occasion_of(document))

    async def review_progress(self) -> Mapping[int, ReviewProgress]:
        """Return how far the review of each document is, by the document's number."""
        from alliance_tui.library.review.review_progress import review_progress

        return await self._run(lambda: {each.document: each for each in review_progress(self._open_library().db)})

    async def stored_analysis(self, number: int, reader: str) -> Analysis | None:
        """Return a document's analysis as its reader sees it, None where it was removed meanwhile."""
        document = await self._run(lambda: self._load(number, reader))
        return document.analysis if document else None

    async def preview(self, number: int, query: str) -> Preview | None:
        """Return what the query finds in a document; None once another preview or search was asked for."""
        self._preview_count += 1
        preview_count, search_run = self._preview_count, self._search_run

        def is_stale() -> bool:
            return preview_count != self._preview_count or search_run is not self._search_run

        def run() -> Preview | None:
            cancelled = self.render_priority.cancellation_check(is_stale)
            preview = None if cancelled() else self._open_search().preview(number, query, cancelled=cancelled)
            return None if cancelled() else preview

        return await self._run(run)

    async def query_of_documents(self, query: str) -> str:
        """Return what of a query is searched for in each document."""
        return await self._run(lambda: self._open_search().query_of_documents(query))

    async def completions(self, query: str, cursor: int) -> tuple[Completion, ...]:
        """Return the completions of the term before the cursor, likeliest first."""
        return await self._run(lambda: self._open_search().completer.complete(query, cursor))

    async def entities(self, text: str) -> list[CorpusEntity]:
        """Return the entities of the whole library that the text finds, best first."""
        return await self._run(lambda: self._open_search().corpus_entities.find(text))

    async def agreements(self, entity: CorpusEntity) -> list[AgreementSummary]:
        """Return the agreements of all documents to which the entity is a party."""
        from alliance_tui.library.corpus_entities import agreements_of

        return await self._run(lambda: list(agreements_of(self._open_library().db, entity)))

    async def search(
        self,
        query: str,
        sort_order: SortOrder,
        screenful: int,
        draw: Callable[[SearchResults, Rows], None],
        *,
        is_whole: bool = False,
    ) -> AsyncGenerator[tuple[SearchResults, Rows], None]:
        """Yield the results so far with their rows, more each time; end early once another search is asked for.

        `draw` is called in the library's thread with the first `screenful` of rows before they are yielded. The search
        pauses while the consumer shows what was yielded. With `is_whole`, the last results are not partial.
        """

        def search(run: _SearchRun[tuple[SearchResults, Rows]], cancelled: Callable[[], bool]) -> None:
            searcher = self._open_search()
            for results in searcher.search(query, screenful=screenful, reads_all=is_whole, cancelled=cancelled):
                rows = sorted_rows(searcher.documents, results, sort_order)
                draw(results, rows[:screenful])
                run.publish((results, rows), is_last=results.done)

        async with aclosing(self._publish(search)) as published:
            async for each in published:
                yield each

    async def search_agreements(
        self, query: str, order: AgreementOrder, screenful: int, *, is_whole: bool = False
    ) -> AsyncGenerator[tuple[AgreementResults, QueryMatcher], None]:
        """Yield the agreements found so far, as `search` does the documents, with what tells what matches in them."""

        def search(run: _SearchRun[tuple[AgreementResults, QueryMatcher]], cancelled: Callable[[], bool]) -> None:
            searcher = self._open_search()
            found = searcher.search_agreements(
                query, order, screenful=screenful, reads_all=is_whole, cancelled=cancelled
            )
            for results in found:
                run.publish((results, searcher.matcher(query)), is_last=results.done)

        async with aclosing(self._publish(search)) as published:
            async for each in published:
                yield each

    async def _publish(
        self, search: Callable[[_SearchRun[_Result], Callable[[], bool]], None]
    ) -> AsyncGenerator[_Result, None]:
        """Yield what a search in the library's thread publishes; the search before it ends."""
        if self._search_run:
            self._search_run.cancel()
        run = self._search_run = _SearchRun[_Result]()

        def work() -> None:
            try:
                if not run.cancelled:
                    search(run, self.render_priority.cancellation_check(lambda: run.cancelled))
            finally:
                run.finish()

        task = asyncio.ensure_future(self._run(work))
        try:
            while (published := await run.next_published()) is not None:
                if not run.cancelled:
                    yield published
            await task
        finally:
            run.cancel()

    async def sort(self, results: SearchResults, sort_order: SortOrder) -> Rows:
        """Return the rows of the results in this order."""
        return await self._run(lambda: sorted_rows(self._open_search().documents, results, sort_order))

    def _open_search(self) -> LibrarySearch:
        if self._search is None:
            from alliance_tui.library.search.engine import LibrarySearch

            self._search = LibrarySearch(self._open_library())
        return self._search

    def _occasion_finder(self) -> OccasionFinder:
        from alliance_tui.library.occasions import OccasionFinder

        documents = self._open_search().documents
        if self._occasions is None or self._occasions[0] is not documents:
            self._occasions = documents, OccasionFinder(self._open_library().db)
        return self._occasions[1]

    def _documents(self, known: Mapping[int, LibraryDocument]) -> Mapping[int, LibraryDocument] | None:
        searcher = self._open_search()
        searcher.refresh()
        return None if searcher.documents is known else searcher.documents

    def _changed(self) -> frozenset[int]:
        from alliance_tui.library.ingestion.source_file import fingerprint_of

        changed = set()
        for document, path, fingerprint in self._open_library().source_fingerprints():
            try:
                if fingerprint_of(path) != fingerprint:
                    changed.add(document.number)
            except OSError:
                continue
        return frozenset(changed)

    def _load(self, number: int, reader: str) -> OpenDocument | None:
        from alliance_tui.library.review.review_entries import entries_of, last_row
        from alliance_tui.review.document_review import make_review

        library = self._open_library()
        document = library.get(number)
        if document is None:
            return None
        try:
            extracted = library.load_analysis(document)
        except KeyError:
            return None
        read_to = last_row(library.db)
        entries = list(entries_of(library.db, extracted.document))
        review = make_review(extracted, entries, reader, read_to) if entries else None
        analysis = review.reviewed.analysis if review else extracted
        return OpenDocument(analysis, AnalysisStage.DONE, review=review, from_library=True)

    def _mark_opened(self, number: int) -> None:
        with suppress(sqlite3.Error):  # a full disk, or another process that writes: the document opens all the same
            document = self._open_library().get(number)
            if document is not None:
                self._open_library().mark_opened(Path(document.path))


class _SearchRun(Generic[_Result]):
    """One search's hand-over of results from the library's thread to the event loop."""

    def __init__(self) -> None:
        self.cancelled = False
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[_Result | None] = asyncio.Queue()
        self._resumed = threading.Event()

    def publish(self, results: _Result, *, is_last: bool) -> None:
        """Hand results over and, unless they are the last, wait until the next are wanted (in the library's thread)."""
        self._resumed.clear()
        self._loop.call_soon_threadsafe(self._queue.put_nowait, results)
        if not (is_last or self.cancelled):
            self._resumed.wait()

    def finish(self) -> None:
        """Mark the end of the results (in the library's thread)."""
        self._loop.call_soon_threadsafe(self._queue.put_nowait, None)

    async def next_published(self) -> _Result | None:
        """Let the search go on and return what it hands over next, None at its end."""
        self._resumed.set()
        return await self._queue.get()

    def cancel(self) -> None:
        """End the search, also where it is paused."""
        self.cancelled = True
        self._resumed.set()
