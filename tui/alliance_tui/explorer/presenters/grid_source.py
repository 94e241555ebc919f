"""The interface of a screen of a grid to its content, and what the cells of all grids share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Protocol

from msgspec import Struct

from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.row_source import strength_symbol
from alliance_tui.explorer.rendering.chips import edtf_label
from alliance_tui.explorer.rendering.strips import Part
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.overview_state import GridPosition
from alliance_tui.explorer.widgets.fields_view import StyledField
from alliance_tui.explorer.widgets.grid_view import GridLayout, ShownColumn
from alliance_tui.explorer.widgets.row_list import CURSOR_WIDTH
from alliance_tui.linking.register import RegisterRow
from alliance_tui.overviews.sources import Sources

MAX_LISTED = 20
"""Undertakings of a cell that the details list; Enter lists all."""
COUNT_WIDTH = 6
"""Cells of a column of totals."""
LABEL_SHARE, MIN_LABEL_WIDTH, MAX_LABEL_WIDTH = 0.36, 14, 72
"""The share of the screen that the first column takes at most, and its least and greatest width in cells."""


class Grid(Protocol):
    """The content of a grid; its rows and columns are indices."""

    fixed_columns: int
    """The first columns, which do not scroll."""
    longest_label: int
    """Cells of the longest label of a row."""

    @property
    def row_count(self) -> int:
        """The number of rows."""

    @property
    def column_count(self) -> int:
        """The number of columns, the fixed ones among them."""

    def column_width(self, column: int) -> int:
        """Return the cells of a column."""

    def label(self, row: int, width: int, styler: LineStyler) -> list[Part]:
        """Return the label of a row, which is cut to these cells of the first column."""

    def headings(self, columns: Sequence[ShownColumn], focused: int, styler: LineStyler) -> list[Part]:
        """Return the headings of the columns, exactly as wide as these are."""

    def cells(self, row: int, columns: Sequence[ShownColumn], focused: int | None, styler: LineStyler) -> list[Part]:
        """Return the cells of a row, exactly as wide as the columns are; `focused` is None in the other rows."""

    def undertakings(self, row: int, column: int) -> Sequence[RegisterRow]:
        """Return the undertakings that a cell stands for."""

    def row_key(self, row: int) -> str:
        """Return the name by which a row is found again."""

    def column_key(self, column: int) -> str:
        """Return the name by which a column is found again."""

    def row_of(self, key: str | None) -> int:
        """Return the row of a name, else the first; None for where the grid begins."""

    def column_of(self, key: str | None) -> int:
        """Return the column of a name or the nearest; None for where the grid begins."""


def label_width(width: int, longest_label: int) -> int:
    """Return the cells of the first column on a screen of this width."""
    most = min(MAX_LABEL_WIDTH, round(width * LABEL_SHARE))
    return max(min(longest_label + 1, most), min(MIN_LABEL_WIDTH, width // 2))


def lay_out(grid: Grid, width: int, focused: int, first: int) -> GridLayout:
    """Return the columns to show in `width` cells: the fixed ones, then from `first` on or so that the focused fits.

    No cells stay empty after the last column where there are columns before the first; where all are in view, labels
    get what is left.
    """
    label = label_width(width, grid.longest_label)
    room = width - CURSOR_WIDTH - label
    fixed = _fitting_columns(grid, range(grid.fixed_columns), room)
    room -= sum(column.width for column in fixed)
    start = max(grid.fixed_columns, first)
    if grid.fixed_columns <= focused < grid.column_count:
        start = max(min(start, focused), _first_before(grid, focused, room))
    end = start + len(_fitting_columns(grid, range(start, grid.column_count), room))
    if end == grid.column_count > start:
        start = _first_before(grid, end - 1, room)
    scrolled = _fitting_columns(grid, range(start, grid.column_count), room)
    if len(fixed) + len(scrolled) == grid.column_count:
        left_over = room - sum(column.width for column in scrolled)
        label = max(label, min(grid.longest_label + 1, label + left_over))
    return GridLayout(label, (*fixed, *scrolled))


def _fitting_columns(grid: Grid, columns: range, room: int) -> list[ShownColumn]:
    """Return the first of the columns, as many as fit."""
    shown = []
    for index in columns:
        if room < (cells := grid.column_width(index)):
            break
        shown.append(ShownColumn(index, cells))
        room -= cells
    return shown


def _first_before(grid: Grid, last: int, room: int) -> int:
    """Return the first of the scrolling columns from which on the column `last` is in view."""
    column = last
    room -= grid.column_width(column)
    while column > grid.fixed_columns and (room := room - grid.column_width(column - 1)) >= 0:
        column -= 1
    return column


class Choice(Struct, frozen=True):
    """Alternatives among which a key changes: the zoom, the grouping, the order."""

    name: str
    values: tuple[str, ...]
    key: str
    """The key, as the reader knows it; two for a choice with ends, such as a zoom."""
    action: str
    """The effect of the key."""
    begins_with: int = 0


class ShownGrid(Struct, frozen=True):
    """A grid of so many undertakings, and a sentence on the query or on what is not in it, "" without any."""

    grid: Grid
    undertakings: int
    message: str = ""


class GridSource(Protocol):
    """The content of a screen of a grid. All is called in the thread of the screen but `lay_out`."""

    position: GridPosition
    """The position at which the screen was left, and begins."""
    title: str
    views: Sequence[str]
    choices: Sequence[Choice]
    hint: str
    """A hint on the queries that can be typed."""
    formats: Mapping[str, str]
    """The formats in which it can be exported, by their suffixes."""

    def lay_out(self, position: GridPosition) -> ShownGrid:
        """Return the grid of a view, with what was chosen, of what satisfies the query. Called in a thread."""

    def details(self, grid: Grid, row: int, column: int, styler: LineStyler) -> list[StyledField]:
        """Return the details of a cell."""

    def export(self, position: GridPosition, suffix: str, sources: Sources) -> Iterator[str]:
        """Yield what a position shows in a format; `sources` are the documents of the statements. In a thread."""

    def title_of(self, grid: Grid, row: int, column: int) -> str:
        """Return what the undertakings of a cell have in common."""

    def is_one(self, grid: Grid, row: int) -> bool:
        """Return True for a row of one undertaking, which Enter opens at once."""


def count_cell(count: int, greatest: int, width: int, *, is_focused: bool, styler: LineStyler) -> list[Part]:
    """Return a count in `width` cells, on a ground that is the warmer the greater it is; blank for none."""
    if is_focused:
        return [styler.part(_fitting(count, width).rjust(width), StyleRole.CURSOR)]
    if not count:
        return [styler.part(" " * width)]
    text = _fitting(count, width)
    ramp = styler.palette.heat
    if not ramp:
        return [styler.part(text.rjust(width))]
    step = min(len(ramp) - 1, int(len(ramp) * log(count) / (log(greatest) + 1e-9))) if greatest > 1 else 0
    return [styler.part(" "), (text.rjust(width - 1), styler.palette.heat_style(step))]


def listed_fields(title: str, rows: Sequence[RegisterRow], styler: LineStyler) -> list[StyledField]:
    """Return what undertakings have in common, how many they are, and the first of them."""
    fields = [StyledField(f"{len(rows):,}" if rows else "none", (styler.part(title, StyleRole.STRONG),))]
    for row in rows[:MAX_LISTED]:
        due = f"due {edtf_label(row.due.deadline)}" if row.due and row.due.deadline else ""
        facts = styler.part(f"({' · '.join(filter(None, (', '.join(row.parties), due, row.status)))})", StyleRole.MUTED)
        symbol = strength_symbol(row.strengths[-1], styler)
        fields.append(StyledField(row.first or "no date", (symbol, styler.part(f" {row.title} "), facts)))
    return fields


def _fitting(count: int, width: int) -> str:
    """Return a count in fewer cells than `width`, in thousands or millions where it must be."""
    for divisor, unit in ((1, ""), (1000, "k"), (1_000_000, "M")):
        if len(text := f"{count // divisor}{unit}") < width:
            return text
    return ">"[: width - 1]
