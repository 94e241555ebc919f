"""Reader of saved web pages: trafilatura separates the article and its metadata from the rest of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.documents.raw_document import NESTED_TOO_DEEPLY, RawDocument, UnreadableError
from alliance_tui.documents.readers.blocks import Block, heading, lay_out, list_item, paragraph, table_row

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE_PARTS = ("article", "main", "nav", "aside", "footer", "header", "form", "iframe")
"""Elements of a page that has more than an article, or marks the article."""
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
    _wrap_body_in_article(page)
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


def _wrap_body_in_article(page: _Element) -> None:
    """Wrap the body of a bare page, as word processors and converters export it, in an article element.

    Without one, trafilatura would keep only the paragraphs of such a page.
    """
    body = page.find(".//body")
    if body is None or any(next(page.iter(tag), None) is not None for tag in _PAGE_PARTS):
        return
    article = body.makeelement("article")
    article.text, body.text = body.text, None
    article.extend(list(body))
    body.append(article)


def _blocks(parent: _Element) -> Iterator[Block]:
    """Yield the blocks of trafilatura's tree, whose elements follow TEI."""
    for element in parent:
        match element.tag:
            case "head":
                yield heading(_element_text(element), _heading_level(element))
            case "list":
                yield from _list_items(element, 0)
            case "table":
                yield from (
                    table_row(_element_text(cell) for cell in line.iter("cell")) for line in element.iter("row")
                )
            case "div" | "quote" if len(element) and element.find(".//p") is not None:
                yield from _blocks(element)
            case _:
                yield paragraph(_element_text(element))


def _heading_level(element: _Element) -> int:
    """Return the level of a heading, which trafilatura keeps as the name of the HTML element."""
    level = (element.get("rend") or "").removeprefix("h")
    return int(level) if level.isdecimal() else 1


def _list_items(element: _Element, depth: int) -> Iterator[Block]:
    numbered = element.get("rend") == "ol"
    for number, entry in enumerate(element.iterchildren("item"), 1):
        nested = [part for part in entry if part.tag == "list"]
        for part in nested:
            entry.remove(part)
        yield list_item(" ".join(_element_text(entry).split()), depth, number if numbered else None)
        for part in nested:
            yield from _list_items(part, depth + 1)


def _element_text(element: _Element) -> str:
    """Return the text of an element, with the line breaks that the page shows, not those of its source."""
    return "".join(_text_runs(element))


def _text_runs(element: _Element) -> Iterator[str]:
    yield (element.text or "").replace("\n", " ")
    for part in element:
        if part.tag == "lb":
            yield "\n"
        yield from _text_runs(part)
        yield (part.tail or "").replace("\n", " ")
