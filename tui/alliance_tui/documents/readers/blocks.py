"""Blocks of a structured document, and the plain text that they make, the same for every format.

Each block is a line, or several where the source has line breaks. Paragraphs and headings have a blank line between
them; list items ("- …", nested ones indented) and table rows (cells separated by " | ") have none.
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
    """Remove soft hyphens, zero-width spaces, word joiners and byte-order marks, which only guide typesetting."""
    return text.translate(_INVISIBLE_CHARACTERS)


def list_item(text: str, depth: int, number: int | None = None) -> Block:
    """Return the block of a list item at a depth (from 0), with its number or a bullet; the text's own bullet goes."""
    words = " ".join(strip_invisible(text).split()).lstrip(_BULLETS)
    mark = _BULLET if number is None else f"{number}. "
    return Block(f"{_INDENT * depth}{mark}{words}", LIST)


def table_row(cells: Iterable[str]) -> Block:
    """Return the block of a table row."""
    return Block(_CELL_SEPARATOR.join(" ".join(strip_invisible(cell).split()) for cell in cells).strip(), TABLE)


def normalise_whitespace(text: str) -> str:
    """Collapse white space to single spaces; line breaks are kept, empty lines removed."""
    return "\n".join(line for line in (" ".join(line.split()) for line in strip_invisible(text).split("\n")) if line)


def to_text(blocks: Iterable[Block]) -> str:
    """Return the plain text of the blocks; those without a letter or digit are dropped."""
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
