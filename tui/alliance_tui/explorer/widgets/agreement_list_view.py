"""The list of agreements of several documents, of which only what is shown is read and built."""

from __future__ import annotations

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.short_names import names_with
from alliance_tui.explorer.rendering.strips import Part, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.state.agreement_list import AgreementList, ListedAgreement
from alliance_tui.explorer.state.table_view import LIBRARY_COLUMNS, TableColumn, group_label
from alliance_tui.explorer.widgets.agreement_rows import GLYPH_WIDTH, AgreementRow, AgreementRowDrawer
from alliance_tui.explorer.widgets.agreement_table import column_at, column_widths
from alliance_tui.explorer.widgets.agreements_pane import HeadingClicked
from alliance_tui.explorer.widgets.record_list import LEAD_WIDTH
from alliance_tui.explorer.widgets.row_window import RowWindow
from alliance_tui.library.agreement_keys import AgreementKey

MAX_CACHED_ROWS = 500
"""Rows whose lines are kept."""
UNREAD_HEIGHT = 2
"""Lines of a row that has not been read, of which nothing is shown."""


class AgreementClicked(Message):
    """The reader clicked on an agreement's row."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class RowsWanted(Message):
    """Rows are in view that have not been read."""


class AgreementListView(RowWindow):
    """The listed agreements, the focused one marked."""

    DEFAULT_CSS = "AgreementListView { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="library-agreements")
        self.listed = AgreementList()
        self.empty_message = ""
        self._parts: dict[AgreementKey, list[list[Part]]] = {}
        """The lines of rows, without the mark of the focus."""
        self._drawn: dict[tuple[AgreementKey, bool], list[Strip]] = {}
        self._width = 0

    @property
    def row_count(self) -> int:
        """The number of agreements."""
        return len(self.listed.keys)

    @property
    def focused_row(self) -> int:
        """The index of the focused agreement."""
        return self.listed.index

    @property
    def header_height(self) -> int:
        """The line of the table's headings."""
        return 1 if self.listed.is_table and self.listed.keys else 0

    @property
    def columns(self) -> list[tuple[TableColumn, int]]:
        """The table's columns that fit, with their widths."""
        return column_widths(self.listed.table, self.inner_width - LEAD_WIDTH, LIBRARY_COLUMNS)

    @property
    def least_height(self) -> int:
        """The lines of the lowest row."""
        return 1 if self.listed.is_table else 2

    def show(self, listed: AgreementList, empty_message: str) -> None:
        """Show this list, with the focused row in view where it has moved."""
        before, self.listed = self.listed, listed
        if listed is before and empty_message == self.empty_message:
            return
        self.empty_message = empty_message
        looks_changed = (listed.table, listed.is_table) != (before.table, before.is_table)
        known = all(listed.rows.get(key) is row for key, row in before.rows.items())
        if looks_changed or not known:
            self._forget()
        moved = listed.focused != before.focused or listed.keys is not before.keys
        top = self.scroll_offset.y
        self.lay_out(reveal=moved or looks_changed)
        if listed.keys is before.keys and known and not looks_changed and self.scroll_offset.y == top:
            changed = {before.index, listed.index} if before.index != listed.index else set[int]()
            self.refresh_rows(
                *changed, *(index for index in self.visible_rows if listed.keys[index] not in before.rows)
            )
        else:
            self.refresh()

    def lay_out(self, *, reveal: bool) -> None:
        """Find the first row in view."""
        if self._width != self.inner_width:
            self._width = self.inner_width
            self._forget()
        super().lay_out(reveal=reveal)

    def fill(self) -> None:
        """List the lines in view, and ask for the rows among them that have not been read."""
        super().fill()
        if any(self.listed.keys[index] not in self.listed.rows for index in self.visible_rows):
            self.post_message(RowsWanted())

    def _forget(self) -> None:
        self._parts.clear()
        self._drawn.clear()

    def clear_line_cache(self) -> None:
        """Drop the drawn rows."""
        self._forget()

    @property
    def _drawer(self) -> AgreementRowDrawer:
        return AgreementRowDrawer(self.palette, self.glyphs)

    def row_height(self, index: int) -> int:
        """Return the lines of a row, with the heading of the group that it begins."""
        key = self.listed.keys[index]
        row = self.listed.rows.get(key)
        return len(self._row_parts(key, row)) + self._has_heading(index) if row else UNREAD_HEIGHT

    def _has_heading(self, index: int) -> bool:
        """Return whether the row begins a group."""
        label = self._group(index)
        return label is not None and (index == 0 or label != self._group(index - 1))

    def _group(self, index: int) -> str | None:
        """Return the group of a row, None without groups or where it has not been read."""
        grouping = self.listed.view.grouping
        row = self.listed.rows.get(self.listed.keys[index])
        return group_label(row.record, grouping) if grouping and row else None

    def _row_parts(self, key: AgreementKey, row: ListedAgreement) -> list[list[Part]]:
        """Return the lines of a row, without the mark of the focus."""
        parts = self._parts.get(key)
        if parts is None:
            if len(self._parts) > MAX_CACHED_ROWS:
                self._forget()
            parts = self._parts[key] = self._lines_of(row)
        return parts

    def _lines_of(self, row: ListedAgreement) -> list[list[Part]]:
        width = self.inner_width - LEAD_WIDTH - GLYPH_WIDTH
        if self.listed.is_table:
            width = dict(self.columns)[TableColumn.AGREEMENT]
        title = row.record.title
        drawn = AgreementRow(
            row.record,
            list(wrap(title, 0, len(title), max(1, width))) or [(0, 0)],
            row.highlight,
            names=names_with(row.acronyms),
            document=row.document,
            date=row.date,
        )
        if self.listed.is_table:
            return self._drawer.table_lines(drawn, self.columns)
        return self._drawer.lines(drawn, max(1, width), whole=True, quoted=True)

    def on_click(self, event: events.Click) -> None:
        """Post the agreement, or the heading, that was clicked on."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < self.header_height:
            if column := column_at(self.columns, offset.x - LEAD_WIDTH):
                self.post_message(HeadingClicked(column))
        elif (index := self.row_at(offset.y)) is not None:
            self.post_message(AgreementClicked(index))

    def draw_header(self) -> Strip:
        """Return the headings of the table."""
        base = self.style_for(StyleRole.TEXT)
        headings = self._drawer.headings(self.listed.table, self.columns)
        return to_strip([(" " * LEAD_WIDTH, base), *headings], self.size.width, base, self.glyphs.ellipsis)

    def draw_empty(self) -> Strip:
        """Return why no agreement is listed."""
        message = [(" " * LEAD_WIDTH, Style()), (self.empty_message, self.style_for(StyleRole.MUTED))]
        return to_strip(message, self.inner_width, self.style_for(StyleRole.TEXT), self.glyphs.ellipsis)

    def draw_row_line(self, index: int, line: int) -> Strip:
        """Return a line of a row, the first of which may be the heading of a group."""
        base = self.style_for(StyleRole.TEXT)
        heading = self._has_heading(index)
        if heading and line == 0:
            label = self._drawer.group_heading(self._group(index) or "", self.listed.view)
            return to_strip([(" " * LEAD_WIDTH, base), *label], self.inner_width, base, self.glyphs.ellipsis)
        lines = self._draw(index)
        number = line - heading
        return lines[number] if number < len(lines) else Strip.blank(self.inner_width, base)

    def _draw(self, index: int) -> list[Strip]:
        """Return the lines of a row; none of one that has not been read."""
        key = self.listed.keys[index]
        row = self.listed.rows.get(key)
        if row is None:
            return []
        focused = index == self.listed.index
        if (key, focused) not in self._drawn:
            base = self.style_for(StyleRole.TEXT)
            if focused:
                base += self.style_for(StyleRole.FOCUSED_ROW)
            cursor = self.glyphs.cursor if focused else " "
            lead: list[Part] = [
                (cursor, self.style_for(StyleRole.ACCENT)),
                (row.mark or " ", self.style_for(StyleRole.STRONG)),
            ]
            blank: list[Part] = [(" " * LEAD_WIDTH, Style())]
            self._drawn[key, focused] = [
                to_strip([*(blank if number else lead), *parts], self.inner_width, base, self.glyphs.ellipsis)
                for number, parts in enumerate(self._row_parts(key, row))
            ]
        return self._drawn[key, focused]
