"""Spans of documents, by the words that they quote."""

from __future__ import annotations

from alliance_tui.records import Document, Span


def span_of(document: Document, words: str, occurrence: int = 0, *, start: int = 0) -> Span:
    """Return the span of an occurrence of the words (from 0) at or after `start`. Raises ValueError without one."""
    at = document.text.index(words, start)
    for _ in range(occurrence):
        at = document.text.index(words, at + 1)
    return document.span(at, at + len(words))
