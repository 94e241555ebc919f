"""The agreements: strength as sign and word, title, parties and deadline; what is no agreement stands apart."""

from __future__ import annotations

from rich.style import Style

from alliance_tui.explorer.rendering.strips import Part, excerpt, justify, parts_width, text_width, visible_window
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.record_list import RecordList
from alliance_tui.records import Agreement, Strength
from alliance_tui.search.indexing.record_fields import agreement_fields

MIN_WIDTH_FOR_ALL_FIELDS = 90
"""From this many cells on a record is told in one line with all its columns."""
MIN_HEIGHT_FOR_TWO_LINES = 12
"""From this many rows on a narrower pane tells a record in two lines."""
STRENGTH_WIDTH = max(map(len, Strength)) + 1


class AgreementsPane(RecordList[Agreement]):
    """The agreements pane."""

    @property
    def two_lines(self) -> bool:
        """Whether the pane is narrow and high enough to tell each record in two lines."""
        return (
            self.measured_size.width < MIN_WIDTH_FOR_ALL_FIELDS
            and self.measured_size.height >= MIN_HEIGHT_FOR_TWO_LINES
        )

    @property
    def record_height(self) -> int:
        """Lines for a record."""
        return 2 if self.two_lines else 1

    def draw_record(self, record: Agreement, width: int, above: Agreement | None) -> list[list[Part]]:
        """The lines of the record."""
        sign = (
            f"{self.glyphs.for_agreement(record)} ",
            self.style_for(StyleRole.MUTED if self.row_highlight(record).dimmed else StyleRole.ACCENT),
        )
        word = self._field(record, "strength", width) or [(str(record.kind), self.style_for(StyleRole.MUTED))]
        if self.two_lines:
            room = width - 2
            facts = self._detail_fields(
                record, ("parties", "deadline"), room - parts_width([*word, self._separator]), room
            )
            return [[sign, *self._title(record, room)], [("  ", Style()), *self._joined([word, *facts])]]
        head = [sign, *word, (" " * max(1, STRENGTH_WIDTH - parts_width(word)), Style())]
        room = width - parts_width(head)
        names = ("parties", "deadline") if self.measured_size.width >= MIN_WIDTH_FOR_ALL_FIELDS else ("deadline",)
        right = self._joined(self._detail_fields(record, names, room // 2, room // 2))
        ranges, left = self.matched_ranges(record, "title"), room - parts_width(right) - 1
        if visible_window(record.title, ranges, left)[0] and not any(
            self.matched_ranges(record, name) for name in names
        ):
            right = []  # the title's match goes before a deadline without one
        title = self._title(record, room - parts_width(right) - bool(right))
        return [justify([*head, *title], right, width, self.glyphs.ellipsis)]

    def _title(self, record: Agreement, room: int) -> list[Part]:
        """The title in at most `room` cells."""
        ranges, match = self.matched_ranges(record, "title"), self.style_for(StyleRole.MATCH)
        return excerpt(record.title, ranges, room, self.name_style(record), match, self.glyphs.ellipsis)

    def _field(self, record: Agreement, name: str, room: int) -> list[Part]:
        """A field that stands back, in at most `room` cells."""
        text, ranges, muted = (
            agreement_fields(record).get(name, ""),
            self.matched_ranges(record, name),
            self.style_for(StyleRole.MUTED),
        )
        return excerpt(text, ranges, room, muted, self.style_for(StyleRole.MATCH), self.glyphs.ellipsis)

    def _detail_fields(self, record: Agreement, names: tuple[str, ...], room: int, title_room: int) -> list[list[Part]]:
        """The fields of these names in at most `room` cells; before them, what matches in another and else in none.

        What is lit drives out what is not.
        """
        unseen = self._hidden_match_field(record, ("strength", *names), title_room)
        lit_ones = tuple(name for name in names if self.matched_ranges(record, name))
        there = [name for name in ((unseen, *lit_ones) if unseen else names) if name in agreement_fields(record)]
        facts: list[list[Part]] = []
        gap = parts_width([self._separator])
        for place in reversed(range(len(there))):
            before = sum(text_width(agreement_fields(record)[name]) + gap for name in there[:place])
            facts.insert(0, self._field(record, there[place], max(room - before, room // (place + 1) - gap)))
            room -= parts_width(facts[0]) + gap
        return facts

    def _hidden_match_field(self, record: Agreement, shown: tuple[str, ...], title_room: int) -> str | None:
        """The first field with matched words that neither the title nor the fields that are `shown` have in sight."""
        fields, first, last = (
            self.row_highlight(record).matched_ranges,
            *visible_window(record.title, self.matched_ranges(record, "title"), title_room),
        )
        texts = agreement_fields(record)
        seen = {texts["title"][start:end].lower() for start, end in fields.get("title", ()) if first <= start < last}
        seen |= {texts[name][start:end].lower() for name in shown for start, end in fields.get(name, ())}
        rest = (name for name in texts if name not in ("title", *shown))
        return next((n for n in rest if {texts[n][a:b].lower() for a, b in fields.get(n, ())} - seen), None)

    @property
    def _separator(self) -> Part:
        return f" {self.glyphs.separator} ", self.style_for(StyleRole.MUTED)

    def _joined(self, facts: list[list[Part]]) -> list[Part]:
        """The facts with a dot between."""
        return [part for number, fact in enumerate(facts) for part in ([self._separator] if number else []) + fact]
