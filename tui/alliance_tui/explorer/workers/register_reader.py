"""The register of the library, read in a thread of its own: linking may take long, and searches go on meanwhile."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_tui.explorer.workers.library_thread import LibraryThread

if TYPE_CHECKING:
    from alliance_tui.library.register import LifeEntry
    from alliance_tui.library.store import Library
    from alliance_tui.linking.register import RegisterRow
    from alliance_tui.overviews.sources import SourceDocument

_LINKED_AT_ONCE = 20
"""Documents that are linked between two reports."""

_RELINKED_AT_ONCE = 4
"""Documents that are linked anew before anything else that the thread was asked for."""


class RegisterReader(LibraryThread):
    """Reads the register of the library."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "register")
        self._is_closed = self._is_relinking = False
        self._known: tuple[tuple[int, str], list[RegisterRow]] | None = None
        """The rows that were read last, with the version of the file's data and the day."""

    def close(self) -> None:
        """End what is under way and close the file."""
        self._is_closed = True
        super().close()

    async def rows(self, report: Callable[[int, int], None]) -> list[RegisterRow]:
        """Return the register as of today, after linking the documents that are not linked yet.

        `report` is called in the event loop, now and then, with how many of these are linked, and of how many.
        Documents that other rules have linked keep their links for this time, and are linked anew afterwards.
        """
        loop = asyncio.get_running_loop()
        rows = await self._run(lambda: self._rows(lambda *counts: loop.call_soon_threadsafe(report, *counts)))
        self._later(self._relink)
        return rows

    async def sources(self) -> dict[int, SourceDocument]:
        """Return the documents by their numbers, with what made their records and who judged them."""
        from alliance_tui.library.sources import read_sources

        return await self._run(lambda: read_sources(self._open_library()))

    async def life(self, row: RegisterRow) -> list[LifeEntry]:
        """Return the statements of an undertaking in order of date."""
        from alliance_tui.library.register import load_life

        return await self._run(lambda: load_life(self._open_library(), row))

    def _rows(self, report: Callable[[int, int], object]) -> list[RegisterRow]:
        from alliance_tui.library.register import load_register
        from alliance_tui.library.review.review_entries import read_entries
        from alliance_tui.review.record_links import link_decisions

        library = self._open_library()
        self._link_pending(library, report)
        (version,) = library.db.execute("PRAGMA data_version").fetchone()
        state = version, date.today().isoformat()
        if self._known is None or self._known[0] != state:
            decisions = link_decisions(list(read_entries(library.db)))
            self._known = state, load_register(library, state[1], decisions)
        return self._known[1]

    def _link_pending(self, library: Library, report: Callable[[int, int], object]) -> None:
        from alliance_tui.library.links import never_linked_documents

        if not (unlinked := never_linked_documents(library.db)):
            return
        self._known = None
        with suppress(sqlite3.OperationalError):  # a library that cannot be written has the links that it has
            for linked, _ in enumerate(library.link_pending(unlinked), 1):
                if self._is_closed:
                    return
                if linked % _LINKED_AT_ONCE == 0:
                    report(linked, len(unlinked))

    def _relink(self) -> None:
        """Link the documents that other rules have linked, unless that is under way."""
        from alliance_tui.library.links import unlinked_documents

        if self._is_closed or self._is_relinking:
            return
        library = self._open_library()
        self._relink_some([number for number in unlinked_documents(library.db) if number not in library.damaged])

    def _relink_some(self, pending: Sequence[int]) -> None:
        """Link a few documents, and the others later: what is asked goes first."""
        self._is_relinking = bool(pending) and not self._is_closed
        if not self._is_relinking:
            return
        self._known = None
        try:
            for _ in self._open_library().link_pending(pending[:_RELINKED_AT_ONCE]):
                pass
        except sqlite3.Error:  # as above; the rest is linked anew when the register is opened again
            self._is_relinking = False
        else:
            self._later(lambda: self._relink_some(pending[_RELINKED_AT_ONCE:]))

    def _later(self, work: Callable[[], object]) -> None:
        """Do work in the thread after what it has been asked for, unless it is closed."""
        with suppress(RuntimeError):
            self._executor.submit(work)
