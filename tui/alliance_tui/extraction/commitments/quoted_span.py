"""The span that a record quotes: its evidence, as far as what makes the undertaking checkable."""

from __future__ import annotations

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.syntax import is_nominal, is_verb
from alliance_tui.records import Deadline

_MARKS = {"“": "”", "‘": "’"}
"""Quotation marks that open, each with the one that closes."""
_BETWEEN = " ,:;–—-"
"""Signs that may stand between a date and the clause that it opens, and with which no quote ends."""


def find_quoted_span(located: LocatedCandidate, deadline: Deadline | None) -> tuple[int, int]:
    """Return the offsets of a candidate's evidence, with its deadline and the quotation that it opens.

    A deadline beside the evidence in the same sentence belongs to it. A quotation that begins with the evidence and
    ends behind the sentence is entered after its mark.
    """
    base, text = located.passage.offset, located.passage.text
    start, end = _with_deadline(located, deadline)
    start, end = _with_quotation(located, start, end)
    start = _after_parenthesis(text[start - base : located.trigger_start - base], start)
    quote = text[start - base : end - base]
    return start, end - (len(quote) - len(quote.rstrip(_BETWEEN)))


def _with_deadline(located: LocatedCandidate, deadline: Deadline | None) -> tuple[int, int]:
    """Return the offsets of the evidence with a deadline after it, or with one that opens its clause.

    Example of the latter: "[On 7 May,] she will".
    """
    start, end = located.start, located.end
    if deadline is None:
        return start, end
    base, span = located.passage.offset, deadline.span
    sentence_start, sentence_end = located.sentence_start, base + located.sentence.end_char
    if end < span.end <= sentence_end:
        end = _end_of_noun_phrase(located, span.end)
    elif sentence_start <= span.start and span.end <= start:
        between = located.passage.text[span.end - base : start - base]
        start = start if between.strip(_BETWEEN) else span.start
    return start, end


def _end_of_noun_phrase(located: LocatedCandidate, end: int) -> int:
    """Return the end of the noun phrase that a date before its noun belongs to: "the 18–20 May [Conference]"."""
    token = located.passage.token_at(end - 1)
    for word in token.ancestors if token is not None else ():
        if is_verb(word):
            break
        if is_nominal(word) and word.idx + located.passage.offset >= end:
            return located.passage.offset + word.idx + len(word)
    return end


def _with_quotation(located: LocatedCandidate, start: int, end: int) -> tuple[int, int]:
    """Return a span with the whole of a quotation that it opens, or after the mark where that goes on behind it."""
    base, text = located.passage.offset, located.passage.text
    sentence_end = located.sentence.end_char
    for opening, closing in _MARKS.items():
        quote = text[start - base : end - base]
        opened_at = quote.rfind(opening)
        if opened_at <= _last_closing(quote, closing):
            continue
        closing_at = _closing_after(text, closing, end - base, sentence_end)
        if closing_at is not None:
            end = base + closing_at + 1
        elif start + opened_at < located.trigger_start:
            start += opened_at + 1
    return start, end


def _after_parenthesis(before: str, start: int) -> int:
    """Return the start behind a parenthesis that was opened earlier: "(IAEA), Norway will" begins with "Norway".

    `before` is the quote up to its trigger.
    """
    closed = before.find(")")
    if closed < 0 or "(" in before[:closed]:
        return start
    rest = before[closed + 1 :]
    return start + closed + 1 + len(rest) - len(rest.lstrip(_BETWEEN))


def _last_closing(quote: str, mark: str) -> int:
    """Return the offset of the last closing mark, -1 without one; an apostrophe within a word is none."""
    return max((i for i, sign in enumerate(quote) if sign == mark and not quote[i + 1 : i + 2].isalnum()), default=-1)


def _closing_after(text: str, mark: str, start: int, end: int) -> int | None:
    """Return the offset of the first closing mark from `start` on, before `end`."""
    return next((i for i in range(start, end) if text[i] == mark and not text[i + 1 : i + 2].isalnum()), None)
