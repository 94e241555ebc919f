"""Word documents (Office Open XML): paragraphs, headings, lists and tables in reading order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from alliance_tui.documents.limits import Limits
from alliance_tui.documents.raw_document import Content, UnreadableError
from alliance_tui.documents.readers.blocks import Block, item, lines_of, row, text_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DEEPEST = 8
_TREE = 16
"""How many times its size a file may take in memory once it is unpacked and its elements are made."""


def read_word(data: bytes, limits: Limits) -> Content:
    """The document's text, insertions taken and deletions left out. Raises UnreadableError."""
    _check_size(data, limits)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, zlib.error, SyntaxError) as error:
        raise UnreadableError("is damaged: open it in a word processor and save it again") from error
    lists = _Lists(document)
    return Content(
        text_of(_blocks(document.element.body, lists)), title=(document.core_properties.title or "").strip() or None
    )


class _Lists:
    """Which paragraphs are list items, and their numbers (ECMA-376, 17.9)."""

    def __init__(self, document: WordDocument) -> None:
        self._styles = {style.style_id for style in document.styles if "List" in (style.name or "")}
        self._formats: dict[tuple[str, int], str] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # the document has none
            return
        abstract = {kind.get(f"{_W}abstractNumId"): kind for kind in numbering.iterchildren(f"{_W}abstractNum")}
        for number in numbering.iterchildren(f"{_W}num"):
            kind = abstract.get(_value(number.find(f"{_W}abstractNumId")))
            for level in kind.iterchildren(f"{_W}lvl") if kind is not None else ():
                place = (number.get(f"{_W}numId"), int(level.get(f"{_W}ilvl")))
                self._formats[place] = _value(level.find(f"{_W}numFmt")) or "bullet"

    def item(self, properties: _Element | None, text: str) -> Block | None:
        """The paragraph with these properties as a list item; None where it is none."""
        if properties is None:
            return None
        listed = properties.find(f"{_W}numPr")
        if listed is None:
            return item(text, 0) if _value(properties.find(f"{_W}pStyle")) in self._styles else None
        list_ = _value(listed.find(f"{_W}numId")) or ""
        depth = min(int(_value(listed.find(f"{_W}ilvl")) or 0), _DEEPEST)
        self._counts[list_, depth] += 1
        for deeper in range(depth + 1, _DEEPEST + 1):
            del self._counts[list_, deeper]
        numbered = self._formats.get((list_, depth), "bullet") not in ("bullet", "none")
        return item(text, depth, self._counts[list_, depth] if numbered else None)


def _value(element: _Element | None) -> str | None:
    return element.get(f"{_W}val") if element is not None else None


def _check_size(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableError("is damaged or cut short: fetch it again") from error
    megabytes = -(-unpacked // 1_000_000)
    if megabytes * _TREE > limits.memory:
        raise UnreadableError(
            f"unpacks to {megabytes:,} MB, too much for {limits.memory:,} MB of memory: save its text alone, "
            f"or raise --max-memory to {megabytes * _TREE}"
        )


def _blocks(parent: Any, lists: _Lists) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{_W}p":
            text = lines_of(_words(element))
            if text:
                yield lists.item(element.find(f"{_W}pPr"), text) or Block(text)
        elif element.tag == f"{_W}tbl":
            for line in element.iter(f"{_W}tr"):
                yield row(_words(cell) for cell in line.iterchildren(f"{_W}tc"))
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(element, lists)


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
