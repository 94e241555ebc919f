"""The agreements pane: strength as a symbol, the whole title, parties, amount and due date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.chips import amount_label, due_label, due_year, is_doubtful
from alliance_tui.explorer.rendering.short_names import ShortNames, fit_parties
from alliance_tui.explorer.rendering.strips import (
    Part,
    clip_parts,
    excerpt,
    highlight_ranges,
    justify,
    parts_width,
    ranges_within,
    text_width,
    to_strip,
)
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.state.table_view import GREATEST_FIRST, TableColumn, TableView, group_label
from alliance_tui.explorer.widgets.agreement_table import (
    GAP,
    HEADINGS,
    RIGHT_ALIGNED,
    SYMBOL_WIDTH,
    column_at,
    column_widths,
)
from alliance_tui.explorer.widgets.record_list import LEAD_WIDTH, RecordList
from alliance_tui.records import Agreement, Kind
from alliance_tui.search.indexing.record_fields import agreement_fields
from alliance_tui.search.matches import Range

MIN_HEIGHT_FOR_WHOLE_ROWS = 10
"""From this height, in rows, every agreement has its whole title and a line of details."""
GLYPH_WIDTH = 2
"""Cells of the strength's symbol and the gap after it."""
MIN_PARTIES_WIDTH = 9
"""Cells that the parties may take however many chips there are."""
UNSURE = "unsure"
"""The word that marks a record of low confidence, in a narrow row its mark alone."""
_NO_NAMES = ShortNames({}, {})


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
    """What the reader did with records, as a mark of one cell by record id."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.names = _NO_NAMES
        self.table: TableView | None = None
        self._title_rows: dict[str, list[Range]] = {}
        """The wrapped titles, by record, at `_wrap_width`."""
        self._wrap_width = 0
        self._whole_id: str | None = None
        """The record that was measured as a whole one; the focus may change before the next measurement."""

    @property
    def whole_rows(self) -> bool:
        """Whether the pane is high enough for whole titles."""
        return self.measured_size.height >= MIN_HEIGHT_FOR_WHOLE_ROWS

    def show_table(self, table: TableView | None) -> None:
        """Show the agreements as this table, or as a list (None); `show` must follow."""
        if table != self.table:
            self.table = table
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
        return column_widths(self.table or TableView(), self.inner_width - LEAD_WIDTH)

    @property
    def _text_width(self) -> int:
        """Cells for a title."""
        if self.table:
            return dict(self.columns)[TableColumn.AGREEMENT]
        return max(1, self.inner_width - LEAD_WIDTH - GLYPH_WIDTH)

    def render_line(self, y: int) -> Strip:
        """Return the visible row `y`: that of the headings stays at the top."""
        if y == 0 and self.header_height:
            return to_strip(self._headings(), self.size.width, self.style_for(StyleRole.TEXT), self.glyphs.ellipsis)
        return super().render_line(y)

    def _headings(self) -> list[Part]:
        """Return the headings of the table's columns, with the direction of the order."""
        parts = [(" " * LEAD_WIDTH, Style())]
        table = self.table or TableView()
        for column, cells in self.columns:
            arrow = ""
            if column is table.sort:
                descending = (column in GREATEST_FIRST) is not table.reversed
                arrow = self.glyphs.descending if descending else self.glyphs.ascending
            text = f"{HEADINGS[column]}{arrow}" if cells > SYMBOL_WIDTH else arrow
            text = text.rjust(cells) if column in RIGHT_ALIGNED else text.ljust(cells)
            role = StyleRole.ACCENT if arrow else StyleRole.MUTED
            parts += [(text[:cells], self.style_for(role)), (" " * GAP, Style())]
        return parts[:-1]

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

    def _table_row(self, record: Agreement, above: Agreement | None) -> list[list[Part]]:
        """Return the lines of a record in the table."""
        lines: list[list[Part]] = []
        titles = self._whole_title(record)
        if field := hidden_match_field(self.row_highlight(record).matched_ranges):
            titles.append(self._matching_words(record, field))
        for number, title in enumerate(titles):
            parts: list[Part] = []
            for column, cells in self.columns:
                cell = title if column is TableColumn.AGREEMENT else [] if number else self._cell(record, column, cells)
                cell = clip_parts(cell, cells, self.glyphs.ellipsis)
                blank = (" " * (cells - parts_width(cell)), Style())
                parts += [*([blank, *cell] if column in RIGHT_ALIGNED else [*cell, blank]), (" " * GAP, Style())]
            lines.append(parts[:-1])
        if self.table and self.table.grouping and self.heading_lines(record, above):
            label = group_label(record, self.table.grouping) or f"no {self.table.grouping}"
            lines.insert(0, [(label, self.style_for(StyleRole.HEADING))])
        return lines

    def _cell(self, record: Agreement, column: TableColumn, cells: int) -> list[Part]:
        """Return the content of a column other than that of the titles."""
        muted, match = self.style_for(StyleRole.MUTED), self.style_for(StyleRole.MATCH)
        if column is TableColumn.STRENGTH:
            glyph, style = self._glyph(record)[0]
            if cells == SYMBOL_WIDTH:
                return [(glyph.rstrip(), style)]
            return [
                (glyph, style),
                (str(record.strength or record.kind), muted),
            ]
        if column is TableColumn.PARTIES:
            return self._parties(record, cells)
        if column is TableColumn.AMOUNT:
            return (
                [(amount_label(record.amounts), self._chip_style(record, StyleRole.AMOUNT))] if record.amounts else []
            )
        if column is TableColumn.DUE:
            return [(due_label(record), self._chip_style(record, StyleRole.DUE))] if record.deadline else []
        if column is TableColumn.CONFIDENCE:
            return [("" if record.confidence is None else f"{record.confidence:.0%}", muted)]
        name = "domain" if column is TableColumn.FIELD else "section"
        text = str(record.domain or "") if column is TableColumn.FIELD else record.section or ""
        return excerpt(text, self.matched_ranges(record, name), cells, muted, match, self.glyphs.ellipsis)

    def _chip_style(self, record: Agreement, role: StyleRole) -> Style:
        return self.style_for(StyleRole.MUTED if self.row_highlight(record).dimmed else role)

    def count_lines(self) -> Sequence[int]:
        """Return the lines of each record: its title, its details, and words that match elsewhere."""
        if self._wrap_width != self._text_width:
            self._wrap_width = self._text_width
            self._title_rows.clear()
        if self.table:
            return self._count_table_lines()
        self._whole_id = self.focused_id if self.is_focused else None
        rows = self.highlights.rows
        counts: list[int] = []
        for record in self.records:
            whole = self._is_whole(record)
            row = rows.get(record.id) if whole or record.id == self.focused_id else None
            quoted = bool(row and row.matched_ranges and hidden_match_field(row.matched_ranges))
            counts.append((len(self._wrapped_title(record)) + 1 if whole else 1) + quoted)
        return counts

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
        if self.table:
            return self._table_row(record, above)
        whole = self._is_whole(record)
        lines = [*self._whole_title(record), self._details(record)] if whole else [self._one_line(record)]
        field = hidden_match_field(self.row_highlight(record).matched_ranges)
        if field and (whole or record.id == self.focused_id):
            lines.append(self._matching_words(record, field))
        indent = (" " * GLYPH_WIDTH, Style())
        return [[*(self._glyph(record) if number == 0 else [indent]), *line] for number, line in enumerate(lines)]

    def _glyph(self, record: Agreement) -> list[Part]:
        """Return the symbol of the strength, which keeps its colour where the rest is dimmed."""
        return [(self.glyphs.for_agreement(record).ljust(GLYPH_WIDTH), self.palette.strength_style(record.strength))]

    def _whole_title(self, record: Agreement) -> list[list[Part]]:
        """Return the title in as many lines as it needs."""
        ranges, match = self.matched_ranges(record, "title"), self.style_for(StyleRole.MATCH)
        style = self.name_style(record)
        return [
            list(highlight_ranges(record.title[start:end], ranges_within(ranges, start, end), style, match))
            for start, end in self._wrapped_title(record)
        ]

    def _one_line(self, record: Agreement) -> list[Part]:
        """Return as much of the title as fits beside the due date and the parties' codes."""
        width = self._text_width
        chips = self._chips(record, ("year",))
        codes = self._parties(record, max(MIN_PARTIES_WIDTH, width // 4), codes=True)
        doubt = [(f"{self.glyphs.doubtful} ", self.style_for(StyleRole.MUTED))] if is_doubtful(record) else []
        right = [*doubt, *codes, *([(" ", Style())] if codes and chips else []), *chips]
        ranges, match = self.matched_ranges(record, "title"), self.style_for(StyleRole.MATCH)
        title_width = max(1, width - parts_width(right) - 1)
        title = excerpt(record.title, ranges, title_width, self.name_style(record), match, self.glyphs.ellipsis)
        return justify(title, right, width, self.glyphs.ellipsis)

    def _details(self, record: Agreement) -> list[Part]:
        """Return the parties, and at the right end amount and due date."""
        width = self._text_width
        chips = self._chips(record, ("kind", "unsure", "amount", "due"))
        if chips and parts_width(chips) + MIN_PARTIES_WIDTH + 1 > width:
            chips = self._chips(record, ("due",)) or self._chips(record, ("amount",)) or chips
        room = max(MIN_PARTIES_WIDTH, width - parts_width(chips) - 1)
        return justify(self._parties(record, room), chips, width, self.glyphs.ellipsis)

    def _chips(self, record: Agreement, kinds: Sequence[str]) -> list[Part]:
        """Return what there is of `kinds` (kind, unsure, amount, due, year), figures as chips."""
        labels = {
            "kind": "" if record.kind is Kind.AGREEMENT else str(record.kind),
            "unsure": UNSURE if is_doubtful(record) else "",
            "amount": amount_label(record.amounts),
            "due": due_label(record),
            "year": due_year(record),
        }
        roles = {"amount": StyleRole.AMOUNT, "due": StyleRole.DUE, "year": StyleRole.DUE}
        matched = self.style_for(StyleRole.MATCH) if self.matched_ranges(record, "deadline") else Style()
        dimmed = self.row_highlight(record).dimmed
        parts: list[Part] = []
        for kind in kinds:
            if labels[kind]:
                role = StyleRole.MUTED if dimmed else roles.get(kind, StyleRole.MUTED)
                style = self.style_for(role)
                parts += [(" ", Style())] if parts else []
                text = f" {labels[kind]} " if kind in roles else labels[kind]
                parts.append((text, style + matched if roles.get(kind) is StyleRole.DUE else style))
        return parts

    def _parties(self, record: Agreement, width: int, *, codes: bool = False) -> list[Part]:
        """Return the parties in at most `width` cells, by their names, short names or codes."""
        separator = " " if codes else ", "
        ranges = self.matched_ranges(record, "parties")
        if codes and self.matched_ranges(record, "title"):
            ranges = ()  # the title shows why the row matches, which must do on a slow line
        shown = fit_parties(record.parties, ranges, self.names, width, separator, codes=codes)
        text = separator.join(party.text for party in shown)
        starts = accumulate((len(party.text) + len(separator) for party in shown), initial=0)
        within = [
            (start + first, start + last)
            for start, party in zip(starts, shown, strict=False)
            for first, last in party.ranges
        ]
        muted, match = self.style_for(StyleRole.MUTED), self.style_for(StyleRole.MATCH)
        return excerpt(text, within, width, muted, match, self.glyphs.ellipsis)

    def _matching_words(self, record: Agreement, field: str) -> list[Part]:
        """Return the words of a field that the query matches, those of the quote in quotation marks."""
        text, ranges = agreement_fields(record)[field], self.matched_ranges(record, field)
        muted, match = self.style_for(StyleRole.MUTED), self.style_for(StyleRole.MATCH)
        marks = (self.glyphs.open_quote, self.glyphs.close_quote) if field == "quote" else ("", "")
        room = max(1, self._text_width - sum(map(text_width, marks)))
        words = excerpt(text, ranges, room, muted, match, self.glyphs.ellipsis)
        return [(marks[0], muted), *words, (marks[1], muted)]


def hidden_match_field(matched_ranges: Mapping[str, Sequence[Range]]) -> str | None:
    """Return the field that has matches which neither title nor parties show: the quote, or the first of the others."""
    if not matched_ranges:
        return None
    shown = len(matched_ranges.get("title", ())) + len(matched_ranges.get("parties", ()))
    if len(matched_ranges.get("quote", ())) > shown:
        return "quote"
    return None if shown else next((name for name in matched_ranges if name != "deadline"), None)
