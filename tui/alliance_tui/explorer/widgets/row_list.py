"""A list of rows, and the details of the focused one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, justify, parts_width, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.fields_view import FieldsView
from alliance_tui.explorer.widgets.row_window import RowWindow

DrawRow = Callable[[object], tuple[list[Part], list[Part]]]
"""Returns the parts at the left and at the right end of a row."""
CURSOR_WIDTH = 2
MIN_SCREEN_WIDTH, MIN_TITLE_WIDTH = 100, 24
"""Columns of the screen, and cells for a title, from which titles are whole; else the details have that of the focused
row.
"""


class RowClicked(Message):
    """The reader clicked on the row of this index."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class RowList(RowWindow, can_focus=False):
    """The rows of a screen. The last part at the left of a row is its title, which a wide screen shows whole."""

    def __init__(self) -> None:
        super().__init__(id="rows")
        self._rows: Sequence[object] = ()
        self._focused_index = 0
        self._draw_row: DrawRow | None = None
        self._empty_message = ""
        self._drawn: dict[tuple[int, int], list[Strip]] = {}
        """The lines of rows by index and width."""

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self._rows)

    @property
    def focused_row(self) -> int:
        """The index of the focused row."""
        return self._focused_index

    def show(self, rows: Sequence[object], focused_index: int, draw_row: DrawRow, empty_message: str) -> None:
        """Show these rows, with the one of this index focused; without any, the message."""
        self._rows, self._focused_index = rows, focused_index
        self._draw_row, self._empty_message = draw_row, empty_message
        self._drawn.clear()
        self.lay_out(reveal=True)
        self.refresh()

    def clear_line_cache(self) -> None:
        """Drop the drawn rows."""
        self._drawn.clear()

    def on_click(self, event: events.Click) -> None:
        """Post the row that was clicked on."""
        index = self.row_at(event.y - self.gutter.top)
        if index is not None:
            self.post_message(RowClicked(index))

    def row_height(self, index: int) -> int:
        """Return the lines of a row."""
        return len(self._row_lines(index))

    def draw_row_line(self, index: int, line: int) -> Strip:
        """Return a line of a row."""
        return self._row_lines(index)[line]

    def draw_empty(self) -> Strip:
        """Return the message that there is no row."""
        message = [(" " * CURSOR_WIDTH, Style()), (self._empty_message, self.style_for(StyleRole.MUTED))]
        return to_strip(message, self.inner_width, self.style_for(StyleRole.TEXT), self.glyphs.ellipsis)

    def _row_lines(self, index: int) -> list[Strip]:
        key = index, self.inner_width
        if key not in self._drawn:
            self._drawn[key] = self._draw(index)
        return self._drawn[key]

    def _draw(self, index: int) -> list[Strip]:
        assert self._draw_row is not None
        width, clip = self.inner_width, self.glyphs.ellipsis
        is_focused = index == self._focused_index
        base = self.style_for(StyleRole.TEXT)
        if is_focused:
            base += self.style_for(StyleRole.FOCUSED_ROW)
        cursor = (f"{self.glyphs.cursor if is_focused else ' '} ", self.style_for(StyleRole.ACCENT))
        (*marks, (title, style)), right = self._draw_row(self._rows[index])
        lead = [cursor, *marks]
        indent = parts_width(lead)
        room = width - indent - parts_width(right) - 1
        lines = [(0, len(title))]
        if self.app.size.width >= MIN_SCREEN_WIDTH and room >= MIN_TITLE_WIDTH:
            lines = list(wrap(title, 0, len(title), room)) or lines
        titles = [(title[start:end], style) for start, end in lines]
        below = [[(" " * indent, Style()), each] for each in titles[1:]]
        first = justify([*lead, titles[0]], right, width, clip)
        return [to_strip(parts, width, base, clip) for parts in (first, *below)]


class RowDetails(FieldsView, can_focus=False):
    """The details of the focused row."""

    LABEL_WIDTHS = (11, 11)

    def __init__(self) -> None:
        super().__init__(id="row-details")

    def scroll_by(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True, immediate=True)
