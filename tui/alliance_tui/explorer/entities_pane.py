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
LABEL_WIDTH = max(map(len, PLURALS.values())) + 1
ROOM_FOR_LABELS = 38
"""From this many cells on the type stands in a column of its own; below, it is shortened."""


class EntitiesPane(RecordList[Entity]):
    """The entities pane."""

    def height_of(self, record: Entity) -> int:
        return 1

    def lines_of(self, record: Entity, width: int) -> list[list[Part]]:
        style = self.name_look(record)
        parts = [self._label(record), *self._lit(record, "name", style), *self._aliases(record)]
        count = (str(len(record.mentions)), self.look(Look.MUTED))
        return [spread(parts, [count], width, self.glyphs.clip)]

    def _label(self, record: Entity) -> Part:
        """The type, at the head of each group only."""
        width = LABEL_WIDTH if self.inner_width >= ROOM_FOR_LABELS else 6
        label = PLURALS[record.type] if self._heads_group(record) else ""
        return label[: width - 1].ljust(width), self.look(Look.MUTED)

    def _heads_group(self, record: Entity) -> bool:
        index = next(number for number, each in enumerate(self.records) if each is record)
        return not index or self.records[index - 1].type is not record.type

    def _lit(self, record: Entity, field: str, style: Style) -> list[Part]:
        return list(lit(entity_fields(record)[field], self.ranges(record, field), style, self.look(Look.MATCH)))

    def _aliases(self, record: Entity) -> list[Part]:
        """All other names of the record stood on; of the rest those that the query matches."""
        names = [name for name in entity_fields(record) if name != "name"]
        if record.id != self.here:
            names = [name for name in names if self.ranges(record, name)]
        muted = self.look(Look.MUTED)
        parts: list[Part] = []
        for name in names:
            parts += (", " if parts else "  ", muted), *self._lit(record, name, muted)
        return parts
