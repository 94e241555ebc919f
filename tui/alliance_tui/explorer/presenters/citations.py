"""What is copied: a record's own words, and a citation by which another reader finds them."""

from __future__ import annotations

from alliance_tui.records import Agreement, Analysis, Document, Entity, Span


def citation_span(record: Entity | Agreement) -> Span:
    """The evidence of an agreement, the first mention of an entity."""
    return record.evidence if isinstance(record, Agreement) else record.mentions[0].span


def quote(record: Entity | Agreement) -> str:
    """The words of the text that the record stands on, on one line."""
    return " ".join(citation_span(record).quote.split())


def citation(analysis: Analysis, record: Entity | Agreement) -> str:
    """The quote, the document's title and date, and the place: page or paragraph, and characters."""
    document, span = analysis.document, citation_span(record)
    where = [document.title, document.date, location(document, span), document.source or document.path]
    return f"“{quote(record)}” ({', '.join(part for part in where if part)})"


def location(document: Document, span: Span) -> str:
    """Where the span stands: its page, or else its paragraph (from 1, blank lines not counted), and its characters."""
    page = document.page_of(span.start)
    above = document.text[: span.start].split("\n")
    paragraph = sum(bool(line.strip()) for line in above[:-1]) + 1
    place = f"page {page}" if page else f"paragraph {paragraph}"
    return f"{place}, characters {span.start}–{span.end}"
