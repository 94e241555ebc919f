"""The reader's notes, tags and bookmarks on something."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from alliance_tui.review.entry import Action, Entry


class Marks(Struct, frozen=True, omit_defaults=True):
    """The notes and tags on something, whether it is bookmarked, and who marked it last, when (ISO, UTC)."""

    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    bookmarked: bool = False
    author: str = ""
    time: str = ""

    def __bool__(self) -> bool:
        return bool(self.notes or self.tags or self.bookmarked)


def noted(notes: tuple[str, ...], tags: tuple[str, ...], entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return notes and tags after an entry. A note's former words are its value before, None for a new note."""
    match entry.action:
        case Action.NOTED:
            kept = tuple(note for note in notes if note != entry.before)
            return (*kept, str(entry.after)) if entry.after else kept, tags
        case Action.TAGGED:
            return notes, with_value(tags, str(entry.after))
        case Action.UNTAGGED:
            return notes, tuple(tag for tag in tags if tag != entry.before)
    return notes, tags


def collect_marks(entries: Iterable[Entry]) -> Marks:
    marks = Marks()
    for entry in entries:
        notes, tags = noted(marks.notes, marks.tags, entry)
        bookmarked = entry.action is Action.BOOKMARKED or (marks.bookmarked and entry.action is not Action.UNBOOKMARKED)
        marks = Marks(notes, tags, bookmarked, entry.author, entry.time)
    return marks


def with_value(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """Return the values and this one, which is not repeated."""
    return values if value in values else (*values, value)
