"""A grid: rows with a fixed first column, and columns that scroll below their headings."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, clip_parts, parts_width, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import LineView, ThemedWidget
from alliance_tui.explorer.widgets.row_list import CURSOR_WIDTH

DrawGridRow = Callable[[int, bool], tuple[list[Part], list[Part]]]
"""Returns the label and the cells of a row, given its index and whether it is focused."""


class ShownColumn(Struct, frozen=True, gc=False):
    """A column that is in view: its index and its width in cells."""

    index: int
    width: int


class GridLayout(Struct, frozen=True):
    """The columns that are in view, after a first column of `label_width` cells."""

    label_width: int = 0
    columns: tuple[ShownColumn, ...] = ()


class GridCellClicked(Message):
    """The reader clicked on a cell."""

    def __init__(self, row: int, column: int) -> None:
        super().__init__()
        self.row = row
        self.column = column


class GridHeadings(ThemedWidget):
    """The headings of a grid's columns."""

    def __init__(self) -> None:
        super().__init__(id="grid-headings")
        self._label_width = 0
        self._parts: list[Part] = []

    def show(self, layout: GridLayout, parts: list[Part]) -> None:
        """Show these headings above their columns."""
        if (layout.label_width, parts) != (self._label_width, self._parts):
            self._label_width, self._parts = layout.label_width, parts
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        indent = (" " * (CURSOR_WIDTH + self._label_width), Style())
        return to_strip([indent, *self._parts], self.size.width, self.style_for(StyleRole.TEXT))


class GridView(LineView, can_focus=True):
    """The rows of a grid, of which only those in view are drawn."""

    def __init__(self) -> None:
        super().__init__(id="rows")
        self._row_count = 0
        self._layout = GridLayout()
        self._focused = (0, 0)
        self._draw_row: DrawGridRow | None = None
        self._empty_message = ""

    def show(
        self, row_count: int, layout: GridLayout, focused: tuple[int, int], draw_row: DrawGridRow, empty_message: str
    ) -> None:
        """Show rows with the focused row and column; the message where there are none."""
        self._row_count, self._layout, self._focused = row_count, layout, focused
        self._draw_row, self._empty_message = draw_row, empty_message
        self.set_line_count(max(1, row_count))
        self.reveal_lines(focused[0], focused[0])
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the focused row in view."""
        self.reveal_lines(self._focused[0], self._focused[0])

    def on_click(self, event: events.Click) -> None:
        """Post the cell that was clicked on; at the label, that of the focused column."""
        row = self.scroll_offset.y + event.y - self.gutter.top
        if not 0 <= row < self._row_count:
            return
        x = event.x - CURSOR_WIDTH - self._layout.label_width
        column = self._focused[1]
        for shown in self._layout.columns:
            if 0 <= x < shown.width:
                column = shown.index
            x -= shown.width
        self.post_message(GridCellClicked(row, column))

    def draw_line(self, number: int) -> Strip:
        """Return a row, or the message where there is none."""
        base, width = self.style_for(StyleRole.TEXT), self.inner_width
        if self._draw_row is None or not self._row_count:
            message = (self._empty_message, self.style_for(StyleRole.MUTED))
            return to_strip([(" " * CURSOR_WIDTH, Style()), message], width, base, self.glyphs.ellipsis)
        is_focused = number == self._focused[0]
        if is_focused:
            base += self.style_for(StyleRole.FOCUSED_ROW)
        label, cells = self._draw_row(number, is_focused)
        cursor = (f"{self.glyphs.cursor if is_focused else ' '} ", self.style_for(StyleRole.ACCENT))
        label = clip_parts(label, self._layout.label_width - 1, self.glyphs.ellipsis)
        gap = (" " * (self._layout.label_width - parts_width(label)), Style())
        return to_strip([cursor, *label, gap, *cells], width, base)
