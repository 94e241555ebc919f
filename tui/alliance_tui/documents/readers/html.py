"""Saved web pages: trafilatura finds the article among navigation and advertisement, and what the page says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.documents.raw_document import Content, UnreadableError
from alliance_tui.documents.readers.blocks import Block, item, lines_of, row, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = ("article", "main", "nav", "aside", "footer", "header", "form", "iframe")
"""The elements of a page that has more on it than a document, or says which part that is."""


def read_html(data: bytes | str) -> Content:
    """The article of a page. Nothing that the page refers to is fetched. Raises UnreadableError where there is none."""
    from trafilatura import bare_extraction, load_html

    page = load_html(data)
    if page is None:
        raise UnreadableError("holds no page: save it again, or save its text")
    _mark_article(page)
    found = bare_extraction(
        page,
        favor_recall=True,
        include_tables=True,
        include_formatting=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or isinstance(found, dict) or found.body is None:
        raise UnreadableError("holds no readable article: save the page as text")
    return Content(text_of(_blocks(found.body)), title=found.title, date=found.date, source=found.sitename or found.url)


def _mark_article(page: _Element) -> None:
    """Call the whole of a bare page an article, as word processors and converters export it; of such a page without
    the mark, trafilatura would keep the paragraphs only.
    """
    body = page.find(".//body")
    if body is None or any(next(page.iter(tag), None) is not None for tag in _PARTS):
        return
    article = body.makeelement("article")
    article.text, body.text = body.text, None
    article.extend(list(body))
    body.append(article)


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
    """All text under an element: line breaks where the page shows them, not where its source has them."""
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    yield (element.text or "").replace("\n", " ")
    for part in element:
        if part.tag == "lb":
            yield "\n"
        yield from _pieces(part)
        yield (part.tail or "").replace("\n", " ")
