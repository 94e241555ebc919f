"""The entities pane: grouped by type, with numbers of mentions, and the other names of the focused or matched."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_tui.explorer.rendering.strips import Part, excerpt, highlight_ranges, justify, parts_width, visible_window
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.record_list import RecordList
from alliance_tui.records import Entity, EntityType
from alliance_tui.search.indexing.record_fields import entity_fields

TYPE_HEADINGS = {
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
MIN_WIDTH_FOR_HEADINGS = 42
"""From this width, in cells, there are words beside the symbols of the types."""
HEADING_WIDTH = max(map(len, TYPE_HEADINGS.values())) + 1


class EntitiesPane(RecordList[Entity]):
    """The entities pane."""

    def count_lines(self) -> Sequence[int]:
        """Return one line for each record."""
        return [1] * len(self.records)

    def draw_record(self, record: Entity, width: int, above: Entity | None) -> list[list[Part]]:
        """Return the lines of the record."""
        column = HEADING_WIDTH if self.inner_width >= MIN_WIDTH_FOR_HEADINGS else 0
        label = TYPE_HEADINGS[record.type] if column and (above is None or above.type is not record.type) else ""
        glyph = f"{self.glyphs.entities[record.type]} ", self.palette.kind_style(record.type)
        count = (str(len(record.mentions)), self.style_for(StyleRole.MUTED))
        names = self._names(record, width - column - parts_width([glyph, count]) - 1)
        heading = (label.ljust(column), self.style_for(StyleRole.MUTED))
        return [justify([heading, glyph, *names], [count], width, self.glyphs.ellipsis)]

    def _names(self, record: Entity, width: int) -> list[Part]:
        """Return the matching names, the entity's name and, if it is focused, all others.

        The first is cut to `width` cells.
        """
        fields, match, clip = entity_fields(record), self.style_for(StyleRole.MATCH), self.glyphs.ellipsis

        def _merit(name: str) -> tuple[bool, int, int]:
            ranges = self.matched_ranges(record, name)
            first, last = visible_window(fields[name], ranges, width)
            return first > 0 or ranges[-1][1] > last, len(ranges), sum(end - start for start, end in ranges)

        matched = sorted((name for name in fields if self.matched_ranges(record, name)), key=_merit)
        first_name, *other_names = dict.fromkeys([*matched, *(fields if record.id == self.focused_id else ["name"])])
        parts = excerpt(
            fields[first_name], self.matched_ranges(record, first_name), width, self.name_style(record), match, clip
        )
        muted = self.style_for(StyleRole.MUTED)
        for number, name in enumerate(other_names):
            parts.append((", " if number else "  ", muted))
            parts += highlight_ranges(fields[name], self.matched_ranges(record, name), muted, match)
        return parts
