"""A mention of an entity by name, before aliases are resolved."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from alliance_tui.records import EntityType


class EntityMention(Struct, frozen=True):
    """A span of the text that names an entity (code points, end exclusive).

    `name` is the canonical name as far as it is known. `priority` decides between mentions that overlap: the higher
    wins, then the longer; 0 is a mention that only the statistical model or the words' shape supports, and a higher one
    rests on a lexicon, a pattern or a title. `nested_forms` are shorter names within the span, as the abbreviation in
    "Exchange (EX) programme".
    """

    start: int
    end: int
    name: str
    type: EntityType
    priority: int = 0
    nested_forms: tuple[str, ...] = ()


def filter_overlaps(mentions: Iterable[EntityMention]) -> list[EntityMention]:
    """Keep the best of any mentions that overlap; sorted by offset."""
    kept: list[EntityMention] = []
    covered: set[int] = set()
    for mention in sorted(mentions, key=lambda m: (-m.priority, m.start - m.end, m.start)):
        span = range(mention.start, mention.end)
        if covered.isdisjoint(span):
            covered.update(span)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
