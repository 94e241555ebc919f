"""The forms in which analyses are printed, each a stream of pieces: one document in memory at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum

from alliance_tui.export import markdown, table
from alliance_tui.export.json_values import agreement_value, analysis_value
from alliance_tui.records import Agreement, Analysis


class Format(StrEnum):
    """A form of output."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


def render(
    analyses: Iterable[Analysis], form: Format, *, several: bool = False, width: int | None = None
) -> Iterator[str]:
    """The analyses in this form, piece by piece.

    With `several`, JSON is a list even of one or none. `width` is that of the terminal, for tables.
    """
    match form:
        case Format.TABLE:
            return table.table(analyses, width) if width else table.table(analyses)
        case Format.JSON:
            return _json_list(analyses) if several else _json_single(analyses)
        case Format.JSONL:
            return _json_lines(analyses)
        case Format.CSV:
            return _csv(analyses)
        case Format.MARKDOWN:
            return markdown.markdown(analyses)


def _json_single(analyses: Iterable[Analysis]) -> Iterator[str]:
    for analysis in analyses:
        yield json.dumps(analysis_value(analysis), indent=2) + "\n"


def _json_list(analyses: Iterable[Analysis]) -> Iterator[str]:
    opening = "["
    for analysis in analyses:
        yield opening + "\n" + json.dumps(analysis_value(analysis), indent=2)
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def _json_lines(analyses: Iterable[Analysis]) -> Iterator[str]:
    for analysis in analyses:
        yield json.dumps(analysis_value(analysis)) + "\n"


_OF_DOCUMENT = ("path", "document_title", "document_date")
_OF_RECORD = (
    *("id", "kind", "title", "strength", "parties", "reaffirms", "deadline", "deadline_text"),
    *("deadline_earliest", "deadline_latest", "amounts", "instrument", "instrument_role", "domain", "attribution"),
    *("same_as", "section", "page", "line", "start", "end", "anchor", "quote", "rule", "confidence"),
)


def _csv(analyses: Iterable[Analysis]) -> Iterator[str]:
    """A row a record, every kind of them, under the names that JSON has; lists are joined with "; "."""
    yield _row((*_OF_DOCUMENT, *_OF_RECORD))
    for analysis in analyses:
        document = analysis.document
        for agreement in analysis.agreements:
            cells = _cells(analysis, agreement)
            yield _row([document.path, document.title, document.date, *(cells.get(key) for key in _OF_RECORD)])


def _cells(analysis: Analysis, agreement: Agreement) -> dict[str, object]:
    return agreement_value(agreement) | {
        "parties": "; ".join(agreement.parties),
        "amounts": "; ".join(amount.span.quote for amount in agreement.amounts),
        "anchor": agreement.anchor.quote,
        "line": analysis.document.text.count("\n", 0, agreement.evidence.start) + 1,
    }


def _row(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def _cell(value: object) -> object:
    """A value as a cell. Text that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV injection)."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value
