"""The agreements pane: strength as a symbol, the whole title, parties, amount and due date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.state.table_view import DOCUMENT_COLUMNS, TableColumn, TableView, group_label
from alliance_tui.explorer.widgets.agreements.agreement_rows import (
    GLYPH_WIDTH,
    NO_NAMES,
    AgreementRow,
    AgreementRowDrawer,
    hidden_match_field,
)
from alliance_tui.explorer.widgets.agreements.agreement_table import column_at, column_widths, content_widths
from alliance_tui.explorer.widgets.record_list import LEAD_WIDTH, RecordList
from alliance_tui.records import Agreement, Analysis
from alliance_tui.search.matches import Range

MIN_HEIGHT_FOR_WHOLE_ROWS = 10
"""From this height, in rows, every agreement has its whole title and a line of details."""


class HeadingClicked(Message):
    """The reader clicked on the heading of a column."""

    def __init__(self, column: TableColumn) -> None:
        super().__init__()
        self.column = column


class AgreementsPane(RecordList[Agreement]):
    """The agreements pane.

    In a low pane, the focused agreement alone has its matching words and, while the pane has the focus, its whole title
    and a line of details. With a `table`, the agreements are its rows.
    """

    review_marks: Mapping[str, str] = {}
    """The marks of the reader's steps, one cell each, by record id."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.names = NO_NAMES
        self.table: TableView | None = None
        self._content_widths: Mapping[TableColumn, int] = {}
        """The cells of the widest content of each of the table's columns."""
        self._title_rows: dict[str, list[Range]] = {}
        """The wrapped titles, by record, at `_wrap_width`."""
        self._wrap_width = 0
        self._whole_id: str | None = None
        """The record that was measured as a whole one; the focus may change before the next measurement."""

    @property
    def whole_rows(self) -> bool:
        """Whether the pane is high enough for whole titles."""
        return self.measured_size.height >= MIN_HEIGHT_FOR_WHOLE_ROWS

    def show_table(self, table: TableView | None, analysis: Analysis) -> None:
        """Show the analysis's agreements as this table, or as a list (None); `show` must follow."""
        content = content_widths(analysis) if table else {}
        if (table, content) != (self.table, self._content_widths):
            self.table, self._content_widths = table, content
            self.focused_id = None  # so that `show` measures and draws again
            self.clear_line_cache()
            self._title_rows.clear()
            self._wrap_width = 0

    @property
    def header_height(self) -> int:
        """The row of the table's headings."""
        return 1 if self.table and self.records else 0

    @property
    def columns(self) -> list[tuple[TableColumn, int]]:
        """The table's columns that fit the pane, with their widths."""
        width = self.inner_width - LEAD_WIDTH
        return column_widths(self.table or TableView(), width, DOCUMENT_COLUMNS, self._content_widths)

    @property
    def _text_width(self) -> int:
        """Cells for a title."""
        if self.table:
            return dict(self.columns)[TableColumn.AGREEMENT]
        return max(1, self.inner_width - LEAD_WIDTH - GLYPH_WIDTH)

    @property
    def _drawer(self) -> AgreementRowDrawer:
        return AgreementRowDrawer(self.palette, self.glyphs)

    def render_line(self, y: int) -> Strip:
        """Return the visible row `y`: that of the headings stays at the top."""
        if y == 0 and self.header_height:
            headings = self._drawer.headings(self.table or TableView(), self.columns)
            base = self.style_for(StyleRole.TEXT)
            return to_strip([(" " * LEAD_WIDTH, base), *headings], self.size.width, base, self.glyphs.ellipsis)
        return super().render_line(y)

    def on_click(self, event: events.Click) -> None:
        """Post the record, or the heading, that was clicked on."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < self.header_height:
            column = column_at(self.columns, offset.x - LEAD_WIDTH)
            if column:
                self.post_message(HeadingClicked(column))
            return
        super().on_click(event)

    def heading_lines(self, record: Agreement, above: Agreement | None) -> int:
        """Return one for the heading of a group that the record begins."""
        grouping = self.table and self.table.grouping
        if not grouping:
            return 0
        return int(above is None or group_label(above, grouping) != group_label(record, grouping))

    def _count_table_lines(self) -> list[int]:
        """Return the lines of each row of the table, with the heading of a group above its first."""
        rows = self.highlights.rows
        counts: list[int] = []
        above: Agreement | None = None
        for record in self.records:
            row = rows.get(record.id)
            hidden = bool(row and row.matched_ranges and hidden_match_field(row.matched_ranges))
            counts.append(len(self._wrapped_title(record)) + self.heading_lines(record, above) + hidden)
            above = record
        return counts

    def count_lines(self) -> Sequence[int]:
        """Return the lines of each record: its title, its details, and words that match elsewhere."""
        if self._wrap_width != self._text_width:
            self._wrap_width = self._text_width
            self._title_rows.clear()
        if self.table:
            return self._count_table_lines()
        self._whole_id = self.focused_id if self.is_focused else None
        if self.whole_rows:
            return list(map(self._count_record_lines, self.records))
        counts = [1] * len(self.records)
        if self._index is not None and self.records:
            counts[self._index] = self._count_record_lines(self.records[self._index])
        return counts

    def _count_record_lines(self, record: Agreement) -> int:
        whole = self._is_whole(record)
        row = self.highlights.rows.get(record.id) if whole or record.id == self.focused_id else None
        quoted = bool(row and row.matched_ranges and hidden_match_field(row.matched_ranges))
        return (len(self._wrapped_title(record)) + 1 if whole else 1) + quoted

    def _is_whole(self, record: Agreement) -> bool:
        """Return whether the record has its whole title and a line of details."""
        return self.whole_rows or record.id == self._whole_id

    def _wrapped_title(self, record: Agreement) -> list[Range]:
        wrapped = self._title_rows.get(record.id)
        if wrapped is None:
            wrapped = list(wrap(record.title, 0, len(record.title), self._wrap_width)) or [(0, 0)]
            self._title_rows[record.id] = wrapped
        return wrapped

    def set_review_marks(self, marks: Mapping[str, str]) -> None:
        """Show these marks, by record id, beside that of the focus."""
        if marks != self.review_marks:
            self.review_marks = marks
            self._redraw()

    def row_mark(self, record: Agreement) -> Part:
        """Return what the reader did with the record, in one cell."""
        return self.review_marks.get(record.id, " "), self.style_for(StyleRole.STRONG)

    def draw_record(self, record: Agreement, width: int, above: Agreement | None) -> list[list[Part]]:
        """Return the lines of the record."""
        row = AgreementRow(
            record, self._wrapped_title(record), self.row_highlight(record), self.name_style(record), self.names
        )
        if self.table:
            lines = self._drawer.table_lines(row, self.columns)
            if self.table.grouping and self.heading_lines(record, above):
                label = group_label(record, self.table.grouping)
                lines.insert(0, self._drawer.group_heading(label, self.table))
            return lines
        whole = self._is_whole(record)
        quoted = whole or record.id == self.focused_id
        return self._drawer.lines(row, self._text_width, whole=whole, quoted=quoted)
