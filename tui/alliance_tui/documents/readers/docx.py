"""Reader of Word documents (Office Open XML): paragraphs, headings, lists and tables in reading order."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from alliance_tui.documents.limits import Limits
from alliance_tui.documents.raw_document import NESTED_TOO_DEEPLY, RawDocument, UnreadableError
from alliance_tui.documents.readers.blocks import (
    Block,
    heading,
    lay_out,
    list_item,
    normalise_whitespace,
    paragraph,
    table_row,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED_TAGS = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr", _FALLBACK}
_SKIPPED_IN_CELLS = _SKIPPED_TAGS | {f"{_W}tbl"}
_WRAPPERS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml")
"""Elements around paragraphs, tables or cells: content controls, tracked insertions, markup of other programs."""
_MAX_LIST_DEPTH = 8
_MAX_STYLE_DEPTH = 10
_HEADING_STYLE = re.compile(r"title|heading ([1-9])")
_MEMORY_FACTOR = 16
"""The memory that a parsed document takes, as a multiple of its unpacked size."""


def read_docx(data: bytes, limits: Limits) -> RawDocument:
    """Read a Word document; tracked insertions are kept, deletions dropped. Raises UnreadableError."""
    _check_size(data, limits)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import ErrorTypes, XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, zlib.error, SyntaxError) as error:
        is_limit = isinstance(error, XMLSyntaxError) and error.code == ErrorTypes.ERR_RESOURCE_LIMIT
        if is_limit and "depth" in str(error):  # the code is that of other limits, too
            raise UnreadableError(NESTED_TOO_DEEPLY) from error
        raise UnreadableError("is damaged: open it in a word processor and save it again") from error
    blocks = _blocks(document.element.body, _ListNumbering(document), _heading_levels(document))
    return replace(lay_out(blocks), title=(document.core_properties.title or "").strip() or None)


def _heading_levels(document: WordDocument) -> dict[str, int]:
    """Return the heading level of each style: that of "Heading 2" is 2, "Title" counts as 1; styles inherit."""
    levels = {}
    for style in document.styles:
        ancestor: Any = style
        for _ in range(_MAX_STYLE_DEPTH):
            name = (getattr(ancestor, "name", None) or "").lower()
            if level := _HEADING_STYLE.fullmatch(name):
                levels[style.style_id] = int(level[1] or 1)
                break
            ancestor = getattr(ancestor, "base_style", None)
    return levels


class _ListNumbering:
    """The list items of a document and their numbers (ECMA-376, 17.9)."""

    def __init__(self, document: WordDocument) -> None:
        self._list_styles = {style.style_id for style in document.styles if "List" in (style.name or "")}
        self._formats: dict[tuple[str, int], str] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # the document has none
            return
        abstract = {kind.get(f"{_W}abstractNumId"): kind for kind in numbering.iterchildren(f"{_W}abstractNum")}
        for number in numbering.iterchildren(f"{_W}num"):
            kind = abstract.get(_attribute_value(number.find(f"{_W}abstractNumId")))
            for level in kind.iterchildren(f"{_W}lvl") if kind is not None else ():
                place = (number.get(f"{_W}numId"), int(level.get(f"{_W}ilvl")))
                self._formats[place] = _attribute_value(level.find(f"{_W}numFmt")) or "bullet"

    def to_list_item(self, properties: _Element | None, text: str) -> Block | None:
        """Return the block of a paragraph with these properties, or None where it is no list item."""
        if properties is None:
            return None
        listed = properties.find(f"{_W}numPr")
        if listed is None:
            return list_item(text, 0) if _style_id(properties) in self._list_styles else None
        list_ = _attribute_value(listed.find(f"{_W}numId")) or ""
        depth = min(int(_attribute_value(listed.find(f"{_W}ilvl")) or 0), _MAX_LIST_DEPTH)
        self._counts[list_, depth] += 1
        for deeper in range(depth + 1, _MAX_LIST_DEPTH + 1):
            del self._counts[list_, deeper]
        numbered = self._formats.get((list_, depth), "bullet") not in ("bullet", "none")
        return list_item(text, depth, self._counts[list_, depth] if numbered else None)


def _style_id(properties: _Element | None) -> str | None:
    return _attribute_value(properties.find(f"{_W}pStyle")) if properties is not None else None


def _attribute_value(element: _Element | None) -> str | None:
    return element.get(f"{_W}val") if element is not None else None


def _check_size(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableError("is damaged or cut short: fetch it again") from error
    megabytes = -(-unpacked // 1_000_000)
    if megabytes * _MEMORY_FACTOR > limits.memory:
        raise UnreadableError(
            f"unpacks to {megabytes:,} MB, too much for {limits.memory:,} MB of memory: save its text alone, "
            f"or raise --max-memory to {megabytes * _MEMORY_FACTOR}"
        )


def _blocks(parent: Any, numbering: _ListNumbering, heading_levels: Mapping[str, int]) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{_W}p":
            if text := normalise_whitespace(_element_text(element)):
                properties = element.find(f"{_W}pPr")
                item = numbering.to_list_item(properties, text)
                if level := heading_levels.get(_style_id(properties) or ""):
                    yield heading(item.text if item else text, level)
                else:
                    yield item or paragraph(text)
        elif element.tag == f"{_W}tbl":
            for line in element.iter(f"{_W}tr"):  # with those of tables in its cells, each after the row of its cell
                yield table_row(_element_text(cell, _SKIPPED_IN_CELLS) for cell in _cells(line))
        elif element.tag in _WRAPPERS:
            yield from _blocks(element, numbering, heading_levels)


def _cells(line: _Element) -> Iterator[_Element]:
    for part in line:
        if part.tag == f"{_W}tc":
            yield part
        elif part.tag in _WRAPPERS:
            yield from _cells(part)


def _element_text(element: _Element, skipped: Collection[str] = _SKIPPED_TAGS) -> str:
    """Return the text of an element without `skipped` elements; a tab becomes a space, a line break a newline."""
    return "".join(_text_runs(element, skipped))


def _text_runs(element: _Element, skipped: Collection[str]) -> Iterator[str]:
    for part in element:
        if part.tag in skipped:
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
            yield from _text_runs(part, skipped)
            if part.tag == f"{_W}p":
                yield "\n"
