"""A name found in the text, before names of one thing are joined."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from alliance_tui.records import EntityType


class EntityMention(Struct, frozen=True):
    """A stretch of text (code points, end exclusive) that names something.

    `name` is the canonical name as far as it is known and `type` what kind of thing it is. `rank` decides between
    namings that overlap: the higher wins, then the longer. `also` are shorter names within its own words, as the
    acronym in "Exchange (EX) programme".
    """

    start: int
    end: int
    name: str
    type: EntityType
    priority: int = 0
    nested_forms: tuple[str, ...] = ()

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with the stretch."""
        return self.start < end and start < self.end


def filter_overlaps(mentions: Iterable[EntityMention]) -> list[EntityMention]:
    """The namings that remain when of any that overlap only the best is kept, in reading order."""
    kept: list[EntityMention] = []
    taken: set[int] = set()
    for naming in sorted(mentions, key=lambda n: (-n.priority, n.start - n.end, n.start)):
        stretch = range(naming.start, naming.end)
        if taken.isdisjoint(stretch):
            taken.update(stretch)
            kept.append(naming)
    return sorted(kept, key=lambda n: n.start)
