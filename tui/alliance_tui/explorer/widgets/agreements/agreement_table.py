"""The rows of the table of agreements: the widths of its columns, its headings and its cells."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_tui.explorer.state.table_view import LIBRARY_COLUMNS, MIN_COLUMN_WIDTH, TableColumn, TableView

GAP = 2
"""Cells between two columns."""
MIN_TITLE_WIDTH = 30
"""Cells that titles must have; columns that leave them fewer are left out."""
DEFAULT_WIDTHS: dict[TableColumn, int] = {
    TableColumn.STRENGTH: 11,
    TableColumn.PARTIES: 22,
    TableColumn.AMOUNT: 10,
    TableColumn.DUE: 14,
    TableColumn.FIELD: 17,
    TableColumn.SECTION: 24,
    TableColumn.CONFIDENCE: 4,
    TableColumn.DOCUMENT: 30,
    TableColumn.DATE: 10,
}
HEADINGS = {
    TableColumn.STRENGTH: "Strength",
    TableColumn.AGREEMENT: "Agreement",
    TableColumn.PARTIES: "Parties",
    TableColumn.AMOUNT: "Amount",
    TableColumn.DUE: "Due",
    TableColumn.FIELD: "Field",
    TableColumn.SECTION: "Section",
    TableColumn.CONFIDENCE: "Conf",
    TableColumn.DOCUMENT: "Document",
    TableColumn.DATE: "Date",
}
RIGHT_ALIGNED = frozenset((TableColumn.AMOUNT, TableColumn.CONFIDENCE))
_LEFT_OUT = (
    TableColumn.SECTION,
    TableColumn.CONFIDENCE,
    TableColumn.FIELD,
    TableColumn.DOCUMENT,
    TableColumn.STRENGTH,
    TableColumn.AMOUNT,
    TableColumn.PARTIES,
    TableColumn.DUE,
    TableColumn.DATE,
)
"""The order in which columns are left out for want of room; the symbol of the strength always stays."""
SYMBOL_WIDTH = 1


def column_widths(
    view: TableView, width: int, available: Sequence[TableColumn] = LIBRARY_COLUMNS
) -> list[tuple[TableColumn, int]]:
    """Return those of the `available` columns that fit `width` cells; the titles have what the others leave."""
    widths: dict[TableColumn, int] = {
        column: view.widths.get(column, DEFAULT_WIDTHS[column])
        for column in available
        if column is not TableColumn.AGREEMENT and column not in view.hidden
    }
    for column in (None, *_LEFT_OUT):
        if column is TableColumn.STRENGTH and column in widths:
            widths[column] = SYMBOL_WIDTH
        elif column is not None:
            widths.pop(column, None)
        title = width - sum(widths.values()) - GAP * len(widths)
        if title >= MIN_TITLE_WIDTH:
            break
    shown = [column for column in TableColumn if column in widths or column is TableColumn.AGREEMENT]
    return [(column, widths.get(column, max(MIN_COLUMN_WIDTH, title))) for column in shown]


def column_at(columns: Sequence[tuple[TableColumn, int]], x: int) -> TableColumn | None:
    """Return the column at a cell of the row."""
    for column, cells in columns:
        if x < cells + GAP:
            return column
        x -= cells + GAP
    return None
