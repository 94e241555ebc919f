"""The lines of an agreement in a list or a table: title, parties, amount, due date and the words that match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from rich.style import Style

from alliance_tui.explorer.rendering.chips import amount_label, due_label, due_year, is_doubtful
from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.short_names import ShortNames, all_fit, joined_parties
from alliance_tui.explorer.rendering.strips import (
    Part,
    clip_parts,
    excerpt,
    highlight_ranges,
    justify,
    parts_width,
    ranges_within,
    text_width,
)
from alliance_tui.explorer.rendering.theme import Palette, StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.state.table_view import TableColumn, TableView
from alliance_tui.explorer.widgets.agreements.agreement_table import GAP, HEADINGS, RIGHT_ALIGNED, SYMBOL_WIDTH
from alliance_tui.export.table_order import GREATEST_FIRST
from alliance_tui.highlighting import RowHighlight
from alliance_tui.records import Agreement, Kind
from alliance_tui.search.indexing.record_fields import agreement_fields
from alliance_tui.search.matches import Range

GLYPH_WIDTH = 2
"""Cells of the strength's symbol and the gap after it."""
MIN_PARTIES_WIDTH = 9
"""Cells that the parties may take however many chips there are."""
MIN_SOURCE_WIDTH = 10
"""Cells that date and document need; with fewer they are left out."""
UNSURE = "unsure"
"""The word that marks a record of low confidence, in a narrow row its mark alone."""
NO_NAMES = ShortNames({}, {})
NO_HIGHLIGHT = RowHighlight()


class AgreementRow(Struct, frozen=True):
    """An agreement with its looks.

    `title_lines` are the ranges of its wrapped title, `names` the short names of its document's parties. A table over
    several documents has the `document` and its `date` too.
    """

    record: Agreement
    title_lines: Sequence[Range] = ()
    highlight: RowHighlight = NO_HIGHLIGHT
    title_style: Style = Style()
    names: ShortNames = NO_NAMES
    document: str = ""
    date: str = ""

    def matched_ranges(self, field: str) -> tuple[Range, ...]:
        """Return the ranges that the query matches in a field (of `search.indexing.record_fields`)."""
        return self.highlight.matched_ranges.get(field, ())


Columns = Sequence[tuple[TableColumn, int]]
"""The columns of a table with their widths."""


class AgreementRowDrawer:
    """Draws rows of agreements in a palette and a set of glyphs."""

    def __init__(self, palette: Palette, glyphs: Glyphs) -> None:
        self._palette = palette
        self._glyphs = glyphs

    def glyph(self, record: Agreement) -> Part:
        """Return the symbol of the strength, which keeps its colour where the rest is dimmed."""
        style = self._palette.strength_style(record.strength)
        return self._glyphs.for_agreement(record).ljust(GLYPH_WIDTH), style

    def lines(self, row: AgreementRow, width: int, *, whole: bool, quoted: bool) -> list[list[Part]]:
        """Return the lines of a row in a list, `width` cells wide after the symbol.

        `whole`: the title in as many lines as it needs, above a line of details. `quoted`: the words that match out of
        sight have a line of their own.
        """
        lines = [*self.title(row), self._details(row, width)] if whole else [self._one_line(row, width)]
        if quoted and (field := hidden_match_field(row.highlight.matched_ranges)):
            lines.append(self.matching_words(row, field, width))
        indent: Part = (" " * GLYPH_WIDTH, Style())
        return [[self.glyph(row.record) if number == 0 else indent, *line] for number, line in enumerate(lines)]

    def title(self, row: AgreementRow) -> list[list[Part]]:
        """Return the title in as many lines as it needs."""
        ranges, match = row.matched_ranges("title"), self._style(StyleRole.MATCH)
        text = row.record.title
        return [
            list(highlight_ranges(text[start:end], ranges_within(ranges, start, end), row.title_style, match))
            for start, end in row.title_lines
        ]

    def matching_words(self, row: AgreementRow, field: str, width: int) -> list[Part]:
        """Return the words of a field that the query matches, those of the quote in quotation marks."""
        text, ranges = agreement_fields(row.record)[field], row.matched_ranges(field)
        muted, match = self._style(StyleRole.MUTED), self._style(StyleRole.MATCH)
        marks = (self._glyphs.open_quote, self._glyphs.close_quote) if field == "quote" else ("", "")
        room = max(1, width - sum(map(text_width, marks)))
        words = excerpt(text, ranges, room, muted, match, self._glyphs.ellipsis)
        return [(marks[0], muted), *words, (marks[1], muted)]

    def headings(self, view: TableView, columns: Columns) -> list[Part]:
        """Return the headings of a table's columns, with the direction of the order."""
        parts: list[Part] = []
        for column, cells in columns:
            arrow = ""
            if column is view.sort:
                descending = (column in GREATEST_FIRST) is not view.reversed
                arrow = self._glyphs.descending if descending else self._glyphs.ascending
            text = f"{HEADINGS[column]}{arrow}" if cells > SYMBOL_WIDTH else arrow
            text = text.rjust(cells) if column in RIGHT_ALIGNED else text.ljust(cells)
            role = StyleRole.ACCENT if arrow else StyleRole.MUTED
            parts += [(text[:cells], self._style(role)), (" " * GAP, Style())]
        return parts[:-1]

    def table_lines(self, row: AgreementRow, columns: Columns) -> list[list[Part]]:
        """Return the lines of a row in a table."""
        lines: list[list[Part]] = []
        titles = self.title(row)
        if field := hidden_match_field(row.highlight.matched_ranges):
            titles.append(self.matching_words(row, field, dict(columns)[TableColumn.AGREEMENT]))
        others = {
            column: self._cell_lines(row, column, cells, len(titles))
            for column, cells in columns
            if column is not TableColumn.AGREEMENT
        }
        for number, title in enumerate(titles):
            parts: list[Part] = []
            for column, cells in columns:
                cell = title if column is TableColumn.AGREEMENT else next(iter(others[column][number : number + 1]), [])
                cell = clip_parts(cell, cells, self._glyphs.ellipsis)
                blank = (" " * (cells - parts_width(cell)), Style())
                parts += [*([blank, *cell] if column in RIGHT_ALIGNED else [*cell, blank]), (" " * GAP, Style())]
            lines.append(parts[:-1])
        return lines

    def group_heading(self, label: str, view: TableView) -> list[Part]:
        """Return the heading of a group of rows."""
        return [(label or f"no {view.grouping}", self._style(StyleRole.HEADING))]

    def _style(self, role: StyleRole) -> Style:
        return self._palette.style(role)

    def _cell_lines(self, row: AgreementRow, column: TableColumn, cells: int, count: int) -> list[list[Part]]:
        """Return the lines of a cell: one, of a text that is cut there all up to `count` if that makes it whole."""
        record, parties = row.record, ", ".join(row.record.parties)
        texts = {
            TableColumn.PARTIES: ("parties", "" if all_fit(record.parties, row.names, cells) else parties),
            TableColumn.SECTION: ("section", record.section or ""),
            TableColumn.DOCUMENT: ("", row.document),
        }
        name, text = texts.get(column, ("", ""))
        lines = list(wrap(text, 0, len(text), cells)) if text_width(text) > cells else []
        if not 1 < len(lines) <= count or any(" " not in text[end - 1 : end + 1] for _, end in lines[:-1]):
            return [self._cell(row, column, cells)]
        ranges, muted, match = row.matched_ranges(name), self._style(StyleRole.MUTED), self._style(StyleRole.MATCH)
        return [
            list(highlight_ranges(text[start:end], ranges_within(ranges, start, end), muted, match))
            for start, end in lines
        ]

    def _cell(self, row: AgreementRow, column: TableColumn, cells: int) -> list[Part]:
        """Return the content of a column other than that of the titles."""
        record, muted = row.record, self._style(StyleRole.MUTED)
        match column:
            case TableColumn.STRENGTH:
                glyph, style = self.glyph(record)
                narrow = cells == SYMBOL_WIDTH
                return [(glyph.rstrip(), style)] if narrow else [(glyph, style), (_strength(record), muted)]
            case TableColumn.PARTIES:
                return self._parties(row, cells)
            case TableColumn.AMOUNT:
                style = self._chip_style(row, StyleRole.AMOUNT)
                return [(amount_label(record.amounts), style)] if record.amounts else []
            case TableColumn.DUE:
                return [(due_label(record), self._chip_style(row, StyleRole.DUE))] if record.deadline else []
            case TableColumn.CONFIDENCE:
                return [("" if record.confidence is None else f"{record.confidence:.0%}", muted)]
            case TableColumn.DATE:
                return [(row.date, muted)]
        texts = {
            TableColumn.FIELD: ("domain", str(record.domain or "")),
            TableColumn.SECTION: ("section", record.section or ""),
            TableColumn.DOCUMENT: ("", row.document),
        }
        name, text = texts[column]
        match_style = self._style(StyleRole.MATCH)
        return excerpt(text, row.matched_ranges(name), cells, muted, match_style, self._glyphs.ellipsis)

    def _chip_style(self, row: AgreementRow, role: StyleRole) -> Style:
        return self._style(StyleRole.MUTED if row.highlight.dimmed else role)

    def _one_line(self, row: AgreementRow, width: int) -> list[Part]:
        """Return as much of the title as fits beside the due date and the parties' codes."""
        record = row.record
        chips = self._chips(row, ("year",))
        codes = self._parties(row, max(MIN_PARTIES_WIDTH, width // 4), codes=True)
        doubt = [(f"{self._glyphs.doubtful} ", self._style(StyleRole.MUTED))] if is_doubtful(record) else []
        right = [*doubt, *codes, *([(" ", Style())] if codes and chips else []), *chips]
        ranges, match = row.matched_ranges("title"), self._style(StyleRole.MATCH)
        title_width = max(1, width - parts_width(right) - 1)
        title = excerpt(record.title, ranges, title_width, row.title_style, match, self._glyphs.ellipsis)
        return justify(title, right, width, self._glyphs.ellipsis)

    def _details(self, row: AgreementRow, width: int) -> list[Part]:
        """Return the parties, date and document of a list over several, and at the right end amount and due date."""
        chips = self._chips(row, ("kind", "unsure", "amount", "due"))
        if chips and parts_width(chips) + MIN_PARTIES_WIDTH + 1 > width:
            chips = self._chips(row, ("due",)) or self._chips(row, ("amount",)) or chips
        room = max(MIN_PARTIES_WIDTH, width - parts_width(chips) - 1)
        source = f" {self._glyphs.separator} ".join(filter(None, (row.date, row.document)))
        parties = self._parties(row, max(MIN_PARTIES_WIDTH, room - min(text_width(source), room // 2)))
        muted = self._style(StyleRole.MUTED)
        separator: list[Part] = [(f" {self._glyphs.separator} ", muted)] if parties and source else []
        left_over = room - parts_width([*parties, *separator])
        if source and left_over >= MIN_SOURCE_WIDTH:
            parties = [*parties, *separator, *excerpt(source, (), left_over, muted, muted, self._glyphs.ellipsis)]
        return justify(parties, chips, width, self._glyphs.ellipsis)

    def _chips(self, row: AgreementRow, kinds: Sequence[str]) -> list[Part]:
        """Return what there is of `kinds` (kind, unsure, amount, due, year), figures as chips."""
        record = row.record
        labels = {
            "kind": "" if record.kind is Kind.AGREEMENT else str(record.kind),
            "unsure": UNSURE if is_doubtful(record) else "",
            "amount": amount_label(record.amounts),
            "due": due_label(record),
            "year": due_year(record),
        }
        roles = {"amount": StyleRole.AMOUNT, "due": StyleRole.DUE, "year": StyleRole.DUE}
        matched = self._style(StyleRole.MATCH) if row.matched_ranges("deadline") else Style()
        parts: list[Part] = []
        for kind in kinds:
            if labels[kind]:
                style = self._chip_style(row, roles.get(kind, StyleRole.MUTED))
                parts += [(" ", Style())] if parts else []
                text = f" {labels[kind]} " if kind in roles else labels[kind]
                parts.append((text, style + matched if roles.get(kind) is StyleRole.DUE else style))
        return parts

    def _parties(self, row: AgreementRow, width: int, *, codes: bool = False) -> list[Part]:
        """Return the parties in at most `width` cells, by their names, short names or codes."""
        separator = " " if codes else ", "
        ranges = row.matched_ranges("parties")
        if codes and row.matched_ranges("title"):
            ranges = ()  # the title shows why the row matches, which must do on a slow line
        text, within = joined_parties(row.record.parties, ranges, row.names, width, separator, codes=codes)
        muted, match = self._style(StyleRole.MUTED), self._style(StyleRole.MATCH)
        return excerpt(text, within, width, muted, match, self._glyphs.ellipsis)


def _strength(record: Agreement) -> str:
    return str(record.strength or record.kind)


def hidden_match_field(matched_ranges: Mapping[str, Sequence[Range]]) -> str | None:
    """Return the field that has matches which neither title nor parties show: the quote, or the first of the others."""
    if not matched_ranges:
        return None
    shown = len(matched_ranges.get("title", ())) + len(matched_ranges.get("parties", ()))
    if len(matched_ranges.get("quote", ())) > shown:
        return "quote"
    return None if shown else next((name for name in matched_ranges if name != "deadline"), None)
