"""A table for the eye: the records of each document, a line each, in aligned columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile

from alliance_tui.export.labels import counted, deadline, one_line
from alliance_tui.records import Agreement, Analysis, Document, Kind

_HEADINGS = ("line", "strength", "agreement", "parties", "deadline")
_WIDTH = 120
_NARROWEST = 8


def table(analyses: Iterable[Analysis], width: int = _WIDTH) -> Iterator[str]:
    """A table for each document, at most `width` terminal columns wide: title and date, then a line an undertaking."""
    between = ""
    for analysis in analyses:
        yield between + _shortened(_heading(analysis), width) + "\n"
        undertakings = [agreement for agreement in analysis.agreements if agreement.kind is Kind.AGREEMENT]
        if undertakings:
            yield aligned([_HEADINGS, *(_row(analysis.document, agreement) for agreement in undertakings)], width)
        between = "\n"


def aligned(rows: Iterable[Sequence[str]], width: int = _WIDTH) -> str:
    """The rows in columns two spaces apart. Where they are wider than `width`, the widest columns are cut down."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return "".join("  ".join(map(_padded, row, widths)).rstrip() + "\n" for row in cells)


def _padded(cell: str, width: int) -> str:
    shown = _shortened(cell, width)
    return shown + " " * (width - columns(shown))


def _shortened(text: str, width: int) -> str:
    """The text in at most `width` columns, with an ellipsis where some of it is left out."""
    if columns(text) <= width:
        return text
    room = width - 1
    shown = takewhile(lambda taken: taken[1] <= room, zip(text, accumulate(map(_width, text)), strict=True))
    return "".join(character for character, _ in shown).rstrip() + "…"


def columns(text: str) -> int:
    """How many terminal columns a text takes: two for wide characters, none for combining ones (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _heading(analysis: Analysis) -> str:
    document = analysis.document
    undertakings = sum(agreement.kind is Kind.AGREEMENT for agreement in analysis.agreements)
    parts = [document.title, document.date, counted(undertakings, "agreement"), document.path]
    return " · ".join(one_line(part) for part in parts if part)


def _row(document: Document, agreement: Agreement) -> tuple[str, ...]:
    return (
        str(document.text.count("\n", 0, agreement.evidence.start) + 1),
        agreement.strength.value if agreement.strength else "",
        agreement.title,
        ", ".join(agreement.parties),
        deadline(agreement),
    )
