"""Output formats, each a stream of strings: one document in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from alliance_tui.export import csv_rows, json_values, markdown, table
from alliance_tui.records import Analysis


class OutputFormat(StrEnum):
    """A format of output."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


def render(
    analyses: Iterable[Analysis],
    output_format: OutputFormat,
    *,
    as_list: bool = False,
    width: int | None = None,
    with_possible: bool = False,
) -> Iterator[str]:
    """Yield the analyses in this format, string by string.

    With `as_list`, JSON is an array even of one analysis or none. `width` is that of the terminal, for tables. JSON has
    the agreements below the threshold too where `with_possible`.
    """
    match output_format:
        case OutputFormat.TABLE:
            return table.to_table(analyses, width) if width else table.to_table(analyses)
        case OutputFormat.JSON:
            to_json = json_values.to_json_list if as_list else json_values.to_json
            return to_json(analyses, with_possible=with_possible)
        case OutputFormat.JSONL:
            return json_values.to_json_lines(analyses, with_possible=with_possible)
        case OutputFormat.CSV:
            return csv_rows.to_csv(analyses)
        case OutputFormat.MARKDOWN:
            return markdown.to_markdown(analyses)
