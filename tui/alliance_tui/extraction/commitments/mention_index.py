"""Where the text names its entities, for lookups by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgspec import Struct

from alliance_tui.records import Entity, EntityType


class IndexedMention(Struct, frozen=True):
    """A mention: where it stands in the document's text, of what entity and type."""

    start: int
    end: int
    name: str
    type: EntityType


class MentionIndex:
    """The mentions of a document in reading order, and the type of each entity."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        entities = list(entities)
        self.entity_types = {entity.name: entity.type for entity in entities}
        mentions = [(mention.span, entity) for entity in entities for mention in entity.mentions if mention.by_name]
        self._places = sorted(
            (IndexedMention(span.start, span.end, entity.name, entity.type) for span, entity in mentions),
            key=lambda place: (place.start, place.end),
        )
        self._starts = [place.start for place in self._places]

    def between(self, start: int, end: int) -> Iterator[IndexedMention]:
        """The mentions that begin between two offsets, in reading order."""
        for place in self._places[bisect_left(self._starts, start) :]:
            if place.start >= end:
                return
            yield place

    def last_state_before(self, offset: int) -> str | None:
        """The state last named before an offset."""
        before = reversed(self._places[: bisect_left(self._starts, offset)])
        return next((place.name for place in before if place.type is EntityType.STATE), None)

    def last_person_before(self, offset: int, since: int) -> str | None:
        """The person last named before an offset, from `since` on."""
        before = reversed(list(self.between(max(0, since), offset)))
        return next((place.name for place in before if place.type is EntityType.PERSON), None)

    def type_at(self, offset: int) -> EntityType | None:
        """The type of the entity that is named at an offset."""
        place = self.mention_at(offset)
        return place.type if place is not None else None

    def mention_at(self, offset: int) -> IndexedMention | None:
        """The mention that covers an offset."""
        index = bisect_left(self._starts, offset + 1) - 1
        if index >= 0 and self._places[index].end > offset:
            return self._places[index]
        return None
