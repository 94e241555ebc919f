"""The agreements pane: strength as symbol and word, title, parties and deadline."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style

from alliance_tui.explorer.rendering.strips import Part, excerpt, justify, parts_width, text_width, visible_window
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.record_list import RecordList
from alliance_tui.records import Agreement, Strength
from alliance_tui.search.indexing.record_fields import agreement_fields

MIN_WIDTH_FOR_ALL_FIELDS = 90
"""From this width, in cells, a record is one line with all its columns."""
MIN_HEIGHT_FOR_TWO_LINES = 12
"""From this height, in rows, a narrower pane has two lines for each record."""
STRENGTH_WIDTH = max(map(len, Strength)) + 1


class AgreementsPane(RecordList[Agreement]):
    """The agreements pane."""

    review_marks: Mapping[str, str] = {}
    """What the reader did with records, as a mark of one cell by record id."""

    @property
    def two_lines(self) -> bool:
        """Whether the pane is narrow and high enough for two lines a record."""
        return (
            self.measured_size.width < MIN_WIDTH_FOR_ALL_FIELDS
            and self.measured_size.height >= MIN_HEIGHT_FOR_TWO_LINES
        )

    @property
    def record_height(self) -> int:
        """Lines for a record."""
        return 2 if self.two_lines else 1

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
        glyph_role = StyleRole.MUTED if self.row_highlight(record).dimmed else StyleRole.ACCENT
        glyph = f"{self.glyphs.for_agreement(record)} ", self.style_for(glyph_role)
        strength = self._field(record, "strength", width) or [(str(record.kind), self.style_for(StyleRole.MUTED))]
        if self.two_lines:
            line_width = width - 2
            used_width = parts_width([*strength, self._separator])
            details = self._detail_fields(record, ("parties", "deadline"), line_width - used_width, line_width)
            return [
                [glyph, *self._title(record, line_width)],
                [("  ", Style()), *self._joined([strength, *details])],
            ]
        leading = [glyph, *strength, (" " * max(1, STRENGTH_WIDTH - parts_width(strength)), Style())]
        free_width = width - parts_width(leading)
        names = ("parties", "deadline") if self.measured_size.width >= MIN_WIDTH_FOR_ALL_FIELDS else ("deadline",)
        right = self._joined(self._detail_fields(record, names, free_width // 2, free_width // 2))
        title_width, ranges = free_width - parts_width(right) - 1, self.matched_ranges(record, "title")
        title_is_cut = visible_window(record.title, ranges, title_width)[0] > 0
        if title_is_cut and not any(self.matched_ranges(record, name) for name in names):
            right = []  # the title's match goes before a deadline without one
        title = self._title(record, free_width - parts_width(right) - bool(right))
        return [justify([*leading, *title], right, width, self.glyphs.ellipsis)]

    def _title(self, record: Agreement, width: int) -> list[Part]:
        """Return the title in at most `width` cells."""
        ranges, match = self.matched_ranges(record, "title"), self.style_for(StyleRole.MATCH)
        return excerpt(record.title, ranges, width, self.name_style(record), match, self.glyphs.ellipsis)

    def _field(self, record: Agreement, name: str, width: int) -> list[Part]:
        """Return a secondary field in at most `width` cells."""
        text, ranges, muted = (
            agreement_fields(record).get(name, ""),
            self.matched_ranges(record, name),
            self.style_for(StyleRole.MUTED),
        )
        return excerpt(text, ranges, width, muted, self.style_for(StyleRole.MATCH), self.glyphs.ellipsis)

    def _detail_fields(
        self, record: Agreement, names: tuple[str, ...], width: int, title_width: int
    ) -> list[list[Part]]:
        """Return these fields in at most `width` cells, after a field with a match that is not shown otherwise.

        Fields with matches go before fields without.
        """
        hidden_match = self._hidden_match_field(record, ("strength", *names), title_width)
        matched = tuple(name for name in names if self.matched_ranges(record, name))
        shown = [
            name for name in ((hidden_match, *matched) if hidden_match else names) if name in agreement_fields(record)
        ]
        details: list[list[Part]] = []
        gap = parts_width([self._separator])
        for index in reversed(range(len(shown))):
            before = sum(text_width(agreement_fields(record)[name]) + gap for name in shown[:index])
            details.insert(0, self._field(record, shown[index], max(width - before, width // (index + 1) - gap)))
            width -= parts_width(details[0]) + gap
        return details

    def _hidden_match_field(self, record: Agreement, shown: tuple[str, ...], title_width: int) -> str | None:
        """Return the first field with matched words that neither the title nor the fields `shown` have in sight."""
        fields, first, last = (
            self.row_highlight(record).matched_ranges,
            *visible_window(record.title, self.matched_ranges(record, "title"), title_width),
        )
        texts = agreement_fields(record)
        visible = {texts["title"][start:end].lower() for start, end in fields.get("title", ()) if first <= start < last}
        visible |= {texts[name][start:end].lower() for name in shown for start, end in fields.get(name, ())}
        other_names = (name for name in texts if name not in ("title", *shown))
        return next((n for n in other_names if {texts[n][a:b].lower() for a, b in fields.get(n, ())} - visible), None)

    @property
    def _separator(self) -> Part:
        return f" {self.glyphs.separator} ", self.style_for(StyleRole.MUTED)

    def _joined(self, details: list[list[Part]]) -> list[Part]:
        """Return the details with a separator between."""
        return [part for index, detail in enumerate(details) for part in ([self._separator] if index else []) + detail]
