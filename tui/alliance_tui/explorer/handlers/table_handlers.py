"""Handlers of tables of agreements, on whichever screen: choosing and resizing columns."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from msgspec import Struct
from textual.app import App

from alliance_tui.explorer.state import table_view
from alliance_tui.explorer.state.table_view import TableColumn, TableView

NO_COLUMN_TO_RESIZE = "Sort by a column first; the titles have what the others leave"


class ShownTable(Struct, frozen=True):
    """A table on a screen.

    `available` are the columns that it may have, `columns` those that fit, with their widths.
    """

    view: Callable[[], TableView]
    available: Sequence[TableColumn]
    columns: Sequence[tuple[TableColumn, int]]
    change: Callable[[TableView], None]


def pick_columns(app: App[Any], table: ShownTable) -> Awaitable[None]:
    """List the columns, and show or hide the one that is picked, until the list is closed."""
    from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen

    hidden = table.view().hidden
    items = [Item(column, column, "hidden" if column in hidden else "shown") for column in table.available]

    async def _toggle(picked: str | None) -> None:
        if picked:
            table.change(table_view.toggle_column(table.view(), TableColumn(picked)))
            await pick_columns(app, table)

    return app.push_screen(PickerScreen("Columns of the table", items, verb="show or hide"), _toggle)


def resize_column(table: ShownTable, by: int) -> bool:
    """Make the column that is sorted by wider or narrower, by `by` cells; return whether there is one."""
    column = table.view().sort
    width = dict(table.columns).get(column) if column else None
    if column is None or width is None or column is TableColumn.AGREEMENT:
        return False
    table.change(table_view.resize(table.view(), column, width + by))
    return True
