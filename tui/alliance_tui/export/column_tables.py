"""Tables of chosen columns, for people: in the terminal or in Markdown, with a row for each record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from alliance_tui.export.csv_rows import record_cells
from alliance_tui.export.markdown import escape_markdown
from alliance_tui.export.table import align_columns
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis


def to_column_table(
    documents: Iterable[ReviewedAnalysis], columns: Sequence[str], width: int | None = None
) -> Iterator[str]:
    """Yield a table of these columns (see `csv_rows.COLUMNS`), at most `width` terminal columns wide."""
    rows = [columns, *_rows(documents, columns)]
    yield align_columns(rows, width) if width else align_columns(rows)


def to_markdown_table(documents: Iterable[ReviewedAnalysis], columns: Sequence[str]) -> Iterator[str]:
    """Yield a table of these columns in Markdown, row by row."""
    yield _markdown_row(columns)
    yield _markdown_row(["---"] * len(columns))
    for row in _rows(documents, columns):
        yield _markdown_row([escape_markdown(cell) for cell in row])


def _rows(documents: Iterable[ReviewedAnalysis], columns: Sequence[str]) -> Iterator[list[str]]:
    for reviewed in documents:
        for agreement in reviewed.analysis.agreements:
            cells = record_cells(reviewed, agreement)
            yield ["" if cells.get(column) is None else str(cells[column]) for column in columns]


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
