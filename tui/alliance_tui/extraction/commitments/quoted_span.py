"""The span that a record quotes: its evidence, as far as what makes the undertaking checkable."""

from __future__ import annotations

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.records import Deadline

_MARKS = {"“": "”", "‘": "’"}
"""Quotation marks that open, each with the one that closes."""


def find_quoted_span(located: LocatedCandidate, deadline: Deadline | None) -> tuple[int, int]:
    """Return the offsets of a candidate's evidence, with its deadline and the quotation that it opens.

    A deadline after the evidence in the same sentence belongs to it. A quotation that begins with the evidence and ends
    behind the sentence is entered after its mark.
    """
    base, text = located.passage.offset, located.passage.text
    sentence_end = base + located.sentence.end_char
    start, end = located.start, located.end
    if deadline is not None and end < deadline.span.end <= sentence_end:
        end = deadline.span.end
    quote = text[start - base : end - base]
    for opening, closing in _MARKS.items():
        if quote.rfind(opening) <= _last_closing(quote, closing):
            continue
        closing_at = _closing_after(text, closing, end - base, sentence_end - base)
        if closing_at is not None:
            end = base + closing_at + 1
        elif quote.startswith(opening):
            start += 1
    return start, end


def _last_closing(quote: str, mark: str) -> int:
    """Return the offset of the last closing mark, -1 without one; an apostrophe within a word is none."""
    return max((i for i, sign in enumerate(quote) if sign == mark and not quote[i + 1 : i + 2].isalnum()), default=-1)


def _closing_after(text: str, mark: str, start: int, end: int) -> int | None:
    """Return the offset of the first closing mark from `start` on, before `end`."""
    return next((i for i in range(start, end) if text[i] == mark and not text[i + 1 : i + 2].isalnum()), None)
