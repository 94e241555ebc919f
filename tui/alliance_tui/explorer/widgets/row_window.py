"""A list of rows of any height, which builds no more of them than it shows.

It scrolls by rows, not by lines, so that the heights of rows out of sight need not be known.
"""

from __future__ import annotations

from abc import abstractmethod

from textual import events
from textual.geometry import Offset, Size
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import LineView


class RowWindow(LineView):
    """The rows in view. A subclass tells their number and heights, and draws them."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[tuple[int, int]] = []
        """The visible lines: the index of the row, and the number of the line in it."""
        self._filled_size = Size()
        """The size for which they were listed."""

    @property
    @abstractmethod
    def row_count(self) -> int:
        """The number of rows."""

    @property
    @abstractmethod
    def focused_row(self) -> int | None:
        """The index of the focused row."""

    @abstractmethod
    def row_height(self, index: int) -> int:
        """Return the lines of a row."""

    @abstractmethod
    def draw_row_line(self, index: int, line: int) -> Strip:
        """Return a line of a row, `inner_width` cells wide."""

    @abstractmethod
    def draw_empty(self) -> Strip:
        """Return the first line where there is no row."""

    @property
    def header_height(self) -> int:
        """Lines at the top that stay while the rows scroll."""
        return 0

    def draw_header(self) -> Strip:
        """Return the line of the header, as wide as the view."""
        raise NotImplementedError

    @property
    def visible_rows(self) -> range:
        """The indices of the rows in view."""
        return range(self._lines[0][0], self._lines[-1][0] + 1) if self._lines else range(0)

    def page(self) -> int:
        """Return by how many rows a page leads."""
        return max(1, len(self.visible_rows) - 1)

    def row_at(self, y: int) -> int | None:
        """Return the row of a visible line, None in the header and below the rows."""
        line = y - self.header_height
        return self._lines[line][0] if 0 <= line < len(self._lines) else None

    def lay_out(self, *, reveal: bool) -> None:
        """Find the first row in view, and with `reveal` scroll as far as the focused row needs."""
        count = self.row_count
        last_top = self._first_above(count - 1) if count else 0
        self.set_line_count(last_top + self.size.height)
        top = min(self.scroll_offset.y, last_top)
        index = self.focused_row
        if reveal and index is not None and index < count:
            top = index if index < top else max(top, self._first_above(index))
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self.fill()

    def refresh_rows(self, *indices: int) -> None:
        """Draw those of these rows anew that are in view."""
        for line, (index, _) in enumerate(self._lines):
            if index in indices:
                self.refresh_line(self.scroll_offset.y + self.header_height + line)

    def fill(self) -> None:
        """List the lines in view."""
        self._filled_size = self.size
        self._lines = []
        index = self.scroll_offset.y
        while len(self._lines) < self._body_height and index < self.row_count:
            self._lines += [(index, line) for line in range(self.row_height(index))]
            index += 1
        del self._lines[self._body_height :]

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new size, with the focused row in view."""
        self.lay_out(reveal=True)
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Lay out from the new first row."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.fill()

    @property
    def _body_height(self) -> int:
        return max(1, self.size.height - self.header_height)

    def _first_above(self, index: int) -> int:
        """Return the first row in view when this row is the last one that is whole."""
        room = self._body_height - self.row_height(index)
        while index and room >= (height := self.row_height(index - 1)):
            index -= 1
            room -= height
        return index

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place of the terminal's cursor: the focused row."""
        y = next((line for line, (index, _) in enumerate(self._lines) if index == self.focused_row), 0)
        return self.content_region.offset + Offset(0, min(self.header_height + y, max(0, self.size.height - 1)))

    def margin_parts(self, y: int) -> list[Part]:
        """Return the scroll mark, which counts rows."""
        rows = self.visible_rows
        return [self.scroll_mark(y, rows.start, rows.stop, self.row_count)]

    def render_line(self, y: int) -> Strip:
        """Return the visible line `y`."""
        if self.size != self._filled_size:  # a screen that comes back is drawn before it hears of its new size
            self.fill()
        if y < self.header_height:
            return self.draw_header()
        base = self.style_for(StyleRole.TEXT)
        line = y - self.header_height
        if not self.row_count and line == 0:
            body = self.draw_empty()
        elif line < len(self._lines):
            body = self.draw_row_line(*self._lines[line])
        else:
            body = Strip.blank(self.inner_width, base)
        return Strip.join([body, to_strip(self.margin_parts(y), self.RIGHT_MARGIN, base)])
