"""Blocks of a structured document, and the plain text that they make, the same for every format.

Each block is a line, or several where the source has line breaks. Paragraphs and headings have a blank line between
them; list items ("- …", nested ones indented) and table rows (cells separated by " | ") have none. The kind of each
block is kept as a span of the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from alliance_tui.documents.raw_document import RawDocument
from alliance_tui.records import BlockKind, BlockSpan

_BULLETS = "•◦▪●· "
_INDENT = "  "
_BULLET = "- "
_INVISIBLE_CHARACTERS = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_CELL_SEPARATOR = " | "
_TIGHT = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


class Block(Struct, frozen=True):
    """A block of the source; `level` as in `BlockSpan`, `indent` is written before a nested list item."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    indent: str = ""


def strip_invisible(text: str) -> str:
    """Remove soft hyphens, zero-width spaces, word joiners and byte-order marks, which only guide typesetting."""
    return text.translate(_INVISIBLE_CHARACTERS)


def heading(text: str, level: int) -> Block:
    """Return the block of a heading of this level (from 1)."""
    return Block(normalise_whitespace(text), BlockKind.HEADING, level)


def paragraph(text: str) -> Block:
    """Return the block of a paragraph."""
    return Block(normalise_whitespace(text))


def list_item(text: str, depth: int, number: int | None = None) -> Block:
    """Return the block of a list item at a depth (from 0), with its number or a bullet; the text's own bullet goes."""
    words = " ".join(strip_invisible(text).split()).lstrip(_BULLETS)
    mark = _BULLET if number is None else f"{number}. "
    return Block(mark + words if words else "", BlockKind.LIST_ITEM, depth, _INDENT * depth)


def table_row(cells: Iterable[str]) -> Block:
    """Return the block of a table row."""
    row = _CELL_SEPARATOR.join(" ".join(strip_invisible(cell).split()) for cell in cells).strip()
    return Block(row, BlockKind.TABLE_ROW)


def normalise_whitespace(text: str) -> str:
    """Collapse white space to single spaces; line breaks are kept, empty lines removed."""
    return "\n".join(line for line in (" ".join(line.split()) for line in strip_invisible(text).split("\n")) if line)


def lay_out(blocks: Iterable[Block]) -> RawDocument:
    """Return the text of the blocks with their spans; blocks without a letter or digit are dropped."""
    pieces: list[str] = []
    structure: list[BlockSpan] = []
    length = 0
    previous: BlockKind | None = None
    for block in blocks:
        if not any(map(str.isalnum, block.text)):
            continue
        if previous is not None:
            pieces.append("\n" if block.kind in _TIGHT and block.kind is previous else "\n\n")
            length += len(pieces[-1])
        pieces += (block.indent, block.text)
        start = length + len(block.indent)
        length = start + len(block.text)
        structure.append(BlockSpan(block.kind, block.level, start, length))
        previous = block.kind
    if pieces:
        pieces.append("\n")
    return RawDocument("".join(pieces), structure=tuple(structure))
