"""A list of records that draws only its visible lines; records may have different numbers of lines."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView
from alliance_tui.highlighting import Highlights, RowHighlight, SelectedRecord
from alliance_tui.records import Agreement, Entity
from alliance_tui.search.matches import Range

Record = TypeVar("Record", bound=Entity | Agreement)
NO_HIGHLIGHT = RowHighlight()
LEAD_WIDTH = 2
"""Cells before each line: the mark of the focus, and one cell for another mark of the record."""


class RecordClicked(Message):
    """The reader clicked on a record's row."""

    def __init__(self, record: str) -> None:
        super().__init__()
        self.record_id = record


class RecordList(LineView, Generic[Record]):
    """Records of one kind, the focused one marked, highlighted and dimmed as the highlights say."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.records: Sequence[Record] = ()
        self.highlights = Highlights()
        self.focused_id: str | None = None
        self.selection: SelectedRecord | None = None
        self.empty_message = ""
        self.measured_size = Size(0, 0)
        """The size for which the records were measured; a paint may precede the resize event."""
        self.is_focused = False
        """Whether the list has the focus."""
        self._index: int | None = None
        """The index of the focused record."""
        self._tops: Sequence[int] = (0,)
        """The first line of each record, and after these the number of all lines."""
        self._notes: list[tuple[int, int]] = []
        self._labels: Mapping[str, str] = {}
        self._drawn: dict[str, list[Strip]] = {}

    @property
    def header_height(self) -> int:
        """Rows at the top that stay while the records scroll."""
        return 0

    def set_jump_labels(self, labels: Mapping[str, str]) -> None:
        """Show these labels, by record id, in place of the marks before the rows."""
        if labels != self._labels:
            self._labels = labels
            self._redraw()

    def visible_records(self) -> list[str]:
        """Return the ids of the records whose first line is visible."""
        top = self.scroll_offset.y + self.header_height
        first, last = bisect_left(self._tops, top), bisect_left(self._tops, self.scroll_offset.y + self.size.height)
        return [record.id for record in self.records[first:last]]

    def show(
        self,
        records: Sequence[Record],
        highlights: Highlights,
        focused_id: str | None,
        selection: SelectedRecord | None,
        empty_message: str,
    ) -> None:
        """Show these records, or `empty_message` where there are none.

        The rows that a new selection highlights are scrolled into view.
        """
        focus_before, selection_before = (self.focused_id, self._index), self.selection
        rows_changed = records is not self.records or empty_message != self.empty_message
        if (
            not rows_changed
            and highlights is self.highlights
            and (focused_id, selection) == (self.focused_id, self.selection)
        ):
            return
        if records is not self.records or focused_id != self.focused_id:
            self._index = next((number for number, record in enumerate(records) if record.id == focused_id), None)
        self.records, self.highlights, self.focused_id = records, highlights, focused_id
        self.selection, self.empty_message = selection, empty_message
        self._measure()
        self._redraw()
        if selection and selection != selection_before:
            self._reveal_highlighted()
        if (focused_id, self._index) != focus_before:
            self._reveal_focused()

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place of the terminal's cursor: the focused row."""
        index = self._index or 0
        line = self._tops[index] + self._heading_lines_at(index) - self.scroll_offset.y
        return self.content_region.offset + Offset(0, min(max(line, 0), max(0, self.size.height - 1)))

    @abstractmethod
    def count_lines(self) -> Sequence[int]:
        """Return how many lines `draw_record` will return for each record."""

    @abstractmethod
    def draw_record(self, record: Record, width: int, above: Record | None) -> list[list[Part]]:
        """Return the lines of a record, without the mark of the focus; `above` is the record before."""

    def heading_lines(self, record: Record, above: Record | None) -> int:
        """Return how many of the record's lines are a heading above it."""
        return 0

    def _heading_lines_at(self, index: int) -> int:
        """Return how many lines of the record of this index are a heading; none where there is no record."""
        if not self.records:
            return 0
        return self.heading_lines(self.records[index], self.records[index - 1] if index else None)

    def row_highlight(self, record: Record) -> RowHighlight:
        """Return the highlight of the record's row."""
        return self.highlights.rows.get(record.id, NO_HIGHLIGHT)

    def matched_ranges(self, record: Record, field: str) -> tuple[Range, ...]:
        """Return the ranges that the query matches in a field (of `search.indexing.record_fields`) of the record."""
        return self.row_highlight(record).matched_ranges.get(field, ())

    def row_mark(self, record: Record) -> Part:
        """Return a mark of one cell beside that of the focus; here there is none."""
        return " ", Style()

    def on_resize(self, event: events.Resize) -> None:
        """Measure and draw the records for the new size."""
        self._measure()
        self._redraw()
        self._reveal_focused()

    def on_focus(self) -> None:
        """Mark the focused row, which may have more lines now."""
        self.is_focused = True  # Textual sets `has_focus` only after this
        self._measure()
        self._reveal_focused()
        self._redraw()

    def on_blur(self) -> None:
        """Mark the focused row less."""
        self.is_focused = False
        self._measure()
        self._redraw()

    def on_click(self, event: events.Click) -> None:
        """Post the record that was clicked on."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        number = self.scroll_offset.y + offset.y
        if self.header_height <= number < self.virtual_size.height and self.records:
            self.post_message(RecordClicked(self.records[self._record_at(number)].id))

    def _record_at(self, line: int) -> int:
        """Return the index of the record that has this line."""
        return bisect_right(self._tops, line) - 1

    def _measure(self) -> None:
        self.measured_size = self.size
        self._notes = list(wrap(self.empty_message, 0, len(self.empty_message), max(8, self.inner_width - LEAD_WIDTH)))
        self._tops = tuple(accumulate(self.count_lines(), initial=self.header_height))
        self.set_line_count(self._tops[-1] if self.records else len(self._notes))

    def clear_line_cache(self) -> None:
        """Drop the drawn lines."""
        self._drawn.clear()

    def _redraw(self) -> None:
        self.clear_line_cache()
        self.refresh()

    def _reveal_focused(self) -> None:
        if self._index is not None:
            self._reveal_records(self._index, self._index)

    def _reveal_highlighted(self) -> None:
        """Scroll to the rows that the selection highlights: all, or as many of the first as fit."""
        highlighted = [index for index, record in enumerate(self.records) if self.row_highlight(record).highlighted]
        if highlighted:
            self._reveal_records(highlighted[0], highlighted[-1])

    def _reveal_records(self, first: int, last: int) -> None:
        top, header = self._tops[first], self.header_height
        if top - header < self.scroll_offset.y:
            self.scroll_to(y=top - header, animate=False, force=True, immediate=True)
        else:
            self.reveal_lines(top, self._tops[last + 1] - 1, lead=header)

    def draw_line(self, number: int) -> Strip:
        """Return a line of a record, or of the message where there is none."""
        if not self.records:
            start, end = self._notes[number]
            note = [(" ", Style()), (self.empty_message[start:end], self.style_for(StyleRole.MUTED))]
            return to_strip(note, self.inner_width, self.style_for(StyleRole.TEXT))
        index = self._record_at(number)
        record = self.records[index]
        if record.id not in self._drawn:
            self._drawn[record.id] = self._draw(record, index)
        return self._drawn[record.id][number - self._tops[index]]

    def _draw(self, record: Record, index: int) -> list[Strip]:
        is_focused = record.id == self.focused_id
        plain = self.style_for(StyleRole.TEXT)
        focused = plain + self.style_for(StyleRole.FOCUSED_ROW) if is_focused and self.has_focus else plain
        cursor_style = self.style_for(StyleRole.ACCENT if self.has_focus else StyleRole.MUTED)
        above = self.records[index - 1] if index else None
        headings = self._heading_lines_at(index)
        strips: list[Strip] = []
        for parts in self.draw_record(record, self.inner_width - LEAD_WIDTH, above):
            lead = [(" " * LEAD_WIDTH, Style())]
            if len(strips) == headings:
                cursor, mark = self.glyphs.cursor if is_focused else " ", self.row_mark(record)
                lead = [(cursor, cursor_style), mark] if mark[0].strip() else [(f"{cursor} ", cursor_style)]
                if record.id in self._labels:
                    lead = [(self._labels[record.id].ljust(LEAD_WIDTH), self.style_for(StyleRole.CURSOR))]
            base = plain if len(strips) < headings else focused
            strips.append(to_strip([*lead, *parts], self.inner_width, base, self.glyphs.ellipsis))
        return strips

    def name_style(self, record: Record) -> Style:
        """Return the style of a record's name: selected, highlighted, dimmed or plain."""
        row = self.row_highlight(record)
        if self.selection and self.selection.id == record.id:
            return self.style_for(StyleRole.SELECTED)
        if row.dimmed:
            return self.style_for(StyleRole.MUTED)
        return self.style_for(StyleRole.STRONG) if row.highlighted else Style()
