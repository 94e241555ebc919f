"""The agreements: strength as sign and word, title, parties and deadline; what is no agreement stands apart."""

from __future__ import annotations

from rich.style import Style

from alliance_tui.explorer.rendering.strips import Part, excerpt, spread, text_width, width_of, window
from alliance_tui.explorer.rendering.theme import Look
from alliance_tui.explorer.widgets.record_list import RecordList
from alliance_tui.records import Agreement, Strength
from alliance_tui.search.record_fields import agreement_fields

WIDE = 90
"""From this many cells on a record is told in one line with all its columns."""
TWO_LINES = 12
"""From this many rows on a narrower pane tells a record in two lines."""
STRENGTH_WIDTH = max(map(len, Strength)) + 1


class AgreementsPane(RecordList[Agreement]):
    """The agreements pane."""

    @property
    def two_lines(self) -> bool:
        """Whether the pane is narrow and high enough to tell each record in two lines."""
        return self.room.width < WIDE and self.room.height >= TWO_LINES

    @property
    def record_height(self) -> int:
        """Lines for a record."""
        return 2 if self.two_lines else 1

    def lines_of(self, record: Agreement, width: int, above: Agreement | None) -> list[list[Part]]:
        """The lines of the record."""
        sign = f"{self.glyphs.of(record)} ", self.look(Look.MUTED if self.row(record).dimmed else Look.ACCENT)
        word = self._field(record, "strength", width) or [(str(record.kind), self.look(Look.MUTED))]
        if self.two_lines:
            room = width - 2
            facts = self._facts(record, ("parties", "deadline"), room - width_of([*word, self._dot]), room)
            return [[sign, *self._title(record, room)], [("  ", Style()), *self._joined([word, *facts])]]
        head = [sign, *word, (" " * max(1, STRENGTH_WIDTH - width_of(word)), Style())]
        room = width - width_of(head)
        names = ("parties", "deadline") if self.room.width >= WIDE else ("deadline",)
        right = self._joined(self._facts(record, names, room // 2, room // 2))
        ranges, left = self.ranges(record, "title"), room - width_of(right) - 1
        if window(record.title, ranges, left)[0] and not any(self.ranges(record, name) for name in names):
            right = []  # the title's match goes before a deadline without one
        title = self._title(record, room - width_of(right) - bool(right))
        return [spread([*head, *title], right, width, self.glyphs.clip)]

    def _title(self, record: Agreement, room: int) -> list[Part]:
        """The title in at most `room` cells."""
        ranges, match = self.ranges(record, "title"), self.look(Look.MATCH)
        return excerpt(record.title, ranges, room, self.name_look(record), match, self.glyphs.clip)

    def _field(self, record: Agreement, name: str, room: int) -> list[Part]:
        """A field that stands back, in at most `room` cells."""
        text, ranges, muted = agreement_fields(record).get(name, ""), self.ranges(record, name), self.look(Look.MUTED)
        return excerpt(text, ranges, room, muted, self.look(Look.MATCH), self.glyphs.clip)

    def _facts(self, record: Agreement, names: tuple[str, ...], room: int, title_room: int) -> list[list[Part]]:
        """The fields of these names in at most `room` cells; before them, what matches in another and else in none.

        What is lit drives out what is not.
        """
        unseen = self._unseen(record, ("strength", *names), title_room)
        lit_ones = tuple(name for name in names if self.ranges(record, name))
        there = [name for name in ((unseen, *lit_ones) if unseen else names) if name in agreement_fields(record)]
        facts: list[list[Part]] = []
        gap = width_of([self._dot])
        for place in reversed(range(len(there))):
            before = sum(text_width(agreement_fields(record)[name]) + gap for name in there[:place])
            facts.insert(0, self._field(record, there[place], max(room - before, room // (place + 1) - gap)))
            room -= width_of(facts[0]) + gap
        return facts

    def _unseen(self, record: Agreement, shown: tuple[str, ...], title_room: int) -> str | None:
        """The first field with matched words that neither the title nor the fields that are `shown` have in sight."""
        fields, first, last = (
            self.row(record).matched_ranges,
            *window(record.title, self.ranges(record, "title"), title_room),
        )
        texts = agreement_fields(record)
        seen = {texts["title"][start:end].lower() for start, end in fields.get("title", ()) if first <= start < last}
        seen |= {texts[name][start:end].lower() for name in shown for start, end in fields.get(name, ())}
        rest = (name for name in texts if name not in ("title", *shown))
        return next((n for n in rest if {texts[n][a:b].lower() for a, b in fields.get(n, ())} - seen), None)

    @property
    def _dot(self) -> Part:
        return f" {self.glyphs.dot} ", self.look(Look.MUTED)

    def _joined(self, facts: list[list[Part]]) -> list[Part]:
        """The facts with a dot between."""
        return [part for number, fact in enumerate(facts) for part in ([self._dot] if number else []) + fact]
