"""Changes to the markup of a web page without which trafilatura leaves out text of it or joins its words.

The tree is lxml's, and is changed in place. What a browser shows stays the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE_PARTS = ("article", "main", "nav", "aside", "footer", "header", "form", "iframe")
"""Elements of a page that has more than an article, or marks the article."""
_DIVISIONS = ("address", "article", "center", "div", "header", "main", "section")
"""Elements that a page shows on lines of their own, and that trafilatura replaces by what they hold."""
_ITEMS = ("td", "th", "li", "dd")
_LEFT_OUT_OF_CELLS = ("blockquote", "details", "figcaption", "figure", "pre", "summary")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {*_DIVISIONS, *_LEFT_OUT_OF_CELLS, *_HEADINGS, "dd", "dl", "dt", "ol", "p", "table", "ul"}


def prepare(page: _Element) -> None:
    """Prepare a page for trafilatura."""
    _wrap_body_in_article(page)
    _keep_dates_in_sentences(page)
    _write_quotation_marks(page)
    for element in page.iter("center"):
        element.tag = "div"
    for element in page.iter("td", "th"):
        for part in element.iter(_LEFT_OUT_OF_CELLS):
            part.tag = "div"
    for element in page.iter(*_ITEMS, "blockquote"):
        _make_paragraphs_of_divisions(element)
    for element in page.iter(_DIVISIONS):
        element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"


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


def _keep_dates_in_sentences(page: _Element) -> None:
    """Put the text of a `time` element in an item, a cell or amid other text before the element; trafilatura drops it.

    The empty element keeps the date as an attribute, from which the page's own date may be read.
    """
    for time in list(page.iter("time")):
        parent = time.getparent()
        if parent is None or not (parent.tag in _ITEMS or f"{parent.text or ''}{time.tail or ''}".strip()):
            continue
        if "datetime" not in time.attrib:
            time.set("datetime", "".join(time.itertext()))
        words = time.makeelement("span")
        words.text, time.text = time.text, None
        words.extend(list(time))
        time.addprevious(words)


def _write_quotation_marks(page: _Element) -> None:
    """Write the quotation marks that a browser shows around a `q` element, which trafilatura takes for a paragraph."""
    for quotation in page.iter("q"):
        quotation.tag = "span"
        quotation.text = f"“{quotation.text or ''}"
        quotation.tail = f"”{quotation.tail or ''}"


def _make_paragraphs_of_divisions(element: _Element) -> None:
    """Make paragraphs of the divisions in an element that hold no other block."""
    for division in element.iter(_DIVISIONS):
        if not any(part.tag in _BLOCKS for part in division.iterdescendants()):
            division.tag = "p"
