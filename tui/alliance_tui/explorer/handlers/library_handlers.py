"""Handlers of the library screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from alliance_tui.explorer.commands import registry
from alliance_tui.explorer.handlers import shared_handlers
from alliance_tui.explorer.handlers.document_handlers import ALL_LINES
from alliance_tui.explorer.handlers.screen_ports import LibraryScreenPort
from alliance_tui.explorer.state import library_state
from alliance_tui.explorer.state.library_state import SortOrder
from alliance_tui.explorer.state.query_history import adjacent_query


def _step(lines: Callable[[int], int]) -> Callable[[LibraryScreenPort], None]:
    """Return a handler that steps through the list by `lines` of its height."""
    return lambda screen: screen.set_state(
        library_state.step_row(screen.state, lines(max(1, screen.list_widget.size.height - 1)))
    )


async def _open(screen: LibraryScreenPort) -> None:
    if screen.state.focused_number is not None:
        await screen.open_document(screen.state.focused_number)


async def _open_query(screen: LibraryScreenPort) -> None:
    bar = await screen.mounted_query_bar()
    screen.set_state(library_state.open_query(screen.state))
    bar.set_query(screen.state.query)


def _recall_query(by: int) -> Callable[[LibraryScreenPort], None]:
    """Return a handler that puts the previous (`by` = -1) or the next query of the session in the query line."""

    def run(screen: LibraryScreenPort) -> None:
        query = adjacent_query(screen.state.query_history, screen.state.query, by)
        if screen.query_bar and query is not None:
            screen.query_bar.set_query(query)

    return run


def _complete_query(screen: LibraryScreenPort) -> None:
    screen.update_completions(complete=True)


def _clear(screen: LibraryScreenPort) -> None:
    """Clear one thing: the query, else the sort order; with neither, go to the document."""
    state = screen.state
    if state.query:
        screen.set_state(library_state.set_query(state, ""))
    elif state.sort_order != SortOrder():
        screen.set_state(replace(state, sort_order=SortOrder()))
    else:
        screen.context.leave_library()


def _pick_entity(screen: LibraryScreenPort) -> None:
    """List the entities of all documents, then the agreements of the one that is picked."""
    from alliance_tui.explorer.dialogs.entity_picker import EntityPicker

    picker = EntityPicker(screen.find_entities)

    async def picked(key: str | None) -> None:
        if key is not None:
            await screen.pick_agreement(picker.listed[key])

    screen.app.push_screen(picker, picked)


def _pick_path(screen: LibraryScreenPort) -> None:
    """Add what is picked, unless an import is under way."""
    from alliance_tui.explorer.dialogs.path_picker import PathPicker

    def picked(path: str | None) -> None:
        if path is not None:
            screen.import_files([Path(path)])

    if screen.state.import_progress is None:
        screen.app.push_screen(PathPicker("Add to the library", [], verb="add"), picked)


async def _read_again(screen: LibraryScreenPort) -> None:
    """Read the changed files again."""
    if screen.state.changed and screen.state.import_progress is None:
        screen.import_files(await screen.source_paths(screen.state.changed))


def _show_keys(screen: LibraryScreenPort) -> Awaitable[None]:
    commands = [command for command in screen.context.commands.values() if registry.works_in_library(command)]
    return shared_handlers.pick_command(screen, "Keys in the library", commands, next_page="query language")


Handler = Callable[[LibraryScreenPort], Awaitable[None] | None]

HANDLERS: Mapping[str, Handler] = registry.complete_handlers(
    registry.commands_with_handlers(library=True),
    {
        "down": _step(lambda height: 1),
        "up": _step(lambda height: -1),
        "page_down": _step(lambda height: height),
        "page_up": _step(lambda height: -height),
        "top": _step(lambda height: -ALL_LINES),
        "bottom": _step(lambda height: ALL_LINES),
        "search": _open_query,
        "accept_query": lambda screen: screen.set_state(library_state.close_query(screen.state, keep=True)),
        "cancel_query": lambda screen: screen.set_state(library_state.close_query(screen.state, keep=False)),
        "complete": _complete_query,
        "earlier_query": _recall_query(-1),
        "later_query": _recall_query(1),
        "open": _open,
        "entities": _pick_entity,
        "sort": lambda screen: screen.set_state(
            library_state.sort_by_next_column(screen.state, screen.list_widget.size.width)
        ),
        "turn": lambda screen: screen.set_state(library_state.reverse_order(screen.state)),
        "add": _pick_path,
        "again": _read_again,
        "stop": lambda screen: screen.stop_import(),
        "clear": _clear,
        "library": lambda screen: screen.context.leave_library(),
        "theme": shared_handlers.pick_palette,
        "mouse": shared_handlers.toggle_mouse,
        "help": _show_keys,
        "query_help": shared_handlers.show_query_help,
        "symbols": shared_handlers.show_symbols,
        "redraw": shared_handlers.redraw,
        "interrupt": shared_handlers.leave,
        "quit": shared_handlers.leave,
    },
)
