"""The agreements: strength as sign and word, title, parties and deadline; what is no agreement stands apart."""

from __future__ import annotations

from rich.style import Style

from alliance_tui.explorer.painting import Part, lit, spread, width_of
from alliance_tui.explorer.record_list import RecordList
from alliance_tui.explorer.theme import Look
from alliance_tui.records import Agreement, Strength
from alliance_tui.search.fields import agreement_fields
from alliance_tui.search.matches import Range

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

    def height_of(self, record: Agreement) -> int:
        """Lines for the record."""
        return 2 if self.two_lines else 1

    def lines_of(self, record: Agreement, width: int, above: Agreement | None) -> list[list[Part]]:
        """The lines of the record."""
        title = self._field(record, "title", self.name_look(record))
        sign = f"{self.glyphs.of(record)} ", self.look(Look.MUTED if self.row(record).dim else Look.ACCENT)
        word = self._word(record)
        if self.two_lines:
            return [[sign, *title], [("  ", Style()), *self._told([word, *self._facts(record, width)])]]
        gap = (" " * (STRENGTH_WIDTH - width_of(word)), Style())
        head = [sign, *word, gap, *title]
        if self.room.width >= WIDE:
            return [spread(head, self._told(self._facts(record, width)), width, self.glyphs.clip)]
        room = width - width_of([sign, gap, *word])
        deadline = self._field(record, "deadline", self.look(Look.MUTED))
        told = self._title_tells(record, room - width_of(deadline) - 2)
        elsewhere = [] if told else self._elsewhere(record, {"strength", "deadline"}, room // 2)
        return [spread(head, self._told(elsewhere or [deadline]), width, self.glyphs.clip)]

    def _word(self, record: Agreement) -> list[Part]:
        word, muted = str(record.strength or record.kind), self.look(Look.MUTED)
        return list(lit(word, self.ranges(record, "strength"), muted, self.look(Look.MATCH)))

    def _field(self, record: Agreement, name: str, style: Style) -> list[Part]:
        text = agreement_fields(record).get(name, "")
        return list(lit(text, self.ranges(record, name), style, self.look(Look.MATCH)))

    def _facts(self, record: Agreement, width: int) -> list[list[Part]]:
        """Parties and deadline, or in place of the parties what matches out of sight."""
        parties = self._field(record, "parties", self.look(Look.MUTED))
        deadline = self._field(record, "deadline", self.look(Look.MUTED))
        told = self._title_tells(record, width)
        elsewhere = [] if told else self._elsewhere(record, {"strength", "deadline", "parties"}, width // 2)
        return [*(elsewhere or [parties]), deadline]

    def _told(self, facts: list[list[Part]]) -> list[Part]:
        """The facts that there are, with a dot between."""
        parts: list[Part] = []
        for fact in facts:
            if fact:
                dot = [(f" {self.glyphs.dot} ", self.look(Look.MUTED))] if parts else []
                parts += [*dot, *fact]
        return parts

    def _title_tells(self, record: Agreement, room: int) -> bool:
        """Whether the first match in the title is within its first `room` characters."""
        ranges = self.ranges(record, "title")
        return bool(ranges) and ranges[0][1] < room

    def _elsewhere(self, record: Agreement, shown: set[str], room: int) -> list[list[Part]]:
        """The words around the first match in a field, in `room` cells, where none matches in those that are shown."""
        fields = self.row(record).fields
        if any(fields.get(name) for name in shown):
            return []
        texts = agreement_fields(record)
        return [self._excerpt(texts[name], fields[name][0], room) for name in texts if fields.get(name)][:1]

    def _excerpt(self, text: str, match: Range, room: int) -> list[Part]:
        start, end = match
        around = max(0, (room - (end - start)) // 2 - 1)
        first, last = max(0, start - around), min(len(text), end + around)
        before = (self.glyphs.clip if first else "") + text[first:start]
        after = text[end:last] + (self.glyphs.clip if last < len(text) else "")
        muted = self.look(Look.MUTED)
        return [(before, muted), (text[start:end], self.look(Look.MATCH)), (after, muted)]
