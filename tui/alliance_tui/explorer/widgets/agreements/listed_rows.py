"""The lines of agreements of several documents, drawn once in a width and a palette, in whichever thread."""

from __future__ import annotations

from rich.style import Style
from textual.strip import Strip

from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.short_names import names_with
from alliance_tui.explorer.rendering.strips import Part, slice_parts, to_strip
from alliance_tui.explorer.rendering.theme import Palette, StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.state.agreement_list import ListedAgreement
from alliance_tui.explorer.state.table_view import LIBRARY_COLUMNS, TableColumn, TableView
from alliance_tui.explorer.widgets.agreements.agreement_rows import GLYPH_WIDTH, AgreementRow, AgreementRowDrawer
from alliance_tui.explorer.widgets.agreements.agreement_table import column_widths
from alliance_tui.explorer.widgets.record_list import LEAD_WIDTH
from alliance_tui.library.agreement_keys import AgreementKey

MAX_CACHED_ROWS = 500
"""Rows whose lines are kept."""


class ListedRows:
    """Draws rows `width` cells wide, those of a table where `table` is given, and keeps them.

    Rows `under_documents` do not name their document, since its heading does.
    """

    def __init__(
        self, width: int, palette: Palette, glyphs: Glyphs, table: TableView | None, *, under_documents: bool
    ) -> None:
        self.appearance = width, palette, glyphs, table, under_documents
        self.columns = column_widths(table or TableView(), width - LEAD_WIDTH, LIBRARY_COLUMNS)
        self.drawer = AgreementRowDrawer(palette, glyphs)
        self._drawn: dict[tuple[AgreementKey, bool], tuple[ListedAgreement, list[Strip]]] = {}

    def lines(self, key: AgreementKey, row: ListedAgreement, *, focused: bool) -> list[Strip]:
        """Return the lines of a row."""
        row_before, strips = self._drawn.get((key, focused), (None, []))
        if row_before is not row:
            if len(self._drawn) > MAX_CACHED_ROWS:
                self._drawn.clear()
            strips = self._draw(row, focused)
            self._drawn[key, focused] = row, strips
        return strips

    def document_heading(self, row: ListedAgreement) -> list[Strip]:
        """Return the lines of the title of the row's document, with its date behind it."""
        width, palette, glyphs, *_ = self.appearance
        room = max(1, width - LEAD_WIDTH)
        date = f"  {row.date}" if row.date else ""
        base = palette.style(StyleRole.TEXT)
        parts = [(row.document, palette.style(StyleRole.HEADING)), (date, palette.style(StyleRole.MUTED))]
        text = row.document + date
        return [
            to_strip([(" " * LEAD_WIDTH, base), *slice_parts(parts, start, end)], width, base, glyphs.ellipsis)
            for start, end in wrap(text, 0, len(text), room)
        ]

    def _draw(self, row: ListedAgreement, focused: bool) -> list[Strip]:
        width, palette, glyphs, *_ = self.appearance
        base = palette.style(StyleRole.TEXT)
        if focused:
            base += palette.style(StyleRole.FOCUSED_ROW)
        cursor = glyphs.cursor if focused else " "
        lead: list[Part] = [
            (cursor, palette.style(StyleRole.ACCENT)),
            (glyphs.for_review(row.review) if row.review else " ", palette.style(StyleRole.STRONG)),
        ]
        blank: list[Part] = [(" " * LEAD_WIDTH, Style())]
        return [
            to_strip([*(blank if number else lead), *parts], width, base, glyphs.ellipsis)
            for number, parts in enumerate(self._parts(row))
        ]

    def _parts(self, row: ListedAgreement) -> list[list[Part]]:
        """Return the lines of a row, without the mark of the focus."""
        all_cells, _, _, table, under_documents = self.appearance
        width = dict(self.columns)[TableColumn.AGREEMENT] if table else all_cells - LEAD_WIDTH - GLYPH_WIDTH
        title = row.record.title
        drawn = AgreementRow(
            row.record,
            list(wrap(title, 0, len(title), max(1, width))) or [(0, 0)],
            row.highlight,
            names=names_with(row.acronyms),
            document="" if under_documents else row.document,
            date="" if under_documents else row.date,
        )
        if table:
            return self.drawer.table_lines(drawn, self.columns)
        return self.drawer.lines(drawn, max(1, width), whole=True, quoted=True)
