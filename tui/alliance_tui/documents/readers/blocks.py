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
_LAYOUT_ONLY = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BETWEEN_CELLS = " | "


class Block(Struct, frozen=True):
    """A paragraph or heading, or a part of a `group` (a list item, a table row), which stands close to its fellows."""

    text: str
    group: str | None = None


def visible(text: str) -> str:
    """The text without soft hyphens, zero-width spaces, word joiners and byte-order marks: they guide a layout only."""
    return text.translate(_LAYOUT_ONLY)


def item(text: str, depth: int, number: int | None = None) -> Block:
    """A list item at a depth (from 0), numbered or not; a bullet of its own is not written twice."""
    words = " ".join(visible(text).split()).lstrip(_BULLETS)
    mark = _BULLET if number is None else f"{number}. "
    return Block(f"{_INDENT * depth}{mark}{words}", LIST)


def row(cells: Iterable[str]) -> Block:
    """A table row."""
    return Block(_BETWEEN_CELLS.join(" ".join(visible(cell).split()) for cell in cells).strip(), TABLE)


def lines_of(text: str) -> str:
    """The text with white space as single spaces, its line breaks kept and empty lines left out."""
    return "\n".join(line for line in (" ".join(line.split()) for line in visible(text).split("\n")) if line)


def text_of(blocks: Iterable[Block]) -> str:
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
