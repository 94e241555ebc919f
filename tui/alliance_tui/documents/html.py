"""Saved web pages: trafilatura finds the article among navigation and advertisement, and what the page says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.documents.blocks import Block, item, lines_of, row, text_of
from alliance_tui.documents.content import Content, UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_html(data: bytes | str) -> Content:
    """The article of a page. Nothing that the page refers to is fetched. Raises UnreadableError where there is none."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        data,
        favor_recall=True,
        include_tables=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or isinstance(found, dict) or found.body is None:
        raise UnreadableError("holds no readable article: save the page as text")
    return Content(text_of(_blocks(found.body)), title=found.title, date=found.date, source=found.sitename or found.url)


def _blocks(parent: _Element) -> Iterator[Block]:
    """The blocks of trafilatura's tree (its elements follow TEI)."""
    for element in parent:
        match element.tag:
            case "list":
                yield from _items(element, 0)
            case "table":
                yield from (row(_words(cell) for cell in line.iter("cell")) for line in element.iter("row"))
            case "div" | "quote" if len(element) and element.find(".//p") is not None:
                yield from _blocks(element)
            case _:
                yield Block(lines_of(_words(element)))


def _items(element: _Element, depth: int) -> Iterator[Block]:
    numbered = element.get("rend") == "ol"
    for number, entry in enumerate(element.iterchildren("item"), 1):
        inner = [part for part in entry if part.tag == "list"]
        for part in inner:
            entry.remove(part)
        yield item(" ".join(_words(entry).split()), depth, number if numbered else None)
        for part in inner:
            yield from _items(part, depth + 1)


def _words(element: _Element) -> str:
    """All text under an element, with line breaks where the page has them."""
    for line_break in element.iter("lb"):
        line_break.text = "\n"
    return "".join(element.itertext())
