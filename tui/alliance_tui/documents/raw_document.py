"""The result of a reader: the text and metadata of a file, not sanitised yet."""

from __future__ import annotations

from msgspec import Struct

from alliance_tui.records import BlockSpan

NESTED_TOO_DEEPLY = "is nested too deeply: save its text alone"
"""The message of the UnreadableError of a file whose elements are in one another more often than can be read."""


class RawDocument(Struct, frozen=True):
    """The text of a file and its own metadata, as in `Document`."""

    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    kind: str | None = None
    pages: tuple[int, ...] = ()
    structure: tuple[BlockSpan, ...] = ()


class UnreadableError(Exception):
    """A file that cannot be read. The message is a sentence after the file's name: "is encrypted: save it …"."""
