"""Analyses as tables in the terminal: a line for each agreement, in aligned columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile

from alliance_tui.export.labels import collapse_whitespace, count_noun, format_deadline
from alliance_tui.records import Agreement, Analysis, Document, Kind

_COLUMN_HEADINGS = ("line", "strength", "agreement", "parties", "deadline")
_DEFAULT_WIDTH = 120
_MIN_COLUMN_WIDTH = 8


def to_table(analyses: Iterable[Analysis], width: int = _DEFAULT_WIDTH) -> Iterator[str]:
    """Yield a table for each document, at most `width` terminal columns wide, below a line with its title and date."""
    separator = ""
    for analysis in analyses:
        yield separator + truncate(_heading(analysis), width) + "\n"
        agreements = [agreement for agreement in analysis.agreements if agreement.kind is Kind.AGREEMENT]
        if agreements:
            yield align_columns(
                [_COLUMN_HEADINGS, *(_row(analysis.document, agreement) for agreement in agreements)], width
            )
        separator = "\n"


def align_columns(rows: Iterable[Sequence[str]], width: int = _DEFAULT_WIDTH) -> str:
    """Return the rows in columns two spaces apart; while they exceed `width`, the widest column is narrowed."""
    cells = [[collapse_whitespace(cell) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > _MIN_COLUMN_WIDTH:
        widths[widths.index(max(widths))] -= 1
    return "".join("  ".join(map(_pad, row, widths)).rstrip() + "\n" for row in cells)


def _pad(cell: str, width: int) -> str:
    shown = truncate(cell, width)
    return shown + " " * (width - display_width(shown))


def truncate(text: str, width: int) -> str:
    """Return the text in at most `width` terminal columns, truncated with an ellipsis."""
    if display_width(text) <= width:
        return text
    room = width - 1
    widths = zip(text, accumulate(map(_character_width, text)), strict=True)
    fitting = takewhile(lambda pair: pair[1] <= room, widths)
    return "".join(character for character, _ in fitting).rstrip() + "…"


def display_width(text: str) -> int:
    """Return the number of terminal columns of a text: two for wide characters, none for combining ones (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _heading(analysis: Analysis) -> str:
    document = analysis.document
    agreements = sum(agreement.kind is Kind.AGREEMENT for agreement in analysis.agreements)
    parts = [document.title, document.date, count_noun(agreements, "agreement"), document.path]
    return " · ".join(collapse_whitespace(part) for part in parts if part)


def _row(document: Document, agreement: Agreement) -> tuple[str, ...]:
    return (
        str(document.text.count("\n", 0, agreement.evidence.start) + 1),
        agreement.strength.value if agreement.strength else "",
        agreement.title,
        ", ".join(agreement.parties),
        format_deadline(agreement),
    )
