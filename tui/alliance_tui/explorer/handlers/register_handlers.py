"""Handlers of the register: its screen, and the life of one undertaking."""

from __future__ import annotations

from typing import cast

from alliance_tui.explorer.dialogs.rows_screen import RowsScreen
from alliance_tui.explorer.handlers.screen_ports import LibraryScreenPort, ScreenPort
from alliance_tui.explorer.presenters.register_rows import LifeRows, RegisterRows
from alliance_tui.library.register import LifeEntry
from alliance_tui.linking.register import RegisterRow

EMPTY = "The library has no agreements yet: a adds a file or a folder"


async def show_register(screen: LibraryScreenPort) -> None:
    """Show what was undertaken in all documents of the library; Enter shows the life of one undertaking."""
    screen.show_notice("Reading the register ...")
    rows = await screen.read_register()
    if not rows:
        screen.show_notice(EMPTY)
        return
    screen.show_notice("")

    async def open_row(row: RegisterRow, _: int) -> None:
        await show_life(screen, row)

    await screen.app.push_screen(RowsScreen(RegisterRows(rows), open_row))


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
