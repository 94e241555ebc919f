"""CSV: a row for each record of every kind, in columns named as in JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from alliance_tui.export.json_values import agreement_to_json
from alliance_tui.records import Agreement, Analysis

_DOCUMENT_COLUMNS = ("path", "document_title", "document_date")
_RECORD_COLUMNS = (
    *("id", "kind", "title", "strength", "parties", "reaffirms", "deadline", "deadline_text"),
    *("deadline_earliest", "deadline_latest", "amounts", "instrument", "instrument_role", "domain", "attribution"),
    *("same_as", "section", "page", "line", "start", "end", "anchor", "quote", "rule", "confidence"),
)

_FORMULA_START = re.compile(r"""(?: ^ | [;\t]"* )(?=[=+\-@\t\r\n＝＋－＠])""", re.VERBOSE)
"""What a formula follows: the beginning of a cell, also of one where semicolons or tabs separate cells."""


def to_csv(analyses: Iterable[Analysis]) -> Iterator[str]:
    """Yield the rows of the analyses, below a row of column names; lists are joined with "; "."""
    yield csv_row((*_DOCUMENT_COLUMNS, *_RECORD_COLUMNS))
    for analysis in analyses:
        document = analysis.document
        for agreement in analysis.agreements:
            cells = _record_cells(analysis, agreement)
            yield csv_row([document.path, document.title, document.date, *(cells.get(key) for key in _RECORD_COLUMNS)])


def _record_cells(analysis: Analysis, agreement: Agreement) -> dict[str, object]:
    return agreement_to_json(agreement) | {
        "parties": "; ".join(agreement.parties),
        "amounts": "; ".join(amount.span.quote for amount in agreement.amounts),
        "anchor": agreement.trigger.quote,
        "line": analysis.document.text.count("\n", 0, agreement.evidence.start) + 1,
    }


def csv_row(cells: Iterable[object]) -> str:
    """Return a row as a line."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def _cell(value: object) -> object:
    """Return a value as a cell; what a spreadsheet would run as a formula gets an apostrophe before it (OWASP)."""
    if isinstance(value, bool):
        return str(value).lower()
    return _FORMULA_START.sub(r"\g<0>'", value) if isinstance(value, str) else value
