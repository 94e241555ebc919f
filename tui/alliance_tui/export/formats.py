"""Output formats, each a stream of strings: one document in memory at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum

from alliance_tui.export import markdown, table
from alliance_tui.export.json_values import agreement_to_json, analysis_to_json
from alliance_tui.records import Agreement, Analysis


class OutputFormat(StrEnum):
    """A format of output."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


def render(
    analyses: Iterable[Analysis], output_format: OutputFormat, *, as_list: bool = False, width: int | None = None
) -> Iterator[str]:
    """Yield the analyses in this format, string by string.

    With `as_list`, JSON is an array even of one analysis or none. `width` is that of the terminal, for tables.
    """
    match output_format:
        case OutputFormat.TABLE:
            return table.to_table(analyses, width) if width else table.to_table(analyses)
        case OutputFormat.JSON:
            return _json_list(analyses) if as_list else _json_single(analyses)
        case OutputFormat.JSONL:
            return _json_lines(analyses)
        case OutputFormat.CSV:
            return _csv_rows(analyses)
        case OutputFormat.MARKDOWN:
            return markdown.to_markdown(analyses)


def _json_single(analyses: Iterable[Analysis]) -> Iterator[str]:
    for analysis in analyses:
        yield json.dumps(analysis_to_json(analysis), indent=2) + "\n"


def _json_list(analyses: Iterable[Analysis]) -> Iterator[str]:
    separator = "["
    for analysis in analyses:
        yield separator + "\n" + json.dumps(analysis_to_json(analysis), indent=2)
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def _json_lines(analyses: Iterable[Analysis]) -> Iterator[str]:
    for analysis in analyses:
        yield json.dumps(analysis_to_json(analysis)) + "\n"


_DOCUMENT_COLUMNS = ("path", "document_title", "document_date")
_RECORD_COLUMNS = (
    *("id", "kind", "title", "strength", "parties", "reaffirms", "deadline", "deadline_text"),
    *("deadline_earliest", "deadline_latest", "amounts", "instrument", "instrument_role", "domain", "attribution"),
    *("same_as", "section", "page", "line", "start", "end", "anchor", "quote", "rule", "confidence"),
)


def _csv_rows(analyses: Iterable[Analysis]) -> Iterator[str]:
    """Yield a row for each record of every kind, in columns named as in JSON; lists are joined with "; "."""
    yield _csv_row((*_DOCUMENT_COLUMNS, *_RECORD_COLUMNS))
    for analysis in analyses:
        document = analysis.document
        for agreement in analysis.agreements:
            cells = _record_cells(analysis, agreement)
            yield _csv_row([document.path, document.title, document.date, *(cells.get(key) for key in _RECORD_COLUMNS)])


def _record_cells(analysis: Analysis, agreement: Agreement) -> dict[str, object]:
    return agreement_to_json(agreement) | {
        "parties": "; ".join(agreement.parties),
        "amounts": "; ".join(amount.span.quote for amount in agreement.amounts),
        "anchor": agreement.trigger.quote,
        "line": analysis.document.text.count("\n", 0, agreement.evidence.start) + 1,
    }


def _csv_row(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([_csv_cell(cell) for cell in cells])
    return line.getvalue()


def _csv_cell(value: object) -> object:
    """Return a value as a cell; text that a spreadsheet would run as a formula gets an apostrophe (OWASP)."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value
