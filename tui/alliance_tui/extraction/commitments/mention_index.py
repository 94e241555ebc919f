"""Mentions by name of a document's entities, looked up by offset."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec import Struct

from alliance_tui.records import Entity, EntityType


class IndexedMention(Struct, frozen=True):
    """A mention by name at an offset of the document's text, with the entity's canonical name and type."""

    start: int
    end: int
    name: str
    type: EntityType


class MentionIndex:
    """The mentions by name in reading order, and the type of each entity."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        entities = list(entities)
        self.entity_types = {entity.name: entity.type for entity in entities}
        by_name = [(mention.span, entity) for entity in entities for mention in entity.mentions if mention.by_name]
        self._mentions = sorted(
            (IndexedMention(span.start, span.end, entity.name, entity.type) for span, entity in by_name),
            key=lambda mention: (mention.start, mention.end),
        )
        self._starts = [mention.start for mention in self._mentions]
        self._first_starts = {mention.name: mention.start for mention in reversed(self._mentions)}
        self._states = [mention for mention in self._mentions if mention.type is EntityType.STATE]

    def between(self, start: int, end: int) -> Sequence[IndexedMention]:
        """Return the mentions that begin from `start` on and before `end`, in reading order."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def is_first(self, mention: IndexedMention) -> bool:
        """Whether no mention of the same entity begins before this one."""
        return self._first_starts[mention.name] == mention.start

    def last_state_before(self, offset: int) -> str | None:
        """Return the state that was mentioned last before an offset."""
        index = bisect_left(self._states, offset, key=lambda mention: mention.start) - 1
        return self._states[index].name if index >= 0 else None

    def last_person_before(self, offset: int, since: int) -> str | None:
        """Return the person who was mentioned last between `since` and `offset`."""
        earlier = reversed(self.between(max(0, since), offset))
        return next((mention.name for mention in earlier if mention.type is EntityType.PERSON), None)

    def type_at(self, offset: int) -> EntityType | None:
        """Return the type of the entity that is mentioned at an offset."""
        mention = self.mention_at(offset)
        return mention.type if mention is not None else None

    def mention_at(self, offset: int) -> IndexedMention | None:
        """Return the mention that covers an offset."""
        index = bisect_left(self._starts, offset + 1) - 1
        if index >= 0 and self._mentions[index].end > offset:
            return self._mentions[index]
        return None
