"""The rows of the table of agreements: the widths of its columns, its headings and its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alliance_tui.explorer.rendering.chips import amount_label, due_label
from alliance_tui.explorer.rendering.strips import text_width
from alliance_tui.explorer.state.table_view import LIBRARY_COLUMNS, MIN_COLUMN_WIDTH, TableColumn, TableView
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Agreement, Analysis

GAP = 2
"""Cells between two columns."""
SYMBOL_WIDTH = 1
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
MAX_WIDTHS = DEFAULT_WIDTHS | {TableColumn.FIELD: 22}
"""The widest that a column becomes by itself, unless titles have room to spare."""
EASY_TITLE_WIDTH = 50
"""Cells of the titles; where they would have more, `WIDENED` columns get what their content needs."""
WIDENED: dict[TableColumn, int] = {TableColumn.PARTIES: 40, TableColumn.FIELD: 24, TableColumn.SECTION: 48}
"""The widest that columns become where there is room, in order of precedence."""
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


@cache_by_identity
def content_widths(analysis: Analysis) -> Mapping[TableColumn, int]:
    """Return the cells of the widest content of each column of a document's table; a column without any has none."""
    texts = {
        TableColumn.STRENGTH: {str(record.strength or record.kind) for record in analysis.agreements},
        TableColumn.PARTIES: {", ".join(record.parties) for record in analysis.agreements},
        TableColumn.AMOUNT: {amount_label(record.amounts) for record in analysis.agreements if record.amounts},
        TableColumn.DUE: {due_label(record) for record in analysis.agreements if record.deadline},
        TableColumn.FIELD: {str(record.domain) for record in analysis.agreements if record.domain},
        TableColumn.SECTION: {record.section for record in analysis.agreements if record.section},
        TableColumn.CONFIDENCE: {_confidence(record) for record in analysis.agreements},
    }
    cells = {column: max(map(text_width, found), default=0) for column, found in texts.items()}
    cells[TableColumn.STRENGTH] += SYMBOL_WIDTH + 1
    return {column: width for column, width in cells.items() if width}


def _confidence(record: Agreement) -> str:
    return "" if record.confidence is None else f"{record.confidence:.0%}"


def _usual_width(column: TableColumn, content: Mapping[TableColumn, int] | None) -> int:
    """Return the width of a column that the reader has not sized: that of its content, within its limits."""
    if content is None:
        return DEFAULT_WIDTHS[column]
    least = len(HEADINGS[column]) + len(" ")  # the mark of the order
    return min(max(least, content[column]), MAX_WIDTHS[column])


def column_widths(
    view: TableView,
    width: int,
    available: Sequence[TableColumn] = LIBRARY_COLUMNS,
    content: Mapping[TableColumn, int] | None = None,
) -> list[tuple[TableColumn, int]]:
    """Return those of the `available` columns that fit `width` cells; the titles have what the others leave.

    With the widths of their `content`, columns are no wider than that, and those without any are left out.
    """
    widths: dict[TableColumn, int] = {
        column: view.widths.get(column) or _usual_width(column, content)
        for column in available
        if column is not TableColumn.AGREEMENT and column not in view.hidden and (content is None or column in content)
    }
    least = {each: cells if each in view.widths else min(cells, DEFAULT_WIDTHS[each]) for each, cells in widths.items()}
    for column in (None, *_LEFT_OUT):
        if column is TableColumn.STRENGTH and column in widths:
            widths[column] = least[column] = SYMBOL_WIDTH
        elif column is not None:
            widths.pop(column, None)
            least.pop(column, None)
        if _left_over(width, least) >= MIN_TITLE_WIDTH:
            break
    _narrow(widths, least, MIN_TITLE_WIDTH - _left_over(width, widths))
    if content:
        _widen(widths, content, _left_over(width, widths), view)
    title = _left_over(width, widths)
    shown = [column for column in TableColumn if column in widths or column is TableColumn.AGREEMENT]
    return [(column, widths.get(column, max(MIN_COLUMN_WIDTH, title))) for column in shown]


def _left_over(width: int, widths: Mapping[TableColumn, int]) -> int:
    """Return the cells that the other columns leave for the titles."""
    return width - sum(widths.values()) - GAP * len(widths)


def _narrow(widths: dict[TableColumn, int], least: Mapping[TableColumn, int], missing: int) -> None:
    """Take what titles are missing from columns that have more than the least: rather cut a cell than leave one out."""
    for column, cells in widths.items():
        less = max(0, min(cells - least[column], missing))
        widths[column] -= less
        missing -= less


def _widen(widths: dict[TableColumn, int], content: Mapping[TableColumn, int], title: int, view: TableView) -> None:
    """Give columns that the reader has not sized what their content needs, as far as titles can spare it."""
    for column, most in WIDENED.items():
        if column in widths and column not in view.widths:
            wanted = min(content[column], most) - widths[column]
            more = max(0, min(wanted, title - EASY_TITLE_WIDTH))
            widths[column] += more
            title -= more


def column_at(columns: Sequence[tuple[TableColumn, int]], x: int) -> TableColumn | None:
    """Return the column at a cell of the row."""
    for column, cells in columns:
        if x < cells + GAP:
            return column
        x -= cells + GAP
    return None
