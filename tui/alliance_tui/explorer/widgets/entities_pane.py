"""The entities: grouped by type, with the number of mentions; the other names of the one stood on or matched."""

from __future__ import annotations

from alliance_tui.explorer.rendering.strips import Part, excerpt, lit, spread, width_of, window
from alliance_tui.explorer.rendering.theme import Look
from alliance_tui.explorer.widgets.record_list import RecordList
from alliance_tui.records import Entity, EntityType
from alliance_tui.search.record_fields import entity_fields

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

    @property
    def record_height(self) -> int:
        """Lines for a record."""
        return 1

    def lines_of(self, record: Entity, width: int, above: Entity | None) -> list[list[Part]]:
        """The lines of the record."""
        labels = PLURALS if self.inner_width >= ROOM_FOR_PLURALS else SHORT
        label = labels[record.type] if above is None or above.type is not record.type else ""
        column = max(map(len, labels.values())) + 1
        count = (str(len(record.mentions)), self.look(Look.MUTED))
        names = self._names(record, width - column - width_of([count]) - 1)
        return [spread([(label.ljust(column), self.look(Look.MUTED)), *names], [count], width, self.glyphs.clip)]

    def _names(self, record: Entity, room: int) -> list[Part]:
        """The name, those that match before it, all others after it for the one stood on; `room` is in cells."""
        fields, match, clip = entity_fields(record), self.look(Look.MATCH), self.glyphs.clip

        def _merit(name: str) -> tuple[bool, int, int]:
            ranges = self.ranges(record, name)
            first, last = window(fields[name], ranges, room)
            return first > 0 or ranges[-1][1] > last, len(ranges), sum(end - start for start, end in ranges)

        matched = sorted((name for name in fields if self.ranges(record, name)), key=_merit)
        first, *rest = dict.fromkeys([*matched, *(fields if record.id == self.here else ["name"])])
        parts = excerpt(fields[first], self.ranges(record, first), room, self.name_look(record), match, clip)
        muted = self.look(Look.MUTED)
        for number, name in enumerate(rest):
            parts.append((", " if number else "  ", muted))
            parts += lit(fields[name], self.ranges(record, name), muted, match)
        return parts
