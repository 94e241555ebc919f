"""The entities pane: grouped by type, with numbers of mentions, and the other names of the focused or matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.style import Style

from alliance_tui.explorer.rendering.strips import Part, clip_parts, highlight_ranges, justify, slice_parts
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.record_list import LEAD_WIDTH, RecordList
from alliance_tui.records import Entity, EntityType
from alliance_tui.search.indexing.record_fields import entity_fields
from alliance_tui.search.matches import Range

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
MIN_HEIGHT_FOR_HEADINGS = 10
"""From this height, in rows, the entities of a type have a heading; in a lower pane their symbols must do."""
GLYPH_WIDTH = 2
"""Cells of the type's symbol and the gap after it."""
NAME_GAP = "  "
"""The gap between two names of an entity."""
MAX_OTHER_LINES = 2
"""Lines that the other names of the focused entity may take below its own."""


class EntitiesPane(RecordList[Entity]):
    """The entities pane. Each name is whole, in as many lines as it needs."""

    def count_lines(self) -> Sequence[int]:
        """Return the lines of each record: those of its names, and the heading of the type that it begins."""
        rows = self.highlights.rows
        counts: list[int] = []
        above: Entity | None = None
        for record in self.records:
            row = rows.get(record.id)
            is_plain = record.id != self.focused_id and not (row and row.matched_ranges)
            lines = self._wrapped(record, record.name) if is_plain else self._name_lines(record)
            counts.append(self.heading_lines(record, above) + len(lines))
            above = record
        return counts

    def heading_lines(self, record: Entity, above: Entity | None) -> int:
        """Return one for the heading of a type that the record begins."""
        begins_type = above is None or above.type is not record.type
        return int(begins_type and self.measured_size.height >= MIN_HEIGHT_FOR_HEADINGS)

    def draw_record(self, record: Entity, width: int, above: Entity | None) -> list[list[Part]]:
        """Return the lines of the record."""
        muted = self.style_for(StyleRole.MUTED)
        glyph = self.glyphs.entities[record.type].ljust(GLYPH_WIDTH), self.palette.kind_style(record.type)
        first, *others = self._name_lines(record)
        heading = [[(TYPE_HEADINGS[record.type], muted)]] if self.heading_lines(record, above) else []
        named = justify([glyph, *first], [(_mention_count(record), muted)], width, self.glyphs.ellipsis)
        return [*heading, named, *([(" " * GLYPH_WIDTH, Style()), *line] for line in others)]

    def _name_lines(self, record: Entity) -> list[list[Part]]:
        """Return the lines of the names: one that matches, the name, then others that match or, if focused, all.

        A row has the lines that its name needs, so that rows do not move while a query is typed, and no other name that
        would not be whole. The focused one of the focused pane has some lines more.
        """
        fields, is_focused = entity_fields(record), record.id == self.focused_id
        names = list(self._first_names(record))
        others = [name for name in fields if name not in names and (is_focused or self.matched_ranges(record, name))]

        def wrapped(names: Sequence[str]) -> Sequence[Range]:
            return self._wrapped(record, NAME_GAP.join(fields[name] for name in names))

        if is_focused and self.is_focused:
            shown = len(wrapped(names)) + MAX_OTHER_LINES
            names += others
        else:
            shown = max(len(wrapped(names[:1])), len(wrapped(["name"])))
            for name in others:
                names += [name] if len(wrapped([*names, name])) <= shown else []
        parts, rows = self._name_parts(record, names), wrapped(names)
        lines = [slice_parts(parts, start, end) for start, end in rows[:shown]]
        if shown < len(rows):
            left_over = slice_parts(parts, rows[shown - 1][0], rows[-1][1])
            lines[-1] = clip_parts(left_over, self._line_widths(record)[shown > 1], self.glyphs.ellipsis)
        return lines

    def _first_names(self, record: Entity) -> Sequence[str]:
        """Return the field of the name, after that of the shortest match where the name itself does not match."""
        matched = [name for name in entity_fields(record) if self.matched_ranges(record, name)]
        if not matched or "name" in matched:
            return ("name",)
        return min(matched, key=lambda name: len(entity_fields(record)[name])), "name"

    def _line_widths(self, record: Entity) -> tuple[int, int]:
        """Return the cells for names in the first line, which has the number of mentions too, and in the others."""
        width = self.measured_size.width - self.RIGHT_MARGIN - LEAD_WIDTH - GLYPH_WIDTH
        return max(1, width - len(_mention_count(record)) - 1), max(1, width)

    def _wrapped(self, record: Entity, text: str) -> Sequence[Range]:
        if text.isascii() and 0 < len(text) <= self._line_widths(record)[0]:
            return ((0, len(text)),)
        return _wrap_names(text, *self._line_widths(record))

    def _name_parts(self, record: Entity, names: Iterable[str]) -> list[Part]:
        """Return the names of these fields, the first in the style of the record."""
        fields, match, muted = entity_fields(record), self.style_for(StyleRole.MATCH), self.style_for(StyleRole.MUTED)
        parts: list[Part] = []
        for name in names:
            style = muted if parts else self.name_style(record)
            parts += [(NAME_GAP, muted)] if parts else []
            parts += highlight_ranges(fields[name], self.matched_ranges(record, name), style, match)
        return parts


def _mention_count(record: Entity) -> str:
    return str(len(record.mentions))


@lru_cache(4096)
def _wrap_names(text: str, first_width: int, later_width: int) -> Sequence[Range]:
    return tuple(wrap(text, 0, len(text), first_width, later_width)) or ((0, 0),)
