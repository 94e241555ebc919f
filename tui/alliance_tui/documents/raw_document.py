"""What a reader returns: the text and metadata of a file, not sanitised yet."""

from __future__ import annotations

from msgspec import Struct


class RawDocument(Struct, frozen=True):
    """The text of a file and its own metadata: `date` is ISO, `pages` holds the offset at which each page begins."""

    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    kind: str | None = None
    pages: tuple[int, ...] = ()


class UnreadableError(Exception):
    """A file that cannot be read. The message is a sentence after the file's name: "is encrypted: save it …"."""
