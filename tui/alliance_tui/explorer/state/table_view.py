"""The table of agreements: its columns, the order of its rows and their groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from alliance_tui.export.table_order import due, sorted_agreements
from alliance_tui.records import Agreement

MIN_COLUMN_WIDTH, MAX_COLUMN_WIDTH = 4, 60
WIDTH_STEP = 2
"""Cells by which a key makes a column wider or narrower."""


class TableColumn(StrEnum):
    """The columns of tables, in their order; the last two are in tables over several documents."""

    STRENGTH = "strength"
    AGREEMENT = "agreement"
    PARTIES = "parties"
    AMOUNT = "amount"
    DUE = "due"
    FIELD = "field"
    SECTION = "section"
    CONFIDENCE = "confidence"
    DOCUMENT = "document"
    DATE = "date"


LIBRARY_COLUMNS = tuple(TableColumn)
DOCUMENT_COLUMNS = LIBRARY_COLUMNS[: LIBRARY_COLUMNS.index(TableColumn.DOCUMENT)]
"""The columns of a table over one document."""


class Grouping(StrEnum):
    """The properties by which the table's rows may be grouped."""

    SECTION = "section"
    PARTY = "party"
    FIELD = "field"
    YEAR = "year"


class TableView(Struct, frozen=True, omit_defaults=True):
    """Settings of the table. Without `sort`, rows are in reading order, or the best match first.

    `hidden` are the columns that the reader took away, `widths` the cells of those that were made wider or narrower.
    """

    sort: TableColumn | None = None
    reversed: bool = False
    grouping: Grouping | None = None
    hidden: tuple[TableColumn, ...] = ()
    widths: Mapping[TableColumn, int] = field(default_factory=dict)


def group_label(agreement: Agreement, grouping: Grouping) -> str:
    """Return the group of an agreement, "" where it has none."""
    match grouping:
        case Grouping.SECTION:
            return agreement.section or ""
        case Grouping.PARTY:
            return ", ".join(agreement.parties)
        case Grouping.FIELD:
            return str(agreement.domain or "")
        case Grouping.YEAR:
            return (due(agreement) or "")[:4]


def arranged(records: Sequence[Agreement], view: TableView) -> list[Agreement]:
    """Return the rows sorted, then grouped; records without a value, or without a group, come last.

    Sections are in reading order, other groups by their labels.
    """
    rows = list(records)
    if view.sort:
        rows = sorted_agreements(rows, view.sort, turned_round=view.reversed)
    if view.grouping:
        labels = {row.id: group_label(row, view.grouping) for row in rows}
        if view.grouping is Grouping.SECTION:
            starts: dict[str, int] = {}
            for row in rows:
                label = labels[row.id]
                starts[label] = min(starts.get(label, row.evidence.start), row.evidence.start)
            rows.sort(key=lambda row: (not labels[row.id], starts[labels[row.id]]))
        else:
            rows.sort(key=lambda row: (not labels[row.id], labels[row.id].casefold()))
    return rows


def sort_by_next(view: TableView, shown: Sequence[TableColumn]) -> TableView:
    """Sort by the next of the shown columns, or after the last in reading order again."""
    order = [None, *shown]
    index = order.index(view.sort) if view.sort in order else 0
    return replace(view, sort=order[(index + 1) % len(order)], reversed=False)


def sort_by(view: TableView, column: TableColumn) -> TableView:
    """Sort by this column, or the other way round where it is sorted by already."""
    return replace(view, sort=column, reversed=view.sort is column and not view.reversed)


def turn_round(view: TableView) -> TableView:
    """Reverse the order."""
    return replace(view, reversed=not view.reversed) if view.sort else view


def group_by_next(view: TableView) -> TableView:
    """Group by the next of the groupings, or after the last not at all."""
    order = [None, *Grouping]
    return replace(view, grouping=order[(order.index(view.grouping) + 1) % len(order)])


def toggle_column(view: TableView, column: TableColumn) -> TableView:
    """Show or hide a column; that of the titles stays."""
    if column is TableColumn.AGREEMENT:
        return view
    hidden = tuple(each for each in view.hidden if each is not column)
    return replace(view, hidden=hidden if column in view.hidden else (*view.hidden, column))


def resize(view: TableView, column: TableColumn, width: int) -> TableView:
    """Give a column this width, within its limits."""
    bounded = min(max(width, MIN_COLUMN_WIDTH), MAX_COLUMN_WIDTH)
    return replace(view, widths={**view.widths, column: bounded})
