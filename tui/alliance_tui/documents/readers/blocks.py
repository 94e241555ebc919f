"""The blocks of a structured document, and the one plain text that they make, whatever format they come from.

The text is laid out as a plain file would be: a line a paragraph or heading with a blank line between, a line a list
item ("- …", nested ones indented) or a table row (cells apart by " | ").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

LIST, TABLE = "list", "table"
"""The groups of blocks."""

_BULLETS = "•◦▪●· "
_INDENT = "  "
_BULLET = "- "
_INVISIBLE_CHARACTERS = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_CELL_SEPARATOR = " | "


class Block(Struct, frozen=True):
    """A paragraph or heading, or a part of a `group` (a list item, a table row), which stands close to its fellows."""

    text: str
    group: str | None = None


def strip_invisible(text: str) -> str:
    """The text without soft hyphens, zero-width spaces, word joiners and byte-order marks: they guide a layout only."""
    return text.translate(_INVISIBLE_CHARACTERS)


def list_item(text: str, depth: int, number: int | None = None) -> Block:
    """A list item at a depth (from 0), numbered or not; a bullet of its own is not written twice."""
    words = " ".join(strip_invisible(text).split()).lstrip(_BULLETS)
    mark = _BULLET if number is None else f"{number}. "
    return Block(f"{_INDENT * depth}{mark}{words}", LIST)


def table_row(cells: Iterable[str]) -> Block:
    """A table row."""
    return Block(_CELL_SEPARATOR.join(" ".join(strip_invisible(cell).split()) for cell in cells).strip(), TABLE)


def normalise_whitespace(text: str) -> str:
    """The text with white space as single spaces, its line breaks kept and empty lines left out."""
    return "\n".join(line for line in (" ".join(line.split()) for line in strip_invisible(text).split("\n")) if line)


def to_text(blocks: Iterable[Block]) -> str:
    """The plain text of the blocks, ornaments and empty ones left out."""
    return "".join(_pieces(blocks))


def _pieces(blocks: Iterable[Block]) -> Iterator[str]:
    before: Block | None = None
    for block in blocks:
        if not any(map(str.isalnum, block.text)):
            continue
        if before:
            yield "\n" if block.group and block.group == before.group else "\n\n"
        yield block.text
        before = block
    if before:
        yield "\n"
