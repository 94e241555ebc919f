"""Handlers of the library screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from msgspec.structs import replace

from alliance_tui.explorer.commands import registry
from alliance_tui.explorer.handlers import shared_handlers, table_handlers
from alliance_tui.explorer.handlers.document_handlers import ALL_LINES
from alliance_tui.explorer.handlers.screen_ports import LibraryScreenPort
from alliance_tui.explorer.state import library_state, table_view
from alliance_tui.explorer.state.explorer_state import ReviewOrder
from alliance_tui.explorer.state.library_state import SortOrder, change_table
from alliance_tui.explorer.state.query_history import adjacent_query


def _step(lines: Callable[[int], int]) -> Callable[[LibraryScreenPort], Awaitable[None]]:
    """Return a handler that steps through the list by `lines` of its height, or through the agreements by pages."""

    async def run(screen: LibraryScreenPort) -> None:
        by = lines(screen.rows_in_page)
        if screen.state.lists_agreements:
            await screen.read_agreements(screen.state.agreements.index + by)
        screen.set_state(library_state.step_row(screen.state, by))

    return run


def _open(screen: LibraryScreenPort) -> Awaitable[None] | None:
    """Open the focused document, or that of the focused agreement at its evidence."""
    state = screen.state
    if state.lists_agreements:
        focused = state.agreements.focused
        return screen.open_document(*focused) if focused else None
    return screen.open_document(state.focused_number) if state.focused_number is not None else None


def _sort(screen: LibraryScreenPort) -> None:
    """Sort by the next of the columns."""
    if screen.state.lists_agreements:
        shown = [column for column, _ in screen.table_columns]
        screen.set_state(change_table(lambda table: table_view.sort_by_next(table, shown))(screen.state))
    else:
        screen.set_state(library_state.sort_by_next_column(screen.state, screen.list_widget.size.width))


def _shown_table(screen: LibraryScreenPort) -> table_handlers.ShownTable:
    return table_handlers.ShownTable(
        lambda: screen.state.agreements.table,
        table_view.LIBRARY_COLUMNS,
        screen.table_columns,
        lambda table: screen.set_state(change_table(lambda _: table)(screen.state)),
    )


def _resize_column(by: int) -> Callable[[LibraryScreenPort], None]:
    """Return a handler that makes the column that is sorted by wider or narrower, by `by` cells."""

    def run(screen: LibraryScreenPort) -> None:
        if not screen.state.lists_table or not table_handlers.resize_column(_shown_table(screen), by):
            screen.show_notice(table_handlers.NO_COLUMN_TO_RESIZE)

    return run


def _pick_columns(screen: LibraryScreenPort) -> Awaitable[None] | None:
    """List the columns of the table, to show or hide them."""
    return table_handlers.pick_columns(screen.app, _shown_table(screen)) if screen.state.lists_table else None


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


def _mark(screen: LibraryScreenPort) -> None:
    """Mark the focused document or take its mark away, and say what the marks are for."""
    if screen.state.lists_agreements:
        screen.show_notice(f"Documents are marked in their own list: {screen.context.commands['listing'].first_key}")
        return
    screen.set_state(library_state.toggle_mark(screen.state))
    if len(marked := screen.state.marked) > 1:
        screen.show_notice(f"{len(marked):,} marked: {screen.context.commands['compare'].first_key} compares them")


def _clear(screen: LibraryScreenPort) -> None:
    """Clear one thing: the query, else the marks, the sort order or the table; with none, go to the document."""
    state = screen.state
    table = state.agreements.table
    if state.query:
        screen.set_state(library_state.set_query(state, ""))
    elif state.marked and not state.lists_agreements:
        screen.set_state(replace(state, marked=()))
    elif state.lists_agreements and (table.sort or table.grouping):
        screen.set_state(change_table(lambda table: replace(table, sort=None, reversed=False, grouping=None))(state))
    elif state.lists_table:
        screen.set_state(library_state.toggle_table(state))
    elif not state.lists_agreements and state.sort_order != SortOrder():
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


def _pick_search(screen: LibraryScreenPort) -> Awaitable[None]:
    """List the saved searches."""
    from alliance_tui.explorer.handlers import saved_search_handlers

    def put(query: str) -> None:
        screen.set_state(library_state.set_query(screen.state, query))

    return saved_search_handlers.pick_search(screen, screen.state.query, put, screen.read_library)


def _compare(screen: LibraryScreenPort) -> Awaitable[None]:
    """Compare the marked documents, or the focused one with others."""
    from alliance_tui.explorer.handlers.comparison_handlers import compare_library_documents

    return compare_library_documents(screen)


def _export(screen: LibraryScreenPort) -> Awaitable[None]:
    """Write the agreements that are listed to a file."""
    from alliance_tui.explorer.handlers.export_handlers import export_library

    return export_library(screen)


def _show_register(screen: LibraryScreenPort) -> None:
    """Show the register of undertakings."""
    from alliance_tui.explorer.handlers.register_handlers import show_register

    show_register(screen)


def _show_timeline(screen: LibraryScreenPort) -> Awaitable[None]:
    """Show when undertakings were promised and fall due."""
    from alliance_tui.explorer.handlers.overview_handlers import show_library_timeline

    return show_library_timeline(screen)


def _show_matrix(screen: LibraryScreenPort) -> Awaitable[None]:
    """Show who undertakes what with whom."""
    from alliance_tui.explorer.handlers.overview_handlers import show_library_matrix

    return show_library_matrix(screen)


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
        "compare": _compare,
        "mark_document": _mark,
        "register": _show_register,
        "export": _export,
        "timeline": _show_timeline,
        "matrix": _show_matrix,
        "entities": _pick_entity,
        "listing": lambda screen: screen.list_next(library_state.list_other(screen.state)),
        "table": lambda screen: screen.list_next(library_state.toggle_table(screen.state)),
        "sort": _sort,
        "turn_table": lambda screen: screen.set_state(change_table(table_view.turn_round)(screen.state)),
        "group_table": lambda screen: screen.set_state(change_table(table_view.group_by_next)(screen.state)),
        "columns": _pick_columns,
        "wider": _resize_column(table_view.WIDTH_STEP),
        "narrower": _resize_column(-table_view.WIDTH_STEP),
        "turn": lambda screen: screen.set_state(library_state.reverse_order(screen.state)),
        "add": _pick_path,
        "again": _read_again,
        "stop": lambda screen: screen.stop_import(),
        "searches": _pick_search,
        "review_library": lambda screen: screen.review_documents(ReviewOrder.LEAST_CERTAIN),
        "review_listed": lambda screen: screen.review_documents(ReviewOrder.READING),
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
