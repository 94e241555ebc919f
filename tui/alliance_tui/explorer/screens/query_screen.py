"""A screen with a query line, which is imported and mounted at its first use."""

from __future__ import annotations

import asyncio
import sqlite3
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.errors import AllianceError
from alliance_tui.explorer.context import ExplorerContext
from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.workers.scheduling import RenderPriority

if TYPE_CHECKING:
    from alliance_tui.explorer.widgets.query_bar import QueryBar


PROGRAM_FAULT = "That failed by a fault of its own, and all else goes on; with --debug the fault is printed"


def import_query_bar() -> type[QueryBar]:
    """Import the query line's class, which takes longer than a frame: for a thread, ahead of its first use."""
    from alliance_tui.explorer.widgets.query_bar import QueryBar

    return QueryBar


class QueryScreen(Screen[None]):
    """A screen with a query line. While it is painted, the threads that work for it wait.

    Commands and work in threads run in `report_faults`: whatever fails, the screen goes on.
    """

    def __init__(self, render_priority: RenderPriority) -> None:
        super().__init__()
        self._render_priority = render_priority
        self.query_bar: QueryBar | None = None

    @property
    def context(self) -> ExplorerContext:
        """The app."""
        return cast(ExplorerContext, self.app)

    @property
    def styler(self) -> LineStyler:
        """The styler of the screen's lines."""
        return LineStyler(self.context.palette, self.context.glyphs, self.context.commands)

    async def mounted_query_bar(self) -> QueryBar:
        """Return the query line, mounting it at the first use."""
        if self.query_bar is None:
            self.query_bar = (await asyncio.to_thread(import_query_bar))(self.update_query)
            await self.mount_query_bar(self.query_bar)
        return self.query_bar

    @contextmanager
    def report_faults(self) -> Iterator[None]:
        """Show an error of the database, a file or a worker in one sentence.

        With --debug, an error of the program itself ends the session with its traceback.
        """
        try:
            yield
        except Exception as error:
            self.show_notice(self.fault_sentence(error))

    def fault_sentence(self, error: Exception) -> str:
        """Return a sentence for the reader; with --debug, raise an error of the program itself."""
        match error:
            case AllianceError():
                return str(error)
            case OSError() | sqlite3.Error():
                reason = error.strerror if isinstance(error, OSError) else str(error)
                name = error.filename if isinstance(error, OSError) and error.filename else "A file"
                return sanitise_line(f"{name} cannot be used ({reason})")
        if self.context.debug_faults:
            raise error
        return PROGRAM_FAULT

    @abstractmethod
    def show_notice(self, notice: str) -> None:
        """Show a message until the next key."""

    @abstractmethod
    def draw_lines(self) -> None:
        """Draw the status lines, which keep their styles, in the palette in use."""

    @abstractmethod
    async def mount_query_bar(self, bar: QueryBar) -> None:
        """Put the query line in its place on the screen."""

    @abstractmethod
    def update_query(self, query: str) -> None:
        """Search for what is typed in the query line."""

    def _on_timer_update(self) -> None:
        with self._render_priority.painting():
            super()._on_timer_update()
