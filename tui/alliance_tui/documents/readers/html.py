"""Reader of saved web pages: trafilatura separates the article and its metadata from the rest of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.documents.raw_document import NESTED_TOO_DEEPLY, RawDocument, UnreadableError
from alliance_tui.documents.readers.blocks import Block, heading, lay_out, list_item, paragraph, table_row
from alliance_tui.documents.readers.page_preparation import prepare

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE = frozenset({"code", "del", "graphic", "hi", "ref", "lb"})
"""Elements of trafilatura's tree that are part of a line, or end one."""
_CHARACTER_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));?")


def read_html(data: bytes | str) -> RawDocument:
    """Read the article of a page; nothing is fetched. Raises UnreadableError where there is none."""
    from lxml.etree import ErrorTypes
    from trafilatura import bare_extraction, load_html
    from trafilatura.utils import HTML_PARSER

    source = data.encode("utf-8", "replace") if isinstance(data, str) else data
    page = load_html(_CHARACTER_REFERENCE.sub(_without_forbidden_reference, source))
    if page is None:
        raise UnreadableError("holds no page: save it again, or save its text")
    if HTML_PARSER.error_log.filter_types(ErrorTypes.ERR_RESOURCE_LIMIT):
        raise UnreadableError(NESTED_TOO_DEEPLY)  # lxml has left out all that follows
    prepare(page)
    article = bare_extraction(
        page,
        favor_recall=True,
        include_tables=True,
        include_formatting=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if article is None or isinstance(article, dict) or article.body is None:
        raise UnreadableError("holds no readable article: save the page as text")
    raw = lay_out(_blocks(article.body))
    return replace(raw, title=article.title, date=article.date, source=article.sitename or article.url)


def _without_forbidden_reference(reference: re.Match[bytes]) -> bytes:
    """Return the reference, or that of U+FFFD where HTML forbids it: lxml drops a page with a forbidden one."""
    code_point = int(reference[1], 16) if reference[1] else int(reference[2])
    return reference[0] if _is_allowed(code_point) else b"&#65533;"


def _is_allowed(code_point: int) -> bool:
    """Return whether XML 1.0, in which lxml keeps text, allows the character."""
    return (
        code_point in (0x9, 0xA, 0xD)
        or 0x20 <= code_point <= 0xD7FF
        or 0xE000 <= code_point <= 0xFFFD
        or 0x10000 <= code_point <= 0x10FFFF
    )


def _blocks(parent: _Element) -> Iterator[Block]:
    """Yield the blocks of an element of trafilatura's tree (which follows TEI), and its own text between them."""
    runs = [_line(parent.text)]
    for element in parent:
        if element.tag in _INLINE:
            runs += _text_runs(element)
        else:
            yield paragraph("".join(runs))
            runs = []
            yield from _block(element)
        runs.append(_line(element.tail))
    yield paragraph("".join(runs))


def _block(element: _Element) -> Iterator[Block]:
    match element.tag:
        case "head":
            yield heading(_element_text(element), _heading_level(element))
        case "list":
            yield from _list_items(element, 0)
        case "table":
            yield from (table_row(_element_text(cell) for cell in line.iter("cell")) for line in element.iter("row"))
        case _:
            yield from _blocks(element)


def _heading_level(element: _Element) -> int:
    """Return the level of a heading, which trafilatura keeps as the name of the HTML element."""
    level = (element.get("rend") or "").removeprefix("h")
    return int(level) if level.isdecimal() else 1


def _list_items(element: _Element, depth: int) -> Iterator[Block]:
    """Yield the items of a list, each with those of the lists that it holds, and its text behind these."""
    numbers = count(1) if element.get("rend") == "ol" else None
    for entry in element:
        if entry.tag == "list":
            yield from _list_items(entry, depth + 1)
            continue
        item: Callable[[str], Block] = partial(list_item, depth=depth, number=next(numbers) if numbers else None)
        runs = [_line(entry.text)]
        for part in entry:
            if part.tag == "list":
                yield item("".join(runs))
                item, runs = paragraph, []
                yield from _list_items(part, depth + 1)
            else:
                runs += _text_runs(part)
            runs.append(_line(part.tail))
        yield item("".join(runs))


def _element_text(element: _Element) -> str:
    """Return the text of an element, with the line breaks that the page shows, not those of its source."""
    return "".join(_text_runs(element))


def _text_runs(element: _Element) -> Iterator[str]:
    """Yield pieces of the text of an element; what it holds but inline elements stands on lines of its own."""
    edge = "" if element.tag in _INLINE and element.tag != "lb" else "\n"
    yield edge + _line(element.text)
    for part in element:
        yield from _text_runs(part)
        yield _line(part.tail)
    yield edge


def _line(text: str | None) -> str:
    """Return a text of the page's source without its line breaks, which the page does not show."""
    return (text or "").replace("\n", " ")
