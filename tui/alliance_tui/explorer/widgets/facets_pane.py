"""The facets pane: the values that the listed agreements have, under headings, each with its count as a bar."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, justify, parts_width, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import LineView
from alliance_tui.records import Strength

BAR_WIDTH = 8
"""Cells of the longest bar; a row whose value leaves no room for it has none."""


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
        self._lines: list[FacetRow | str] = []
        """The rows with the headings between them."""

    def show(self, rows: Sequence[FacetRow], focused_term: str, empty_message: str) -> None:
        """Show these rows or, without any, the message."""
        if (rows, focused_term, empty_message) == (self.rows, self.focused_term, self.empty_message):
            return
        self.rows, self.focused_term, self.empty_message = rows, focused_term, empty_message
        self._lines = []
        for row in rows:
            if not self._lines or row.heading != getattr(self._lines[-1], "heading", ""):
                self._lines.append(row.heading)
            self._lines.append(row)
        self.set_line_count(max(1, len(self._lines)))
        self._reveal_focused()
        self.refresh()

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
        return self._lines.index(self.rows[self.focused_index]) if self.rows else 0

    def _reveal_focused(self) -> None:
        line = self._focused_line
        self.reveal_lines(line - (line > 0 and isinstance(self._lines[line - 1], str)), line)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the focused row in view."""
        self._reveal_focused()

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
        if 0 <= line < len(self._lines) and isinstance(row := self._lines[line], FacetRow):
            self.post_message(FacetClicked(row.term))

    def draw_line(self, number: int) -> Strip:
        """Return a heading or a value."""
        base = self.style_for(StyleRole.TEXT)
        if not self._lines:
            return to_strip([(f" {self.empty_message}", self.style_for(StyleRole.MUTED))], self.inner_width, base)
        line = self._lines[number]
        if isinstance(line, str):
            return to_strip([("  ", Style()), (line, self.style_for(StyleRole.HEADING))], self.inner_width, base)
        focused = line.term == self.rows[self.focused_index].term
        if focused and self.has_focus:
            base += self.style_for(StyleRole.FOCUSED_ROW)
        return to_strip(self._value_parts(line, focused=focused), self.inner_width, base, self.glyphs.ellipsis)

    def _value_parts(self, row: FacetRow, *, focused: bool) -> list[Part]:
        """Return the parts of a row: marks of the focus and of the choice, the value, its bar and its count."""
        accent, muted = self.style_for(StyleRole.ACCENT), self.style_for(StyleRole.MUTED)
        cursor = (self.glyphs.cursor if focused else " ", accent if self.has_focus else muted)
        chosen = f"{self.glyphs.marked if row.chosen else ' '} ", accent
        glyph = f"{self.glyphs.strengths[row.strength]} " if row.strength else ""
        style = self.palette.strength_style(row.strength)
        label = row.label, self.style_for(StyleRole.STRONG) if row.chosen else Style()
        left, right = [cursor, chosen, (glyph, style), label], [(f"{row.count:>5,}", muted)]
        if parts_width([*left, *right]) + BAR_WIDTH < self.inner_width:
            right.insert(0, (self.glyphs.bar_done * round(row.share * BAR_WIDTH), style if row.strength else muted))
        return justify(left, right, self.inner_width, self.glyphs.ellipsis)
