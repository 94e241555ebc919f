"""The library in a thread of its own: one connection, one question at a time, given up when the next is asked."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from alliance_tui.explorer.state.library_state import SortOrder, sorted_rows
from alliance_tui.explorer.workers.scheduling import RenderPriority
from alliance_tui.library.database import as_library_errors

if TYPE_CHECKING:
    from alliance_tui.library.corpus_entities import AgreementSummary, CorpusEntity
    from alliance_tui.library.library_document import LibraryDocument
    from alliance_tui.library.search.engine import LibrarySearch, Preview, SearchResults
    from alliance_tui.library.store import Library
    from alliance_tui.records import Analysis
    from alliance_tui.search.completion import Completion

_Answer = TypeVar("_Answer")

_WAIT = 1.0  # seconds for another process's write to end: a reader does not need to wait longer to read
_LOOK = 0.003  # seconds between two looks at whether an answer that is being shown is still wanted

Rows = tuple[int, ...]
"""Numbers of documents in the order in which they are listed."""


class LibraryWorker:
    """Asks the library in the file at `path`.

    Whatever goes wrong in the thread is raised as LibraryError, so a screen has one kind of error to tell.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pool = ThreadPoolExecutor(1, "library")
        self._open = ExitStack()
        self._library: Library | None = None
        self._search: LibrarySearch | None = None
        self._asked = 0
        self._looked = 0
        self.render_priority = RenderPriority()

    def close(self) -> None:
        """Give up what is under way and close the file."""
        self._asked += 1
        self._looked += 1
        self._pool.submit(self._open.close)
        self._pool.shutdown(wait=False)

    async def documents(self, known: Mapping[int, LibraryDocument]) -> Mapping[int, LibraryDocument] | None:
        """All documents by number; None where they are those that are `known`, from an earlier answer."""
        return await self._do(lambda: self._documents(known))

    async def prepare(self) -> None:
        """Have the words of the library ready for the first key."""
        await self._do(lambda: self._searcher().load_vocabulary())

    async def changed_documents(self) -> frozenset[int]:
        """The documents whose files are no longer as they were when they were read. A file that is gone is none."""
        return await self._do(self._changed)

    async def source_paths(self, documents: frozenset[int]) -> list[Path]:
        """The files of these documents."""
        return await self._do(
            lambda: [path for kept, path, _ in self._kept().source_fingerprints() if kept.number in documents]
        )

    async def analysis(self, document: int) -> Analysis | None:
        """A document with all that was found in it; None where it was removed meanwhile.

        It is noted as opened now, if the library can be written to.
        """
        analysis = await self._do(lambda: self._analysis(document))
        if analysis is not None:  # the reader does not wait for the note
            self._pool.submit(self._note_opened, document)
        return analysis

    async def preview(self, document: int, query: str) -> Preview | None:
        """What the query finds in the document; None where another look was asked for meanwhile."""
        self._looked += 1
        asked, looked = self._asked, self._looked

        def run() -> Preview | None:
            stale = self.render_priority.cancellation_check(lambda: (asked, looked) != (self._asked, self._looked))
            sight = None if stale() else self._searcher().preview(document, query, cancelled=stale)
            return None if stale() else sight

        return await self._do(run)

    async def completions(self, query: str, cursor: int) -> tuple[Completion, ...]:
        """What the term before the cursor may become, likeliest first."""
        return await self._do(lambda: self._searcher().completer.complete(query, cursor))

    async def entities(self, text: str) -> list[CorpusEntity]:
        """The entities of the whole library that the text finds, best first."""
        return await self._do(lambda: self._searcher().corpus_entities.find(text))

    async def agreements(self, entity: CorpusEntity) -> list[AgreementSummary]:
        """The records of agreements to which the entity is a party, in whatever document."""
        from alliance_tui.library.corpus_entities import agreements_of

        return await self._do(lambda: list(agreements_of(self._kept().db, entity)))

    async def search(
        self, query: str, sorting: SortOrder, screenful: int, draw: Callable[[SearchResults, Rows], None]
    ) -> AsyncIterator[tuple[SearchResults, Rows]]:
        """What the query finds, as it is found and as it is to be listed; nothing more once another is asked.

        The library's thread lets `draw` have each answer first. While the screen shows one, the search stands still.
        """
        self._asked += 1
        asked = self._asked
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[tuple[SearchResults, Rows] | None] = asyncio.Queue()
        shown = threading.Event()

        def run() -> None:
            try:
                if asked == self._asked:
                    searcher = self._searcher()
                    given_up = self.render_priority.cancellation_check(lambda: asked != self._asked)
                    for findings in searcher.search(query, screenful=screenful, cancelled=given_up):
                        rows = sorted_rows(searcher.documents, findings, sorting)
                        draw(findings, rows[:screenful])
                        shown.clear()
                        loop.call_soon_threadsafe(told.put_nowait, (findings, rows))
                        while asked == self._asked and not findings.done and not shown.wait(_LOOK):
                            pass
            finally:
                loop.call_soon_threadsafe(told.put_nowait, None)

        done = asyncio.ensure_future(self._do(run))
        while (answer := await told.get()) is not None:
            if asked == self._asked:
                yield answer
            shown.set()
        await done

    async def sort(self, findings: SearchResults, sorting: SortOrder) -> Rows:
        """What was found, as it is to be listed now."""
        return await self._do(lambda: sorted_rows(self._searcher().documents, findings, sorting))

    async def _do(self, work: Callable[[], _Answer]) -> _Answer:
        def run() -> _Answer:
            with as_library_errors(self.path):
                return work()

        return await asyncio.get_running_loop().run_in_executor(self._pool, run)

    def _kept(self) -> Library:
        if self._library is None:
            from alliance_tui.library.store import open_library

            self._library = self._open.enter_context(open_library(self.path, _WAIT))
        return self._library

    def _searcher(self) -> LibrarySearch:
        if self._search is None:
            from alliance_tui.library.search.engine import LibrarySearch

            self._search = LibrarySearch(self._kept())
        return self._search

    def _documents(self, known: Mapping[int, LibraryDocument]) -> Mapping[int, LibraryDocument] | None:
        searcher = self._searcher()
        searcher.refresh()
        return None if searcher.documents is known else searcher.documents

    def _changed(self) -> frozenset[int]:
        from alliance_tui.library.source_file import fingerprint_of

        changed = set()
        for kept, path, stamp in self._kept().source_fingerprints():
            try:
                if fingerprint_of(path) != stamp:
                    changed.add(kept.number)
            except OSError:
                continue
        return frozenset(changed)

    def _analysis(self, document: int) -> Analysis | None:
        library = self._kept()
        kept = library.get(document)
        if kept is None:
            return None
        try:
            return library.load_analysis(kept)
        except KeyError:
            return None

    def _note_opened(self, document: int) -> None:
        with suppress(sqlite3.Error):  # a full disk, or another process that writes: the document is shown all the same
            kept = self._kept().get(document)
            if kept is not None:
                self._kept().mark_opened(Path(kept.path))
