"""The library's screen: all documents in a list, narrowed by one query; Enter opens one at its first match."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec.structs import replace
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen

from alliance_tui.errors import LibraryError
from alliance_tui.explorer import actions, ahead, effects, library_showing, showing
from alliance_tui.explorer import library_state as moves
from alliance_tui.explorer.library_asking import LibraryThread
from alliance_tui.explorer.library_list import DocumentPressed, LibraryList
from alliance_tui.explorer.library_state import Doing, LibraryState, Seen, Sorting
from alliance_tui.explorer.views import OneLine

if TYPE_CHECKING:
    from alliance_tui.explorer.app import ExplorerApp
    from alliance_tui.explorer.query_line import QueryBar
    from alliance_tui.library.merged import MergedEntity

FAR = 1 << 30
GLANCE = 0.2
"""Seconds of rest until the document stood on is looked into: while keys are typed, the list has Python to itself."""
MOMENT, WHILE = 0.25, 5.0
"""Seconds between two looks at how far the adding is, and between two lists of what is new."""


class LibraryScreen(Screen[None]):
    """The library over one frozen state."""

    DEFAULT_CSS = """
    LibraryScreen { background: $background; color: $foreground; }
    #library-head { height: 1; }
    #library-head QueryBar { width: 50%; min-width: 30; }
    #library-top { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(actions.library_bindings())
    AUTO_FOCUS = "#documents"

    def __init__(self, state: LibraryState, thread: LibraryThread) -> None:
        super().__init__()
        self.state: LibraryState = state
        self.thread = thread
        self.top_line, self.headings = OneLine(id="library-top"), OneLine(id="headings")
        self.document_line, self.key_line = OneLine(id="record"), OneLine(id="keys")
        self.list = LibraryList()
        self.query_bar: QueryBar | None = None

    def compose(self) -> ComposeResult:
        """The list between the lines above and below."""
        with Horizontal(id="library-head"):
            yield self.top_line
        yield self.headings
        yield self.list
        yield self.document_line
        yield self.key_line

    def on_screen_resume(self) -> None:
        """Show what is known, then ask what there is now."""
        self.draw()
        self.call_after_refresh(self.read_library)

    @property
    def explorer(self) -> ExplorerApp:
        """The app."""
        return cast("ExplorerApp", self.app)

    def _on_timer_update(self) -> None:
        with self.thread.way.drawing():
            super()._on_timer_update()

    # From an event to the next state.

    async def action_perform(self, name: str) -> None:
        """Carry out an action of the registry."""
        if self.state.notice:
            self.become(replace(self.state, notice=""))
        if waiting := EFFECTS[name](self):
            await waiting

    def ask(self, query: str) -> None:
        """Ask what is typed."""
        if self.state.typing:
            self.become(moves.ask(self.state, query))

    @on(DocumentPressed)
    async def _pressed(self, message: DocumentPressed) -> None:
        again = self.state.here == message.document
        self.become(replace(self.state, here=message.document))
        if again:
            await _open(self)

    def on_resize(self, event: events.Resize) -> None:
        """The lines follow the width."""
        self.draw()

    def become(self, state: LibraryState) -> None:
        """Take on the next state, start what it calls for, and draw it."""
        before, self.state = self.state, state
        if state.query != before.query:
            self.search()
        elif (
            state.query and not state.searching and (state.here != before.here or state.findings is not before.findings)
        ):
            self.look()
        if state.sorting != before.sorting:
            self.sort()
        self.draw()

    def draw(self) -> None:
        """Draw the state, if it is on the screen."""
        if not self.is_current:
            return
        pens = showing.Pens(self.explorer.palette, self.explorer.glyphs, self.explorer.actions)
        state, width = self.state, self.app.size.width
        self.top_line.show(library_showing.place_line(state, pens), library_showing.query_line(state, pens))
        self.headings.show(library_showing.heading_line(state, width - LibraryList.MARK_WIDTH, pens))
        self.list.show(state)
        self.document_line.show(library_showing.document_line(state, width - 2, pens))
        self.key_line.show(*library_showing.key_line(state, width, pens))
        if self.query_bar:
            self.query_bar.display = state.typing
        widget = self.query_bar.field if self.query_bar and state.typing else self.list
        if self.focused is not widget:
            self.set_focus(widget, scroll_visible=False)

    # What takes time.

    @work(group="library", exclusive=True)
    async def read_library(self) -> None:
        """List what is in the library, have its words ready, and see which files changed."""
        try:
            documents = await self.thread.documents()
            if documents is not None:
                self.become(moves.with_documents(self.state, documents))
            await self.thread.prepare()
            if documents is not None or self.state.searching:
                self.search()
            changed = await self.thread.changed()
            self.become(replace(self.state, changed=changed))
        except LibraryError as error:
            self.become(replace(self.state, notice=str(error)))

    @work(group="library-search", exclusive=True)
    async def search(self) -> None:
        """Ask the query."""
        try:
            query, sorting, height = self.state.query, self.state.sorting, max(1, self.list.size.height)
            async for findings, rows in self.thread.answers(query, sorting, height, self.list.drawer()):
                self.become(moves.listed(self.state, findings, rows))
                await asyncio.sleep(0)
                self._on_timer_update()  # Textual would let the reader wait for its next frame
        except LibraryError as error:
            self.become(replace(self.state, notice=str(error)))

    @work(group="library-sort", exclusive=True)
    async def sort(self) -> None:
        """List what is found in another order."""
        if self.state.findings is not None:
            rows = await self.thread.order(self.state.findings, self.state.sorting)
            self.become(replace(self.state, rows=rows))

    @work(group="library-look", exclusive=True)
    async def look(self) -> None:
        """See what the query finds in the document stood on."""
        here, query = self.state.here, self.state.query
        await asyncio.sleep(GLANCE)
        if here is None or self.state.searching:
            return
        sight = await self.thread.look(here, query)
        if sight is not None:
            self.become(replace(self.state, seen=Seen(here, query, sight)))

    @work(group="library-adding", exclusive=True)
    async def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders, showing how far it is, and now and then what is new."""
        from alliance_tui.explorer.library_adding import Addition

        addition = Addition(self.thread.path, paths, self.explorer.model)
        self.become(replace(self.state, doing=Doing(), notice=""))
        shown = listed = time.monotonic()
        notice = "Stopped; what was added stays"
        try:
            async with aclosing(addition.run()) as steps:
                async for progress in steps:
                    if (now := time.monotonic()) - shown > MOMENT:
                        shown = now
                        self.become(replace(self.state, doing=Doing(progress.share, progress.pace())))
                    if now - listed > WHILE:
                        listed = now
                        self.read_library()
            notice = addition.account()
        except LibraryError as error:
            notice = str(error)
        finally:
            self.become(replace(self.state, doing=None, notice=notice))
            self.read_library()

    def stop_adding(self) -> None:
        """End the adding, if it is under way."""
        self.workers.cancel_group(self, "library-adding")

    async def open_document(self, document: int, agreement: int | None = None) -> None:
        """Open a document at its first match or, if one is given, at the agreement of this place in its analysis."""
        from alliance_tui.library.narrowing import narrowing

        self.become(replace(self.state, here=document))
        try:
            analysis = await self.thread.analysis(document)
        except LibraryError as error:
            self.become(replace(self.state, notice=str(error)))
            return
        if analysis is None:
            self.become(replace(self.state, notice="This document is no longer in the library"))
        elif agreement is not None and agreement < len(analysis.agreements):
            self.explorer.library.open(analysis, choice=analysis.agreements[agreement].id)
        else:
            self.explorer.library.open(analysis, narrowing(self.state.query).rest)

    async def pick_agreement(self, entity: MergedEntity) -> None:
        """List the agreements to which the entity is a party; the one picked is shown in its document."""
        from alliance_tui.explorer.library_entities import DOCUMENTS, agreement_items
        from alliance_tui.explorer.picker import PickerScreen

        agreements = await self.thread.agreements(entity)
        items = agreement_items(entity, agreements, self.explorer.glyphs)

        async def picked(key: str | None) -> None:
            if key == DOCUMENTS:
                self.become(moves.ask(self.state, f'"{entity.name}"'))
            elif key is not None:
                one = agreements[int(key)]
                await self.open_document(one.document, one.position)

        self.app.push_screen(PickerScreen(f"Agreements of {entity.name}", items, verb="open"), picked)


def _step(lines: Callable[[int], int]) -> Callable[[LibraryScreen], None]:
    """Step through the list by what `lines` makes of its height."""
    return lambda screen: screen.become(moves.step(screen.state, lines(max(1, screen.list.size.height - 1))))


async def _open(screen: LibraryScreen) -> None:
    if screen.state.here is not None:
        await screen.open_document(screen.state.here)


async def _open_query(screen: LibraryScreen) -> None:
    if screen.query_bar is None:
        screen.query_bar = (await asyncio.to_thread(ahead.query_bar_class))(screen.ask)
        await screen.query_one("#library-head").mount(screen.query_bar, before="#library-top")
    screen.become(moves.open_query(screen.state))
    screen.query_bar.put(screen.state.query)


def _clear(screen: LibraryScreen) -> None:
    """One thing less: the query, then the order, then the screen."""
    state = screen.state
    if state.query:
        screen.become(moves.ask(state, ""))
    elif state.sorting != Sorting():
        screen.become(replace(state, sorting=Sorting()))
    else:
        screen.explorer.library.leave()


def _pick_entity(screen: LibraryScreen) -> None:
    """List the entities of all documents, and then the agreements of the one picked."""
    from alliance_tui.explorer.library_entities import EntityPicker

    picker = EntityPicker(screen.thread.entities)

    async def picked(key: str | None) -> None:
        if key is not None:
            await screen.pick_agreement(picker.found[key])

    screen.app.push_screen(picker, picked)


def _add(screen: LibraryScreen) -> None:
    """Add what is picked, unless something is being added."""
    from alliance_tui.explorer.path_picker import PathPicker

    def picked(path: str | None) -> None:
        if path is not None:
            screen.add([Path(path)])

    if screen.state.doing is None:
        screen.app.push_screen(PathPicker("Add to the library", [], verb="add"), picked)


async def _again(screen: LibraryScreen) -> None:
    """Read the files again that changed."""
    if screen.state.changed and screen.state.doing is None:
        screen.add(await screen.thread.places(screen.state.changed))


def _next_theme(screen: LibraryScreen) -> None:
    screen.become(replace(screen.state, notice=effects.change_theme(screen.explorer)))


def _toggle_mouse(screen: LibraryScreen) -> None:
    screen.become(replace(screen.state, notice=effects.change_mouse(screen.explorer)))


def _help(screen: LibraryScreen) -> None:
    from alliance_tui.explorer.picker import Item, PickerScreen

    known = screen.explorer.actions.values()
    items = [Item(a.id, a.shown_keys, a.help, a.label) for a in known if actions.heard_in_library(a)]

    async def _perform(picked: str | None) -> None:
        if picked:
            await screen.action_perform(picked)

    screen.app.push_screen(PickerScreen("Keys in the library", items, verb="do it"), _perform)


Effect = Callable[[LibraryScreen], Awaitable[None] | None]

EFFECTS: dict[str, Effect] = {
    "down": _step(lambda height: 1),
    "up": _step(lambda height: -1),
    "page_down": _step(lambda height: height),
    "page_up": _step(lambda height: -height),
    "top": _step(lambda height: -FAR),
    "bottom": _step(lambda height: FAR),
    "search": _open_query,
    "accept_query": lambda screen: screen.become(moves.close_query(screen.state, keep=True)),
    "cancel_query": lambda screen: screen.become(moves.close_query(screen.state, keep=False)),
    "open": _open,
    "entities": _pick_entity,
    "sort": lambda screen: screen.become(moves.next_column(screen.state, screen.app.size.width)),
    "turn": lambda screen: screen.become(moves.turn(screen.state)),
    "add": _add,
    "again": _again,
    "stop": lambda screen: screen.stop_adding(),
    "clear": _clear,
    "library": lambda screen: screen.explorer.library.leave(),
    "theme": _next_theme,
    "mouse": _toggle_mouse,
    "help": _help,
    "redraw": lambda screen: screen.explorer.action_redraw(),
    "interrupt": lambda screen: screen.app.exit(0),
    "quit": lambda screen: screen.app.exit(0),
}
