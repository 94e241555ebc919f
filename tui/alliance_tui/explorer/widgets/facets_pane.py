"""The facets pane: the values that the listed agreements have, under headings, each with its count as a bar."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.strips import Part, justify, parts_width, text_width, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView
from alliance_tui.records import Strength

LEAD_WIDTH = 3
"""Cells before a value: the cursor, and the mark of the choice."""
MIN_BAR_WIDTH, MAX_BAR_WIDTH = 4, 8
"""Cells of the longest bar; without room for it beside the longest word of a value there are no bars."""


class FacetRow(Struct, frozen=True):
    """A value of a facet, with the filter that asks for it and the number of the listed agreements that have it.

    `share` is that number as a share, 0 to 1, of the largest under the same heading. A `chosen` value is in the query.
    """

    heading: str
    label: str
    term: str
    count: int
    share: float
    chosen: bool = False
    strength: Strength | None = None

    def mark(self, glyphs: Glyphs) -> str:
        """Return the mark of the choice, in as many cells where there is none."""
        return f"{glyphs.marked if self.chosen else ' '} "

    def symbol(self, glyphs: Glyphs) -> str:
        """Return the symbol of a strength, as it stands before its name; "" for other values."""
        return f"{glyphs.strengths[self.strength]} " if self.strength else ""


class FacetLine(Struct, frozen=True):
    """A line of a value: the part of its label from `start` to `end`."""

    row: FacetRow
    start: int
    end: int


class FacetClicked(Message):
    """The reader clicked on a value."""

    def __init__(self, term: str) -> None:
        super().__init__()
        self.term = term


class FacetsPane(LineView):
    """The facets pane. The focused value is that of the filter `focused_term`, or else the first."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[FacetRow] = ()
        self.focused_term = ""
        self.empty_message = ""
        self._lines: list[FacetLine | str] = []
        """The lines of the rows, with the headings between them."""
        self._count_width = self._bar_width = self._label_width = 1
        """Cells of the counts, of the longest bar, and of values with their symbols."""

    def show(self, rows: Sequence[FacetRow], focused_term: str, empty_message: str) -> None:
        """Show these rows or, without any, the message."""
        if (rows, focused_term, empty_message) == (self.rows, self.focused_term, self.empty_message):
            return
        self.rows, self.focused_term, self.empty_message = rows, focused_term, empty_message
        self._lay_out()

    def _lay_out(self) -> None:
        """Wrap the values for the width, and show them with the focused one in view."""
        self._set_widths()
        self._lines = []
        heading = ""
        for row in self.rows:
            if row.heading != heading:
                heading = row.heading
                self._lines.append(heading)
            width = max(1, self._label_width - parts_width(self._glyph(row)))
            spans = list(wrap(row.label, 0, len(row.label), width)) or [(0, 0)]
            self._lines += [FacetLine(row, start, end) for start, end in spans]
        self.set_line_count(max(1, len(self._lines)))
        self._reveal_focused()
        self.refresh()

    def _set_widths(self) -> None:
        """Divide the line: values as wide as their content, then bars, then counts."""
        self._count_width = max((len(f"{row.count:,}") for row in self.rows), default=1)
        room = max(1, self.inner_width - LEAD_WIDTH - self._count_width - 1)
        glyphs = [parts_width(self._glyph(row)) for row in self.rows]
        whole = max((glyph + text_width(row.label) for glyph, row in zip(glyphs, self.rows, strict=True)), default=0)
        word = max((text_width(word) for row in self.rows for word in row.label.split()), default=0) + max(
            glyphs, default=0
        )
        bar = min(MAX_BAR_WIDTH, max(MIN_BAR_WIDTH, room - whole - 1))
        self._bar_width = bar if word <= room - bar - 1 else 0
        self._label_width = room - self._bar_width - 1 if self._bar_width else room

    @property
    def focused_index(self) -> int:
        """The index of the focused row."""
        return next((index for index, row in enumerate(self.rows) if row.term == self.focused_term), 0)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place of the terminal's cursor: the focused row."""
        line = self._focused_line - self.scroll_offset.y
        return self.content_region.offset + Offset(0, min(max(line, 0), max(0, self.size.height - 1)))

    @property
    def _focused_line(self) -> int:
        return self._lines_of_focused[0]

    @property
    def _lines_of_focused(self) -> tuple[int, int]:
        """The first and the last line of the focused value."""
        row = self.rows[self.focused_index] if self.rows else None
        numbers = [number for number, line in enumerate(self._lines) if isinstance(line, FacetLine) and line.row is row]
        return (numbers[0], numbers[-1]) if numbers else (0, 0)

    def _reveal_focused(self) -> None:
        first, last = self._lines_of_focused
        self.reveal_lines(first - (first > 0 and isinstance(self._lines[first - 1], str)), last)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the values for the new width."""
        self._lay_out()

    def on_focus(self) -> None:
        """Draw the focused row as such."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the focused row as any other."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Post the value that was clicked on."""
        offset = event.get_content_offset(self)
        line = self.scroll_offset.y + offset.y if offset else -1
        if 0 <= line < len(self._lines) and isinstance(clicked := self._lines[line], FacetLine):
            self.post_message(FacetClicked(clicked.row.term))

    def draw_line(self, number: int) -> Strip:
        """Return a heading or a value."""
        base = self.style_for(StyleRole.TEXT)
        if not self._lines:
            return to_strip([(f" {self.empty_message}", self.style_for(StyleRole.MUTED))], self.inner_width, base)
        line = self._lines[number]
        if isinstance(line, str):
            return to_strip([("  ", Style()), (line, self.style_for(StyleRole.HEADING))], self.inner_width, base)
        focused = line.row is self.rows[self.focused_index]
        if focused and self.has_focus:
            base += self.style_for(StyleRole.FOCUSED_ROW)
        return to_strip(self._value_parts(line, focused=focused), self.inner_width, base, self.glyphs.ellipsis)

    def _value_parts(self, line: FacetLine, *, focused: bool) -> list[Part]:
        """Return the parts of a line: marks of the focus and of the choice, the value, its bar and its count."""
        row, is_first = line.row, line.start == 0
        label = row.label[line.start : line.end], self.style_for(StyleRole.STRONG) if row.chosen else Style()
        if not is_first:
            indent = " " * (LEAD_WIDTH + parts_width(self._glyph(row)))
            return [(indent, Style()), label]
        accent, muted = self.style_for(StyleRole.ACCENT), self.style_for(StyleRole.MUTED)
        cursor = (self.glyphs.cursor if focused else " ", accent if self.has_focus else muted)
        chosen = row.mark(self.glyphs), accent
        bar = self.glyphs.bar_done * round(row.share * self._bar_width)
        style = self.palette.strength_style(row.strength) if row.strength else muted
        right = [(bar, style), (f" {row.count:>{self._count_width},}", muted)]
        return justify([cursor, chosen, *self._glyph(row), label], right, self.inner_width, self.glyphs.ellipsis)

    def _glyph(self, row: FacetRow) -> list[Part]:
        """Return the symbol of a strength, nothing for other values."""
        return [(row.symbol(self.glyphs), self.palette.strength_style(row.strength))] if row.strength else []
