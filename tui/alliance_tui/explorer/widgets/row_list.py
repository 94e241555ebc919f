"""A list of rows, one a line, and the details of the focused one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, justify, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView

DrawRow = Callable[[object], tuple[list[Part], list[Part]]]
"""Returns the parts at the left and at the right end of a row."""
CURSOR_WIDTH = 2
LABEL_WIDTH = 11


class StyledField(Struct, frozen=True):
    """A label and its value in styled parts, which are wrapped together."""

    label: str
    parts: tuple[Part, ...]


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


class RowDetails(LineView, can_focus=False):
    """The details of the focused row: labels in one column, wrapped values in the other."""

    def __init__(self) -> None:
        super().__init__(id="row-details")
        self._fields: Sequence[StyledField] = ()
        self._lines: list[list[Part]] = []

    def show(self, fields: Sequence[StyledField]) -> None:
        """Show these fields from the first on."""
        if fields != self._fields:
            self._fields = fields
            self._wrap()
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def scroll_by(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, force=True, immediate=True)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the values to the new width."""
        self._wrap()

    def _wrap(self) -> None:
        self._lines = [line for field in self._fields for line in self._field_lines(field)]
        self.set_line_count(max(1, len(self._lines)))
        self.refresh()

    def _field_lines(self, field: StyledField) -> Iterator[list[Part]]:
        label = field.label.ljust(LABEL_WIDTH)
        text = "".join(part for part, _ in field.parts)
        for start, end in wrap(text, 0, len(text), max(10, self.inner_width - LABEL_WIDTH - 1)):
            yield [(f" {label}", self.style_for(StyleRole.MUTED)), *slice_parts(field.parts, start, end)]
            label = " " * LABEL_WIDTH

    def draw_line(self, number: int) -> Strip:
        """Return a line of the details."""
        parts = self._lines[number] if number < len(self._lines) else []
        return to_strip(parts, self.inner_width, self.style_for(StyleRole.TEXT), self.glyphs.ellipsis)


def slice_parts(parts: Sequence[Part], start: int, end: int) -> Iterator[Part]:
    """Yield what the parts have from `start` to `end`, counted in characters of all of them together."""
    position = 0
    for text, style in parts:
        piece = text[max(0, start - position) : max(0, end - position)]
        if piece:
            yield piece, style
        position += len(text)
