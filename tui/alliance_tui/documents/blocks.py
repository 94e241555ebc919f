"""The blocks of a structured document, and the one plain text that they make, whatever format they come from.

The text is laid out as a plain file would be: a line a paragraph or heading with a blank line between, a line a list
item ("- …", nested ones indented) or a table row (cells apart by " | ").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

_INDENT = "  "
_BULLET = "- "
_LAYOUT_ONLY = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BETWEEN_CELLS = " | "


class Block(Struct, frozen=True):
    """A paragraph or heading, or (`close` to the block before it) a list item or a table row."""

    text: str
    close: bool = False


def visible(text: str) -> str:
    """The text without soft hyphens, zero-width spaces, word joiners and byte-order marks: they guide a layout only."""
    return text.translate(_LAYOUT_ONLY)


def item(text: str, depth: int, number: int | None = None) -> Block:
    """A list item at a depth (from 0), numbered or not; a bullet of its own is not written twice."""
    words = " ".join(visible(text).split()).lstrip("•◦▪●· ")
    mark = _BULLET if number is None else f"{number}. "
    return Block(f"{_INDENT * depth}{mark}{words}", close=True)


def row(cells: Iterable[str]) -> Block:
    """A table row."""
    return Block(_BETWEEN_CELLS.join(" ".join(visible(cell).split()) for cell in cells).strip(), close=True)


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
            yield "\n" if block.close and before.close else "\n\n"
        yield block.text
        before = block
    if before:
        yield "\n"
