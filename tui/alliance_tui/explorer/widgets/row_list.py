"""A list of rows, one a line, and the details of the focused one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, justify, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import LineView
from alliance_tui.explorer.widgets.fields_view import FieldsView

DrawRow = Callable[[object], tuple[list[Part], list[Part]]]
"""Returns the parts at the left and at the right end of a row."""
CURSOR_WIDTH = 2


class RowClicked(Message):
    """The reader clicked on the row of this index."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class RowList(LineView, can_focus=False):
    """The rows of a screen, of which only those in view are drawn."""

    def __init__(self) -> None:
        super().__init__(id="rows")
        self._rows: Sequence[object] = ()
        self._focused_index = 0
        self._draw_row: DrawRow | None = None
        self._empty_message = ""

    def show(self, rows: Sequence[object], focused_index: int, draw_row: DrawRow, empty_message: str) -> None:
        """Show these rows, with the one of this index focused; without any, the message."""
        self._rows, self._focused_index = rows, focused_index
        self._draw_row, self._empty_message = draw_row, empty_message
        self.set_line_count(max(1, len(rows)))
        self.reveal_lines(focused_index, focused_index)
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the focused row in view."""
        self.set_line_count(max(1, len(self._rows)))
        self.reveal_lines(self._focused_index, self._focused_index)

    def on_click(self, event: events.Click) -> None:
        """Post the row that was clicked on."""
        index = self.scroll_offset.y + event.y - self.gutter.top
        if 0 <= index < len(self._rows):
            self.post_message(RowClicked(index))

    def draw_line(self, number: int) -> Strip:
        """Return a row, or the message where there is none."""
        base, width = self.style_for(StyleRole.TEXT), self.inner_width
        if not self._rows or self._draw_row is None:
            message = (self._empty_message, self.style_for(StyleRole.MUTED))
            return to_strip([(" " * CURSOR_WIDTH, Style()), message], width, base, self.glyphs.ellipsis)
        is_focused = number == self._focused_index
        if is_focused:
            base += self.style_for(StyleRole.FOCUSED_ROW)
        left, right = self._draw_row(self._rows[number])
        cursor = (f"{self.glyphs.cursor if is_focused else ' '} ", self.style_for(StyleRole.ACCENT))
        return to_strip(justify([cursor, *left], right, width, self.glyphs.ellipsis), width, base)


class RowDetails(FieldsView, can_focus=False):
    """The details of the focused row."""

    LABEL_WIDTHS = (11, 11)

    def __init__(self) -> None:
        super().__init__(id="row-details")

    def scroll_by(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True, immediate=True)
