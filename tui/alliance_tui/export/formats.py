"""Output formats, each a stream of strings: one document in memory at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from alliance_tui.errors import UsageError
from alliance_tui.export import column_tables, csv_rows, json_values, markdown, table
from alliance_tui.export.interchange import bibliography, calendar_events, follow_the_money, standoff, web_annotations
from alliance_tui.export.memos import memo_html
from alliance_tui.records import Analysis
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis


class OutputFormat(StrEnum):
    """A format of output."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    ANNOTATION = "annotation"
    BRAT = "brat"
    FOLLOW_THE_MONEY = "ftm"
    ICALENDAR = "ics"
    CSL = "csl"
    RIS = "ris"
    BIBTEX = "bibtex"
    TRAINING = "spacy"


BINARY_FORMATS = frozenset((OutputFormat.DOCX,))
"""The formats that are no text: they are written to a file by `render_bytes`."""
COLUMN_FORMATS = frozenset((OutputFormat.CSV, OutputFormat.TABLE, OutputFormat.MARKDOWN))
"""The formats whose columns may be chosen."""
_REVIEWED_FORMATS: Mapping[OutputFormat, Callable[[Iterable[ReviewedAnalysis]], Iterator[str]]] = {
    OutputFormat.MARKDOWN: markdown.to_markdown,
    OutputFormat.HTML: memo_html.to_html,
    OutputFormat.ANNOTATION: web_annotations.records_to_annotations,
    OutputFormat.BRAT: standoff.to_brat,
    OutputFormat.FOLLOW_THE_MONEY: follow_the_money.to_follow_the_money,
    OutputFormat.ICALENDAR: calendar_events.to_icalendar,
    OutputFormat.CSL: bibliography.to_csl,
    OutputFormat.RIS: bibliography.to_ris,
    OutputFormat.BIBTEX: bibliography.to_bibtex,
    OutputFormat.TRAINING: standoff.to_training_examples,
}


FORMATS_BY_SUFFIX: Mapping[str, OutputFormat] = {
    ".html": OutputFormat.HTML,
    ".docx": OutputFormat.DOCX,
    ".csv": OutputFormat.CSV,
    ".md": OutputFormat.MARKDOWN,
    ".json": OutputFormat.JSON,
    ".jsonl": OutputFormat.JSONL,
    ".jsonld": OutputFormat.ANNOTATION,
    ".ics": OutputFormat.ICALENDAR,
    ".ris": OutputFormat.RIS,
    ".bib": OutputFormat.BIBTEX,
    ".ann": OutputFormat.BRAT,
    ".txt": OutputFormat.TABLE,
}
"""The formats by the suffixes of the files that hold them."""


def is_row_by_row(path: Path) -> bool:
    """Return whether the file's format has a row for each record, whatever document it is in."""
    return FORMATS_BY_SUFFIX.get(path.suffix.lower()) is OutputFormat.CSV


def write_file(documents: Iterable[ReviewedAnalysis], path: Path, columns: Sequence[str] = ()) -> None:
    """Write a new file in the format of its suffix; `columns` are those of COLUMN_FORMATS (see `render`).

    Raises UsageError for another suffix, or a file that is there.
    """
    output_format = FORMATS_BY_SUFFIX.get(path.suffix.lower())
    if output_format is None:
        raise UsageError(f"{path.name} has no known suffix: it is one of {', '.join(FORMATS_BY_SUFFIX)}")
    if output_format in BINARY_FORMATS:
        content = render_bytes(documents, output_format)
    else:
        content = "".join(render(documents, output_format, columns=columns)).encode("utf-8")
    write_new_file(path, content)


def write_new_file(path: Path, content: bytes) -> None:
    """Write a file. Raises UsageError if it is there, or cannot be written."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already: name another file") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be written ({error}): name another file") from error


def render_bytes(documents: Iterable[ReviewedAnalysis], output_format: OutputFormat) -> bytes:
    """Return the documents in one of BINARY_FORMATS."""
    from alliance_tui.export.memos import memo_docx  # it loads a library

    assert output_format in BINARY_FORMATS
    return memo_docx.to_docx(documents)


def render(
    documents: Iterable[ReviewedAnalysis | Analysis],
    output_format: OutputFormat,
    *,
    as_list: bool = False,
    width: int | None = None,
    with_possible: bool = False,
    columns: Sequence[str] = (),
) -> Iterator[str]:
    """Yield the documents in this format, string by string. Raises UsageError for one of BINARY_FORMATS.

    With `as_list`, JSON is an array even of one analysis or none. `width` is that of the terminal, for tables. JSON has
    the possible agreements too where `with_possible`. `columns` are those of COLUMN_FORMATS, by default all
    that CSV has, and the form of their own that the others have.
    """
    reviewed = (each if isinstance(each, ReviewedAnalysis) else ReviewedAnalysis(each) for each in documents)
    if columns and output_format is OutputFormat.MARKDOWN:
        return column_tables.to_markdown_table(reviewed, columns)
    if columns and output_format is OutputFormat.TABLE:
        return column_tables.to_column_table(reviewed, columns, width)
    if to_strings := _REVIEWED_FORMATS.get(output_format):
        return to_strings(reviewed)
    analyses = (each.analysis for each in reviewed)
    match output_format:
        case OutputFormat.TABLE:
            return table.to_table(analyses, width) if width else table.to_table(analyses)
        case OutputFormat.JSON:
            to_json = json_values.to_json_list if as_list else json_values.to_json
            return to_json(reviewed, with_possible=with_possible)
        case OutputFormat.JSONL:
            return json_values.to_json_lines(reviewed, with_possible=with_possible)
        case OutputFormat.CSV:
            return csv_rows.to_csv(reviewed, columns or csv_rows.COLUMNS)
        case _:
            raise UsageError(f"{output_format} is no text: name a file with --output")
