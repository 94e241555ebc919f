"""A table for the eye: the records of each document, a line each, in aligned columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from alliance_tui.export.words import counted, deadline, one_line
from alliance_tui.records import Agreement, Analysis, Document, Kind

_HEADINGS = ("line", "strength", "agreement", "parties", "deadline")
_WIDEST = 72


def table(analyses: Iterable[Analysis]) -> Iterator[str]:
    """A table for each document: its title and date, then a line for each undertaking, in reading order."""
    between = ""
    for analysis in analyses:
        yield between + _heading(analysis) + "\n"
        undertakings = [agreement for agreement in analysis.agreements if agreement.kind is Kind.AGREEMENT]
        if undertakings:
            yield aligned([_HEADINGS, *(_row(analysis.document, agreement) for agreement in undertakings)])
        between = "\n"


def aligned(rows: Iterable[Sequence[str]]) -> str:
    """The rows in columns two spaces apart, each as wide as its widest cell in terminal columns."""
    cells = [[_shortened(cell) for cell in row] for row in rows]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    return "".join(
        "  ".join(cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in cells
    )


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


def _shortened(cell: str) -> str:
    line = one_line(cell)
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1].rstrip() + "…"
