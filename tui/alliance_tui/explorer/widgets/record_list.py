"""A list of records that draws only its visible lines; all its records take as many lines, one or more."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, strip_of
from alliance_tui.explorer.rendering.theme import Look
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView
from alliance_tui.highlighting import Highlights, RowHighlight, SelectedRecord
from alliance_tui.records import Agreement, Entity
from alliance_tui.search.matches import Range

Record = TypeVar("Record", bound=Entity | Agreement)
PLAIN_ROW = RowHighlight()


class RecordPressed(Message):
    """The reader clicked on a record's row."""

    def __init__(self, record: str) -> None:
        super().__init__()
        self.record = record


class RecordList(LineView, Generic[Record]):
    """Records of one kind, the one stood on marked, lit and dimmed as the highlights say."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.records: Sequence[Record] = ()
        self.highlights = Highlights()
        self.here: str | None = None
        self.choice: SelectedRecord | None = None
        self.empty = ""
        self.room = Size(0, 0)
        """The size for which the records were measured; a paint may come before the resize is told."""
        self._index: int | None = None
        """The place of the record stood on."""
        self._notes: list[tuple[int, int]] = []
        self._labels: Mapping[str, str] = {}
        self._drawn: dict[str, list[Strip]] = {}

    def label(self, labels: Mapping[str, str]) -> None:
        """Draw these labels, by record, in place of the marks before the rows."""
        if labels != self._labels:
            self._labels = labels
            self._redraw()

    def in_view(self) -> list[str]:
        """The records of which the first line is visible."""
        top, height = self.scroll_offset.y, self.record_height
        return [record.id for record in self.records[-(-top // height) : -(-(top + self.size.height) // height)]]

    def show(
        self,
        records: Sequence[Record],
        highlights: Highlights,
        here: str | None,
        choice: SelectedRecord | None,
        empty: str,
    ) -> None:
        """Draw these records from now on, `here` the one stood on; `empty` is said where there are none.

        Of a new choice, the rows that go with it come into view.
        """
        before, chosen_before = (self.here, self._index), self.choice
        other_rows = records is not self.records or empty != self.empty
        if not other_rows and highlights is self.highlights and (here, choice) == (self.here, self.choice):
            return
        if records is not self.records or here != self.here:
            self._index = next((number for number, record in enumerate(records) if record.id == here), None)
        self.records, self.highlights, self.here = records, highlights, here
        self.choice, self.empty = choice, empty
        if other_rows:
            self._measure()
        self._redraw()
        if choice and choice != chosen_before:
            self._reveal_lit()
        if (here, self._index) != before:
            self._reveal_here()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands: at the row stood on."""
        line = (self._index or 0) * self.record_height - self.scroll_offset.y
        return self.content_region.offset + Offset(0, min(max(line, 0), max(0, self.size.height - 1)))

    @property
    @abstractmethod
    def record_height(self) -> int:
        """How many lines `lines_of` gives for a record."""

    @abstractmethod
    def lines_of(self, record: Record, width: int, above: Record | None) -> list[list[Part]]:
        """The lines that tell a record, without the mark of where the reader stands; `above` is the record before."""

    def row(self, record: Record) -> RowHighlight:
        """How the highlights want the record drawn."""
        return self.highlights.rows.get(record.id, PLAIN_ROW)

    def ranges(self, record: Record, field: str) -> tuple[Range, ...]:
        """What the query lights in a field (of search.fields) of the record."""
        return self.row(record).matched_ranges.get(field, ())

    def on_resize(self, event: events.Resize) -> None:
        """Tell the records anew in the room there is."""
        self._measure()
        self._redraw()
        self._reveal_here()

    def on_focus(self) -> None:
        """Mark the row stood on."""
        self._reveal_here()
        self._redraw()

    def on_blur(self) -> None:
        """Mark it less."""
        self._redraw()

    def on_click(self, event: events.Click) -> None:
        """Tell which record was clicked on."""
        number = self.scroll_offset.y + event.y
        if number < self.virtual_size.height and self.records:
            self.post_message(RecordPressed(self.records[number // self.record_height].id))

    def _measure(self) -> None:
        self.room = self.size
        self._notes = list(wrap(self.empty, 0, len(self.empty), max(8, self.inner_width - 2)))
        self.set_lines(len(self.records) * self.record_height or len(self._notes))

    def forget(self) -> None:
        """Drop the drawn lines."""
        self._drawn.clear()

    def _redraw(self) -> None:
        self.forget()
        self.refresh()

    def _reveal_here(self) -> None:
        if self._index is not None:
            self._show_records(self._index, self._index)

    def _reveal_lit(self) -> None:
        """Bring the rows that go with the choice into view: all, or as many of the first as there is room for."""
        lit = [index for index, record in enumerate(self.records) if self.row(record).highlighted]
        if lit:
            self._show_records(lit[0], lit[-1])

    def _show_records(self, first: int, last: int) -> None:
        self.show_lines(first * self.record_height, (last + 1) * self.record_height - 1)

    def line(self, number: int) -> Strip:
        """A line of a record, or what is said where there is none."""
        if not self.records:
            start, end = self._notes[number]
            note = [(" ", Style()), (self.empty[start:end], self.look(Look.MUTED))]
            return strip_of(note, self.inner_width, self.look(Look.TEXT))
        index, line = divmod(number, self.record_height)
        record = self.records[index]
        if record.id not in self._drawn:
            self._drawn[record.id] = self._draw(record, index)
        return self._drawn[record.id][line]

    def _draw(self, record: Record, index: int) -> list[Strip]:
        here = record.id == self.here
        base = self.look(Look.TEXT)
        if here and self.has_focus:
            base += self.look(Look.ROW)
        pen = self.look(Look.ACCENT if self.has_focus else Look.MUTED)
        above = self.records[index - 1] if index else None
        strips: list[Strip] = []
        for parts in self.lines_of(record, self.inner_width - 2, above):
            mark = self.glyphs.cursor if here and not strips else ""
            lead = (mark.ljust(2), pen)
            if not strips and record.id in self._labels:
                lead = (self._labels[record.id].ljust(2), self.look(Look.POINT))
            strips.append(strip_of([lead, *parts], self.inner_width, base, self.glyphs.clip))
        return strips

    def name_look(self, record: Record) -> Style:
        """The style of a record's name: chosen, lit, dimmed or plain."""
        row = self.row(record)
        if self.choice and self.choice.id == record.id:
            return self.look(Look.CHOSEN)
        if row.dimmed:
            return self.look(Look.MUTED)
        return self.look(Look.STRONG) if row.highlighted else Style()
