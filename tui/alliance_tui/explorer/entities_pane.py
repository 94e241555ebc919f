"""The entities: grouped by type, with the number of mentions; the other names of the one stood on or matched."""

from __future__ import annotations

from rich.style import Style

from alliance_tui.explorer.painting import Part, lit, spread
from alliance_tui.explorer.record_list import RecordList
from alliance_tui.explorer.theme import Look
from alliance_tui.records import Entity, EntityType
from alliance_tui.search.fields import entity_fields

PLURALS = {
    EntityType.STATE: "States",
    EntityType.PERSON: "People",
    EntityType.ORGANISATION: "Organisations",
    EntityType.BODY: "Bodies",
    EntityType.UNIT: "Units",
    EntityType.INSTRUMENT: "Instruments",
    EntityType.PROGRAMME: "Programmes",
    EntityType.SYSTEM: "Systems",
    EntityType.EVENT: "Events",
    EntityType.PLACE: "Places",
}
SHORT = {
    EntityType.STATE: "State",
    EntityType.PERSON: "Pers.",
    EntityType.ORGANISATION: "Org.",
    EntityType.BODY: "Body",
    EntityType.UNIT: "Unit",
    EntityType.INSTRUMENT: "Instr",
    EntityType.PROGRAMME: "Prog.",
    EntityType.SYSTEM: "Syst.",
    EntityType.EVENT: "Event",
    EntityType.PLACE: "Place",
}
ROOM_FOR_PLURALS = 40
"""From this many cells on the types are written out."""


class EntitiesPane(RecordList[Entity]):
    """The entities pane."""

    def height_of(self, record: Entity) -> int:
        """Lines for the record."""
        return 1

    def lines_of(self, record: Entity, width: int, above: Entity | None) -> list[list[Part]]:
        """The lines of the record."""
        labels = PLURALS if self.inner_width >= ROOM_FOR_PLURALS else SHORT
        label = labels[record.type] if above is None or above.type is not record.type else ""
        column = max(map(len, labels.values())) + 1
        count = (str(len(record.mentions)), self.look(Look.MUTED))
        parts = [(label.ljust(column), self.look(Look.MUTED)), *self._names(record)]
        return [spread(parts, [count], width, self.glyphs.clip)]

    def _names(self, record: Entity) -> list[Part]:
        """The name and, for the one stood on, all others; else those that match, first where they match better."""
        name, *others = entity_fields(record)
        matched = {each: self.ranges(record, each) for each in (name, *others) if self.ranges(record, each)}
        shown = sorted(matched, key=lambda each: (len(matched[each]), sum(end - start for start, end in matched[each])))
        shown += [name, *others] if record.id == self.here else [name]
        style, muted = self.name_look(record), self.look(Look.MUTED)
        first, *rest = dict.fromkeys(shown)
        return self._joined(record, [(first, style), *((other, muted) for other in rest)])

    def _joined(self, record: Entity, names: list[tuple[str, Style]]) -> list[Part]:
        fields, match = entity_fields(record), self.look(Look.MATCH)
        parts: list[Part] = []
        for name, style in names:
            if parts:
                parts.append(("  " if len(parts) == 1 else ", ", self.look(Look.MUTED)))
            parts += lit(fields[name], self.ranges(record, name), style, match)
        return parts
