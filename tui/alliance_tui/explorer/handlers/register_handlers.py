"""Handlers of the register: its screen, and the life of one undertaking."""

from __future__ import annotations

import asyncio
from typing import cast

from alliance_tui.explorer.dialogs.rows_screen import RowsScreen
from alliance_tui.explorer.handlers.screen_ports import LibraryScreenPort, ScreenPort
from alliance_tui.explorer.presenters.register_rows import LifeRows, RegisterRows
from alliance_tui.library.register import LifeEntry
from alliance_tui.linking.register import RegisterRow

EMPTY = "The library has no agreements yet: a adds a file or a folder"


def show_register(screen: LibraryScreenPort) -> None:
    """Show what was undertaken in all documents of the library; Enter shows the life of one undertaking."""

    async def open_row(row: RegisterRow, _: int) -> None:
        await show_life(screen, row)

    async def show(source: RegisterRows) -> None:
        if not source.is_empty:
            await screen.app.push_screen(RowsScreen(source, open_row))
            await asyncio.to_thread(source.prepare)
        else:
            screen.show_notice(EMPTY)

    screen.with_register(RegisterRows, show)


async def show_life(screen: LibraryScreenPort, row: RegisterRow) -> None:
    """Show the statements of an undertaking in order of date; Enter opens one in the text."""
    entries = await screen.read_life(row)

    async def open_row(entry: LifeEntry, _: int) -> None:
        leave_dialogs(screen)
        await screen.open_document(entry.document.number, entry.statement.position)

    await screen.app.push_screen(RowsScreen(LifeRows(row, entries), open_row))


def leave_dialogs(screen: ScreenPort) -> None:
    """Go back to a screen from whatever is above it."""
    app = screen.app
    while cast(ScreenPort, app.screen) is not screen:
        app.pop_screen()
