"""What a reader gives: the text of a file and what the file itself says of it, nothing of it cleaned yet."""

from __future__ import annotations

from msgspec import Struct


class RawDocument(Struct, frozen=True):
    """A file's text and its own metadata. `pages` holds the offset at which each page begins; `date` is ISO."""

    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    kind: str | None = None
    pages: tuple[int, ...] = ()


class UnreadableError(Exception):
    """A file that cannot be read. The message follows the file's name in a sentence: "is encrypted: save it …"."""
