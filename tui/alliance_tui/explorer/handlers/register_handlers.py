"""Handlers of the register: its screen, and the life of one undertaking."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

from alliance_tui.explorer.dialogs.rows_screen import RowsScreen
from alliance_tui.explorer.handlers.export_handlers import ask_file_of_source
from alliance_tui.explorer.handlers.screen_ports import LibraryScreenPort, ScreenPort
from alliance_tui.explorer.presenters.register_rows import LifeRows, RegisterRows
from alliance_tui.explorer.state.comparison_state import RowsPosition
from alliance_tui.export.labels import count_noun
from alliance_tui.library.register import LifeEntry
from alliance_tui.linking.register import RegisterRow
from alliance_tui.overviews.sources import Sources

EMPTY = "The library has no agreements yet: a adds a file or a folder"


def show_register(screen: LibraryScreenPort) -> None:
    """Show what was undertaken in all documents of the library; Enter shows the life of one undertaking."""

    async def show(source: RegisterRows) -> None:
        if not source.is_empty:
            rows_screen = register_screen(
                screen, source, lambda row: show_life(screen, row), lambda: _library_sources(screen)
            )
            await screen.app.push_screen(rows_screen)
            await asyncio.to_thread(source.prepare)
        else:
            screen.show_notice(EMPTY)

    screen.with_register(RegisterRows, show)


def register_screen(
    screen: ScreenPort,
    source: RegisterRows,
    open_undertaking: Callable[[RegisterRow], Awaitable[None]],
    read_sources: Callable[[], Awaitable[Sources]],
) -> RowsScreen:
    """Return a screen of undertakings, each of which `open_undertaking` opens."""

    async def open_row(row: RegisterRow, _: int) -> None:
        await open_undertaking(row)

    def export(position: RowsPosition, shown: int, show_notice: Callable[[str], None]) -> None:
        content = f"a register of {count_noun(shown, 'undertaking')}"
        ask_file_of_source(screen, "register", content, source, position, read_sources, show_notice)

    return RowsScreen(source, open_row, export)


async def _library_sources(screen: LibraryScreenPort) -> Sources:
    return Sources(await screen.read_sources())


async def show_life(screen: LibraryScreenPort, row: RegisterRow) -> None:
    """Show the statements of an undertaking in order of date; Enter opens one in the text."""
    entries = await screen.read_life(row)
    source = LifeRows(row, entries)

    async def open_row(entry: LifeEntry, _: int) -> None:
        leave_dialogs(screen)
        await screen.open_document(entry.document.number, entry.statement.position)

    def export(position: RowsPosition, _: int, show_notice: Callable[[str], None]) -> None:
        content = f"an undertaking of {count_noun(len(entries), 'statement')}"
        ask_file_of_source(
            screen, "undertaking", content, source, position, lambda: _library_sources(screen), show_notice
        )

    await screen.app.push_screen(RowsScreen(source, open_row, export))


def leave_dialogs(screen: ScreenPort) -> None:
    """Go back to a screen from whatever is above it."""
    app = screen.app
    while cast(ScreenPort, app.screen) is not screen:
        app.pop_screen()
