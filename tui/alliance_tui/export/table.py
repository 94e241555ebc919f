"""A table for the eye: the records of each document, a line each, in aligned columns."""

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
    """A table for each document, at most `width` terminal columns wide: title and date, then a line an undertaking."""
    between = ""
    for analysis in analyses:
        yield between + _truncate(_heading(analysis), width) + "\n"
        undertakings = [agreement for agreement in analysis.agreements if agreement.kind is Kind.AGREEMENT]
        if undertakings:
            yield align_columns(
                [_COLUMN_HEADINGS, *(_row(analysis.document, agreement) for agreement in undertakings)], width
            )
        between = "\n"


def align_columns(rows: Iterable[Sequence[str]], width: int = _DEFAULT_WIDTH) -> str:
    """The rows in columns two spaces apart. Where they are wider than `width`, the widest columns are cut down."""
    cells = [[collapse_whitespace(cell) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > _MIN_COLUMN_WIDTH:
        widths[widths.index(max(widths))] -= 1
    return "".join("  ".join(map(_pad, row, widths)).rstrip() + "\n" for row in cells)


def _pad(cell: str, width: int) -> str:
    shown = _truncate(cell, width)
    return shown + " " * (width - display_width(shown))


def _truncate(text: str, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis where some of it is left out."""
    if display_width(text) <= width:
        return text
    room = width - 1
    shown = takewhile(lambda taken: taken[1] <= room, zip(text, accumulate(map(_character_width, text)), strict=True))
    return "".join(character for character, _ in shown).rstrip() + "…"


def display_width(text: str) -> int:
    """How many terminal columns a text takes: two for wide characters, none for combining ones (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _heading(analysis: Analysis) -> str:
    document = analysis.document
    undertakings = sum(agreement.kind is Kind.AGREEMENT for agreement in analysis.agreements)
    parts = [document.title, document.date, count_noun(undertakings, "agreement"), document.path]
    return " · ".join(collapse_whitespace(part) for part in parts if part)


def _row(document: Document, agreement: Agreement) -> tuple[str, ...]:
    return (
        str(document.text.count("\n", 0, agreement.evidence.start) + 1),
        agreement.strength.value if agreement.strength else "",
        agreement.title,
        ", ".join(agreement.parties),
        format_deadline(agreement),
    )
