"""The agreements: strength as sign and word, title, parties and deadline; what is no agreement stands apart."""

from __future__ import annotations

from rich.style import Style

from alliance_tui.explorer.painting import Part, lit, spread
from alliance_tui.explorer.record_list import RecordList
from alliance_tui.explorer.theme import Look
from alliance_tui.records import Agreement, Strength
from alliance_tui.search.fields import agreement_fields
from alliance_tui.search.matches import Range

WIDE = 90
"""From this many cells on a record is told in one line with all its columns."""
TWO_LINES = 12
"""From this many rows on a narrow pane tells a record in two lines."""
STRENGTH_WIDTH = max(map(len, Strength)) + 1
SHOWN = ("title", "parties", "deadline", "strength")
"""The fields that a row shows; a match in another is quoted in its place."""
AROUND = 14
"""Characters of context before a match that is quoted."""


class AgreementsPane(RecordList[Agreement]):
    """The agreements pane."""

    @property
    def two_lines(self) -> bool:
        """Whether the pane is narrow and high enough to tell each record in two lines."""
        return self.size.width < WIDE and self.size.height >= TWO_LINES

    def height_of(self, record: Agreement) -> int:
        return 2 if self.two_lines else 1

    def lines_of(self, record: Agreement, width: int) -> list[list[Part]]:
        if self.two_lines:
            head = [self._sign(record), *self._field(record, "title", self.name_look(record))]
            return [head, [("  ", Style()), *self._word(record), *self._tail(record)]]
        if self.size.width >= WIDE:
            head = [self._sign(record), *self._word(record, STRENGTH_WIDTH), *self._field(record, "title", self.name_look(record))]
            return [spread(head, self._tail(record, lead=False), width, self.glyphs.clip)]
        hidden = self._hidden(record)
        title = self._field(record, "title", self.name_look(record))
        head = [self._sign(record), *self._word(record, STRENGTH_WIDTH), *title]
        return [spread(head, [*hidden, *self._deadline(record)][:4], width, self.glyphs.clip)]

    def _muted(self, record: Agreement) -> Style:
        return self.look(Look.MUTED)

    def _sign(self, record: Agreement) -> Part:
        style = self.look(Look.MUTED if self.row(record).dim else Look.ACCENT)
        return f"{self.glyphs.of(record)} ", style

    def _word(self, record: Agreement, width: int = 0) -> list[Part]:
        word = str(record.strength or record.kind)
        style = self._muted(record)
        return [*lit(word, self.ranges(record, "strength"), style, self.look(Look.MATCH)), (" " * (width - len(word)), style)]

    def _field(self, record: Agreement, name: str, style: Style) -> list[Part]:
        text = agreement_fields(record).get(name, "")
        return list(lit(text, self.ranges(record, name), style, self.look(Look.MATCH)))

    def _deadline(self, record: Agreement, separator: str = " ") -> list[Part]:
        if record.deadline is None:
            return []
        return [(separator, Style()), *self._field(record, "deadline", self._muted(record))]

    def _tail(self, record: Agreement, *, lead: bool = True) -> list[Part]:
        """Parties and deadline, or the words that match where they stand in no field shown."""
        dot = f" {self.glyphs.dot} "
        hidden = self._hidden(record)
        parties = hidden or self._field(record, "parties", self._muted(record))
        joined = [(dot, self._muted(record)), *parties] if parties and lead else parties
        return [*joined, *self._deadline(record, dot if joined or lead else "")]

    def _hidden(self, record: Agreement) -> list[Part]:
        """The words around the first match, where the query matches only in fields that the row does not show."""
        fields = self.row(record).fields
        if not fields or any(fields.get(name) for name in SHOWN):
            return []
        name = next((name for name in agreement_fields(record) if fields.get(name)), None)
        if name is None:
            return []
        text = agreement_fields(record)[name]
        return self._excerpt(text, fields[name][0], record)

    def _excerpt(self, text: str, match: Range, record: Agreement) -> list[Part]:
        start, end = match
        first, last = max(0, start - AROUND), min(len(text), end + AROUND)
        words = (self.glyphs.clip if first else "") + text[first:last] + (self.glyphs.clip if last < len(text) else "")
        shift = (len(self.glyphs.clip) if first else 0) - first
        return list(lit(words, [(start + shift, end + shift)], self._muted(record), self.look(Look.MATCH)))
