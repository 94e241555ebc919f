"""Texts to copy: a record's quote, and a citation by which another reader finds it."""

from __future__ import annotations

from alliance_tui.records import Agreement, Analysis, Document, Entity, Span


def citation_span(record: Entity | Agreement) -> Span:
    """Return the span that is quoted: an agreement's evidence, an entity's first mention."""
    return record.evidence if isinstance(record, Agreement) else record.mentions[0].span


def quote(record: Entity | Agreement) -> str:
    """Return the record's words in the text, on one line."""
    return " ".join(citation_span(record).quote.split())


def citation(analysis: Analysis, record: Entity | Agreement) -> str:
    """Return the quote with the document's title and date and the quote's location."""
    document, span = analysis.document, citation_span(record)
    details = [document.title, document.date, location(document, span), document.source or document.path]
    return f"“{quote(record)}” ({', '.join(part for part in details if part)})"


def location(document: Document, span: Span) -> str:
    """Return the span's location: its page or else its paragraph (from 1, without blank lines), and its characters."""
    page = document.page_of(span.start)
    lines_above = document.text[: span.start].split("\n")
    paragraph = sum(bool(line.strip()) for line in lines_above[:-1]) + 1
    located = f"page {page}" if page else f"paragraph {paragraph}"
    return f"{located}, characters {span.start}–{span.end}"
