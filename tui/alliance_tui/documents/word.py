"""Word documents (Office Open XML): paragraphs, headings, lists and tables in reading order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from alliance_tui.documents.blocks import Block, item, lines_of, row, text_of
from alliance_tui.documents.content import Content, UnreadableError
from alliance_tui.documents.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GROWTH = 100
"""How many times its size a file may unpack to: XML shrinks ten- to twentyfold, a bomb a thousandfold."""
_UNPACKED_FLOOR = 64_000_000


def read_word(data: bytes, limits: Limits) -> Content:
    """The document's text, insertions taken and deletions left out. Raises UnreadableError."""
    _check_size(data, limits)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise UnreadableError("is damaged: open it in a word processor and save it again") from error
    numbered = {style.style_id for style in document.styles if "List" in (style.name or "")}
    return Content(
        text_of(_blocks(document.element.body, numbered)), title=(document.core_properties.title or "").strip() or None
    )


def _check_size(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableError("is damaged or cut short: fetch it again") from error
    if unpacked > max(_UNPACKED_FLOOR, min(_GROWTH * len(data), limits.memory * 250_000)):
        raise UnreadableError(f"unpacks to {unpacked // 1_000_000:,} MB, too much to read: save its text alone")


def _blocks(parent: Any, numbered: set[str]) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, numbered)
        elif element.tag == f"{_W}tbl":
            for line in element.iter(f"{_W}tr"):
                yield row(_words(cell) for cell in line.iterchildren(f"{_W}tc"))
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(element, numbered)


def _paragraph(element: _Element, numbered: set[str]) -> Iterator[Block]:
    text = lines_of(_words(element))
    properties = element.find(f"{_W}pPr")
    listed = properties.find(f"{_W}numPr") if properties is not None else None
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    if text and (listed is not None or (style is not None and style.get(f"{_W}val") in numbered)):
        level = listed.find(f"{_W}ilvl") if listed is not None else None
        depth = int(level.get(f"{_W}val") or 0) if level is not None else 0
        yield item(text.replace("\n", " "), min(depth, 9))
    else:
        yield Block(text)


def _words(element: _Element) -> str:
    """All words under an element; tabs are spaces, line breaks new lines."""
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    for part in element:
        if part.tag in _SKIPPED or part.tag == _FALLBACK:
            continue
        if part.tag == f"{_W}t":
            yield part.text or ""
        elif part.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif part.tag == f"{_W}tab":
            yield " "
        elif part.tag == f"{_W}noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(part)
            if part.tag == f"{_W}p":
                yield "\n"
