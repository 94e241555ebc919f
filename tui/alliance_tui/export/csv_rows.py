"""CSV: a row for each record of every kind, in columns named as in JSON."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from alliance_tui.export.json_values import agreement_to_json, review_to_json
from alliance_tui.export.labels import format_amount
from alliance_tui.export.provenance import provenance
from alliance_tui.export.table_order import sorted_agreements
from alliance_tui.records import Agreement
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

_DOCUMENT_COLUMNS = ("path", "document_title", "document_date")
_RECORD_COLUMNS = (
    *("id", "kind", "title", "strength", "parties", "reaffirms", "deadline", "deadline_text"),
    *("deadline_earliest", "deadline_latest", "amounts", "instrument", "instrument_role", "domain", "attribution"),
    *("same_as", "section", "page", "line", "start", "end", "anchor", "quote", "rule", "confidence"),
)
REVIEW_COLUMNS = ("judgement", "corrected", "reviewer", "reviewed", "tags", "note")
PROVENANCE_COLUMNS = ("program", "extraction", "model", "manual")
COLUMNS = (*_DOCUMENT_COLUMNS, *_RECORD_COLUMNS, *REVIEW_COLUMNS, *PROVENANCE_COLUMNS)
"""The columns of a row, in their order: of the document, of the record, of what the reader did with it, and of what
made it."""

_FORMULA_START = re.compile(r"""(?: ^ | [;\t]"* )(?=[=+\-@\t\r\n＝＋－＠])""", re.VERBOSE)
"""What a formula follows: the beginning of a cell, also of one where semicolons or tabs separate cells."""


def to_csv(documents: Iterable[ReviewedAnalysis], columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    """Yield the rows of the documents, below a row of column names; lists are joined with "; "."""
    yield csv_row(columns)
    for reviewed in documents:
        for agreement in reviewed.analysis.agreements:
            cells = record_cells(reviewed, agreement)
            yield csv_row(cells.get(column) for column in columns)


def to_sorted_csv(
    documents: Iterable[ReviewedAnalysis], columns: Sequence[str], order: str, *, turned_round: bool
) -> Iterator[str]:
    """Yield the rows of all documents in one order (see `table_order`), below a row of column names."""
    records: list[Agreement] = []
    rows: dict[int, str] = {}
    for reviewed in documents:
        for agreement in reviewed.analysis.agreements:
            cells = record_cells(reviewed, agreement)
            records.append(agreement)
            rows[id(agreement)] = csv_row(cells.get(column) for column in columns)
    yield csv_row(columns)
    for agreement in sorted_agreements(records, order, turned_round=turned_round):
        yield rows[id(agreement)]


def record_cells(reviewed: ReviewedAnalysis, agreement: Agreement) -> dict[str, object]:
    """Return the values of a record by column."""
    document = reviewed.analysis.document
    review = review_to_json(reviewed.reviews.get(agreement.id))
    return agreement_to_json(agreement) | {
        "path": document.path,
        "document_title": document.title,
        "document_date": document.date,
        "parties": "; ".join(agreement.parties),
        "amounts": "; ".join(format_amount(agreement, amount) for amount in agreement.amounts),
        "anchor": agreement.trigger.quote,
        "line": document.text.count("\n", 0, agreement.evidence.start) + 1,
        "judgement": review["judgement"],
        "corrected": "; ".join((*review["corrected"], *(["added"] if review["added"] else []))),
        "reviewer": review["author"],
        "reviewed": review["time"],
        "tags": "; ".join(review["tags"]),
        "note": "; ".join(review["notes"]),
        **provenance(reviewed),
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
