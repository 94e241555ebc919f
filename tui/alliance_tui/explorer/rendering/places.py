"""Places in a document in words: paragraph and page."""

from __future__ import annotations

from alliance_tui.records import Document, Span


def place(document: Document, span: Span) -> str:
    """Return the span's paragraph (from 1, without blank lines) and, where the source has pages, its page."""
    lines_above = document.text[: span.start].split("\n")
    paragraph = f"paragraph {sum(bool(line.strip()) for line in lines_above[:-1]) + 1}"
    page = document.page_of(span.start)
    return f"{paragraph}, page {page}" if page else paragraph
