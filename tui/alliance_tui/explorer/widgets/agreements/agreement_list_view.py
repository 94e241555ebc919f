"""The list of agreements of several documents, of which only what is shown is read and built."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.agreement_list import AgreementList, ListedAgreement
from alliance_tui.explorer.state.table_view import TableColumn, group_label
from alliance_tui.explorer.widgets.agreements.agreement_table import column_at
from alliance_tui.explorer.widgets.agreements.agreements_pane import HeadingClicked
from alliance_tui.explorer.widgets.agreements.listed_rows import ListedRows
from alliance_tui.explorer.widgets.record_list import LEAD_WIDTH
from alliance_tui.explorer.widgets.row_window import RowWindow
from alliance_tui.library.agreement_keys import AgreementKey

UNREAD_HEIGHT = 2
"""Lines of a row that has not been read, of which nothing is shown."""


class AgreementClicked(Message):
    """The reader clicked on an agreement's row."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index


class RowsWanted(Message):
    """Rows are in view that have not been read."""


class HeadingMoved(Message):
    """The heading of the focused agreement's document came into view, or went out of it."""


class AgreementListView(RowWindow):
    """The listed agreements, the focused one marked."""

    DEFAULT_CSS = "AgreementListView { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="library-agreements")
        self.listed = AgreementList()
        self.empty_message = ""
        self.names_document = False
        """Return whether the heading of the focused agreement's document is in view."""
        self._rows: ListedRows | None = None

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
        return self._listed_rows().columns

    def _listed_rows(self) -> ListedRows:
        """Return what draws the rows in the present width, colours and columns."""
        table = self.listed.table if self.listed.is_table else None
        appearance = self.inner_width, self.palette, self.glyphs, table
        under_documents = self.listed.under_documents
        if self._rows is None or self._rows.appearance != (*appearance, under_documents):
            self._rows = ListedRows(*appearance, under_documents=under_documents)
        return self._rows

    def row_drawer(self) -> Callable[[AgreementKey, ListedAgreement], object]:
        """Return a function, for any thread, that draws rows ahead."""
        rows = self._listed_rows()
        return lambda key, row: rows.lines(key, row, focused=False)

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
        same_looks = listed.keys is before.keys and (listed.table, listed.is_table) == (before.table, before.is_table)
        top = self.scroll_offset.y
        self.lay_out(reveal=not same_looks or listed.focused != before.focused)
        if not same_looks or self.scroll_offset.y != top:
            self.refresh()
            return
        keys = listed.keys
        read = (i for i in self.visible_rows if listed.rows.get(keys[i]) is not before.rows.get(keys[i]))
        self.refresh_rows(*read, *((before.index, listed.index) if before.index != listed.index else ()))

    def fill(self) -> None:
        """List the lines in view, and ask for the rows among them that have not been read."""
        super().fill()
        keys, focused = self.listed.keys, self.listed.focused
        headings = (index for index, line in self._lines if line == 0 and self._begins_document(index))
        names_document = focused is not None and any(keys[index][0] == focused[0] for index in headings)
        if names_document is not self.names_document:
            self.names_document = names_document
            self.post_message(HeadingMoved())
        if any(keys[index] not in self.listed.rows for index in self.visible_rows):
            self.post_message(RowsWanted())

    def clear_line_cache(self) -> None:
        """Drop the drawn rows."""
        self._rows = None

    def row_height(self, index: int) -> int:
        """Return the lines of a row, with the heading of the document or the group that it begins."""
        key = self.listed.keys[index]
        row = self.listed.rows.get(key)
        return len(self._lines_of(index, key, row)) + len(self._heading(index)) if row else UNREAD_HEIGHT

    def _lines_of(self, index: int, key: AgreementKey, row: ListedAgreement) -> list[Strip]:
        return self._listed_rows().lines(key, row, focused=index == self.listed.index)

    def _heading(self, index: int) -> list[Strip]:
        """Return the lines of the heading above a row: that of the document, or of the group, that it begins."""
        row = self.listed.rows.get(self.listed.keys[index])
        if row is None:
            return []
        if self._begins_document(index):
            return self._listed_rows().document_heading(row)
        label = self._group(index)
        if label is None or (index and label == self._group(index - 1)):
            return []
        base = self.style_for(StyleRole.TEXT)
        heading = self._listed_rows().drawer.group_heading(label, self.listed.view)
        return [to_strip([(" " * LEAD_WIDTH, base), *heading], self.inner_width, base, self.glyphs.ellipsis)]

    def _begins_document(self, index: int) -> bool:
        """Return whether the heading of a document stands above a row."""
        keys = self.listed.keys
        return self.listed.under_documents and (index == 0 or keys[index - 1][0] != keys[index][0])

    def _group(self, index: int) -> str | None:
        """Return the group of a row, None without groups or where it has not been read."""
        grouping = self.listed.view.grouping
        row = self.listed.rows.get(self.listed.keys[index])
        return group_label(row.record, grouping) if grouping and row else None

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
        headings = self._listed_rows().drawer.headings(self.listed.table, self.columns)
        return to_strip([(" " * LEAD_WIDTH, base), *headings], self.size.width, base, self.glyphs.ellipsis)

    def draw_empty(self) -> Strip:
        """Return why no agreement is listed."""
        message = [(" " * LEAD_WIDTH, Style()), (self.empty_message, self.style_for(StyleRole.MUTED))]
        return to_strip(message, self.inner_width, self.style_for(StyleRole.TEXT), self.glyphs.ellipsis)

    def draw_row_line(self, index: int, line: int) -> Strip:
        """Return a line of a row, the first of which may be a heading."""
        key = self.listed.keys[index]
        row = self.listed.rows.get(key)
        lines = [*self._heading(index), *self._lines_of(index, key, row)] if row else []
        return lines[line] if line < len(lines) else Strip.blank(self.inner_width, self.style_for(StyleRole.TEXT))
