"""Texts to copy: a record's quote, and a citation by which another reader finds it.

A citation names the document by title, date and source, and the place by page or paragraph: what another reader has
too, unlike a local path or offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from alliance_tui.export.interchange.bibliography import publisher, source_address
from alliance_tui.export.markdown import escape_markdown
from alliance_tui.records import Agreement, Analysis, Document, Entity, Span


def citation_span(record: Entity | Agreement) -> Span:
    """Return the span that is quoted: an agreement's evidence, an entity's first mention."""
    return record.evidence if isinstance(record, Agreement) else record.mentions[0].span


def quote(record: Entity | Agreement) -> str:
    """Return the record's words in the text, on one line."""
    return " ".join(citation_span(record).quote.split())


def citation(analysis: Analysis, record: Entity | Agreement, style: str = "plain") -> str:
    """Return the quote with its source, in one of STYLES or by a template such as "{quote} ({title}, {date})".

    A template may name quote, title, date, source, address and place; what the document lacks is left empty.
    """
    parts = _parts(analysis.document, record)
    return STYLES[style](parts) if style in STYLES else _by_template(style, parts)


def location(document: Document, span: Span) -> str:
    """Return the span's location: its page or else its paragraph (from 1, without blank lines)."""
    page = document.page_of(span.start)
    lines_above = document.text[: span.start].split("\n")
    paragraph = sum(bool(line.strip()) for line in lines_above[:-1]) + 1
    return f"page {page}" if page else f"paragraph {paragraph}"


def _parts(document: Document, record: Entity | Agreement) -> dict[str, str]:
    return {
        "quote": quote(record),
        "title": " ".join(document.title.split()),
        "date": document.date or "",
        "source": publisher(document) or "",
        "address": source_address(document) or "",
        "place": location(document, citation_span(record)),
    }


def _plain(parts: Mapping[str, str]) -> str:
    details = [parts[name] for name in ("title", "date", "place", "source", "address")]
    return f"“{parts['quote']}” ({', '.join(filter(None, details))})"


def _chicago(parts: Mapping[str, str]) -> str:
    """Return a note by the Chicago Manual of Style (17th ed., 14.191 and 14.206): source, title, date, place, URL."""
    details = [f"“{parts['title']},”", *([f"{parts['source']},"] if parts["source"] else [])]
    dated = _written_date(parts["date"])
    place = parts["place"].replace("paragraph", "par.").replace("page", "p.")
    tail = ", ".join(filter(None, [dated, place, parts["address"]]))
    return f"“{parts['quote']}” {' '.join(details)} {tail}."


def _written_date(iso: str) -> str:
    if not iso:
        return ""
    day = date.fromisoformat(iso)
    return f"{day:%B} {day.day}, {day.year}"


def _markdown(parts: Mapping[str, str]) -> str:
    title = escape_markdown(parts["title"])
    linked = f"[{title}](<{parts['address']}>)" if parts["address"] else title
    details = [linked, *(escape_markdown(parts[name]) for name in ("source", "date", "place") if parts[name])]
    return f"> {escape_markdown(parts['quote'])}\n>\n> — {', '.join(details)}"


def _by_template(template: str, parts: Mapping[str, str]) -> str:
    text = template
    for name, value in parts.items():
        text = text.replace(f"{{{name}}}", value)
    return text


STYLES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "plain": _plain,
    "chicago": _chicago,
    "markdown": _markdown,
}
"""The styles of citations by name."""
