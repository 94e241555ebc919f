"""The way between a document and the library: one key there, one key back, and each is found as it was left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.explorer.state import transitions as moves
from alliance_tui.explorer.state.explorer_state import ExplorerState, Left, Pane, Reading, Stage
from alliance_tui.highlighting import RecordKind, SelectedRecord
from alliance_tui.records import Analysis
from alliance_tui.search.matches import NOTHING

if TYPE_CHECKING:
    from alliance_tui.explorer.app import ExplorerApp
    from alliance_tui.explorer.screens.library_screen import LibraryScreen

NO_LIBRARY = "With --no-cache there is no library: leave it out, or name one with --library"


class LibraryVisits:
    """The library's screen of an app, made at the first visit and kept until the app ends."""

    def __init__(self, app: ExplorerApp) -> None:
        self._app = app
        self._screen: LibraryScreen | None = None

    def show_first(self, state: ExplorerState) -> LibraryScreen:
        """The library's screen for a session that begins with it, asked the query of this state without a document."""
        assert self._app.cache is not None
        return self._made(self._app.cache.path, state.place.query, state.notice)

    def enter(self) -> None:
        """Show the library as it was left."""
        app = self._app
        if app.cache is None:
            assert app.explorer is not None
            app.explorer.become(replace(app.explorer.state, notice=NO_LIBRARY))
        elif self._screen in app.screen_stack:
            app.pop_screen()
        else:
            app.push_screen(self._screen or self._made(app.cache.path))

    def leave(self) -> None:
        """Show the document again, if one is open."""
        app = self._app
        if app.explorer in app.screen_stack:
            app.pop_screen()
        elif app.explorer is not None:
            app.push_screen(app.explorer)

    def open(self, analysis: Analysis, query: str = "", choice: str | None = None) -> None:
        """Show this document of the library where it was left, with a query at its first match, or at an agreement."""
        app = self._app
        left = app.places.get(analysis.document.id, Left())
        reading = Reading(analysis, Stage.DONE, left=left)
        if app.explorer is None:
            app.push_screen(app.show_first(_asked(moves.opened((reading,)), query, choice)))
        else:
            self.leave()
            app.explorer.become(_asked(opened(app.explorer.state, reading), query, choice))

    def close(self) -> None:
        """Give up what the library is asked."""
        if self._screen is not None:
            self._screen.thread.close()
            self._screen.stop_adding()

    def _made(self, path: Path, query: str = "", notice: str = "") -> LibraryScreen:
        from alliance_tui.explorer.screens.library_screen import LibraryScreen
        from alliance_tui.explorer.state.library_state import LibraryState
        from alliance_tui.explorer.workers.library_worker import LibraryThread

        self._screen = LibraryScreen(LibraryState(query=query, notice=notice), LibraryThread(path))
        self._app.install_screen(self._screen, "library")
        return self._screen


def opened(state: ExplorerState, reading: Reading) -> ExplorerState:
    """With this document on the screen, where it was left."""
    document = reading.document
    same = (
        number
        for number, each in enumerate(state.readings)
        if (each.document.path, each.document.sha256) == (document.path, document.sha256)
    )
    number = next(same, None)
    if number is None:
        number = len(state.readings)
        state = replace(state, readings=(*state.readings, reading))
    return moves.open_document(state, number)


def _asked(state: ExplorerState, query: str, choice: str | None) -> ExplorerState:
    """At this agreement; else with this query, if it asks something, at its first match."""
    if choice is not None:
        return moves.choose(state, SelectedRecord(RecordKind.AGREEMENT, choice))
    if not query:
        return state
    place = replace(state.place, point=0, choice=None, query=query)
    return replace(state, place=place, matches=NOTHING, seeking=True, pane=Pane.TEXT)
