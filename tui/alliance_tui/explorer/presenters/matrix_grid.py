"""The matrix of undertakings on a screen: counts of parties by parties, or by policy field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.grid_source import COUNT_WIDTH, Choice, Grid, ShownGrid, count_cell, listed_fields
from alliance_tui.explorer.presenters.timeline_grid import QUERY_HINT
from alliance_tui.explorer.rendering.strips import Part, clip_parts, justify, parts_width, text_width
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.overview_state import GridPosition
from alliance_tui.explorer.widgets.fields_view import StyledField
from alliance_tui.explorer.widgets.grid_view import ShownColumn
from alliance_tui.export.matrices import MATRIX_FORMATS
from alliance_tui.linking.register import RegisterRow
from alliance_tui.linking.register_query import RegisterQueries
from alliance_tui.overviews.matrix import Matrix, MatrixColumns, MatrixOrder, party_matrix
from alliance_tui.overviews.party_codes import party_code
from alliance_tui.overviews.sources import Sources

MIN_COLUMN_WIDTH, MAX_COLUMN_WIDTH = 5, 11
_ALL_KEY = "all of it"


class MatrixSource:
    """The source of the matrix's screen."""

    hint = QUERY_HINT
    formats: Mapping[str, str] = {".graphml": "graphml", ".csv": "csv", ".json": "json"}

    def __init__(self, title: str, rows: Sequence[RegisterRow], position: GridPosition | None) -> None:
        self.title = title
        self.position = position or GridPosition(column=_ALL_KEY)
        self._queries = RegisterQueries(rows)
        self.views: Sequence[str] = ("by parties", "by field")
        self.choices: Sequence[Choice] = (Choice("sorted by", tuple(map(str, MatrixOrder)), "S", "sort"),)

    def lay_out(self, position: GridPosition) -> ShownGrid:
        """Return the matrix of what satisfies the query."""
        matches = self._queries.matching(position.query)
        matrix = _matrix(matches.rows, position)
        message = "; ".join(matches.problems)
        if not message and matrix.without_parties:
            message = f"{len(matrix.without_parties):,} of {len(matches.rows):,} undertakings are without a party"
        return ShownGrid(MatrixGrid(matrix), len(matches.rows) - len(matrix.without_parties), message)

    def export(self, position: GridPosition, suffix: str, sources: Sources) -> Iterator[str]:
        """Yield the matrix in the format of a suffix."""
        matrix = _matrix(self._queries.matching(position.query).rows, position)
        return MATRIX_FORMATS[self.formats[suffix]](matrix, sources.with_query(position.query))

    def details(self, grid: Grid, row: int, column: int, styler: LineStyler) -> list[StyledField]:
        """Return the undertakings of a cell."""
        return listed_fields(self.title_of(grid, row, column), grid.undertakings(row, column), styler)

    def title_of(self, grid: Grid, row: int, column: int) -> str:
        """Return the party, and the other party or the field."""
        assert isinstance(grid, MatrixGrid)
        return grid.cell_name(row, column)

    def is_one(self, grid: Grid, row: int) -> bool:
        """No row is one undertaking: each is a party."""
        return False


def _matrix(rows: Sequence[RegisterRow], position: GridPosition) -> Matrix:
    return party_matrix(rows, tuple(MatrixColumns)[position.view], tuple(MatrixOrder)[position.choices[0]])


class MatrixGrid:
    """A row of counts for each party, all that it undertakes first."""

    fixed_columns = 1

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        by_party = matrix.by is MatrixColumns.PARTIES
        self._codes = [code if by_party and (code := party_code(name)) != name else "" for name in matrix.rows]
        """The code of each row's party, by which the headings of columns call it."""
        labels = map(" ".join, zip(matrix.rows, self._codes, strict=True))
        self.longest_label = max(map(text_width, labels), default=0)

    @property
    def row_count(self) -> int:
        """The number of parties."""
        return len(self._matrix.rows)

    @property
    def column_count(self) -> int:
        """The column of all, and those of the parties or fields."""
        return self.fixed_columns + len(self._matrix.columns) if self._matrix.rows else 0

    @cached_property
    def _greatest(self) -> int:
        return max(map(len, self._matrix.cells.values()), default=1)

    @cached_property
    def _headings(self) -> list[str]:
        by_party = self._matrix.by is MatrixColumns.PARTIES
        return [party_code(name) if by_party else name for name in self._matrix.columns]

    def column_width(self, column: int) -> int:
        """Return the cells of a column: its heading's, within limits."""
        if column < self.fixed_columns:
            return COUNT_WIDTH
        width = text_width(self._headings[column - self.fixed_columns]) + 1
        return min(MAX_COLUMN_WIDTH, max(MIN_COLUMN_WIDTH, width))

    def label(self, row: int, width: int, styler: LineStyler) -> list[Part]:
        """Return the name of a party and, at the right end, its code."""
        name, code = styler.part(self._matrix.rows[row]), self._codes[row]
        right = [styler.part(code, StyleRole.MUTED)] if code else []
        return justify([name], right, width, styler.glyphs.ellipsis)

    def headings(self, columns: Sequence[ShownColumn], focused: int, styler: LineStyler) -> list[Part]:
        """Return the codes of the parties, or the names of the fields."""
        parts: list[Part] = []
        for column in columns:
            is_all = column.index < self.fixed_columns
            text = "all" if is_all else self._headings[column.index - self.fixed_columns]
            role = StyleRole.CURSOR if column.index == focused else StyleRole.MUTED
            heading = clip_parts([styler.part(text, role)], column.width - 1, styler.glyphs.ellipsis)
            parts += [styler.part(" " * (column.width - parts_width(heading))), *heading]
        return parts

    def cells(self, row: int, columns: Sequence[ShownColumn], focused: int | None, styler: LineStyler) -> list[Part]:
        """Return the counts of a party."""
        parts: list[Part] = []
        for column in columns:
            count = len(self.undertakings(row, column.index))
            # Totals would leave no difference between the rest.
            greatest = self._greatest if column.index >= self.fixed_columns else 0
            is_focused = column.index == focused
            parts += count_cell(count, greatest, column.width, is_focused=is_focused, styler=styler)
        return parts

    def undertakings(self, row: int, column: int) -> Sequence[RegisterRow]:
        """Return what a party undertakes with another, alone, in a field, or at all."""
        party = self._matrix.rows[row]
        if column < self.fixed_columns:
            return self._matrix.totals[party]
        return self._matrix.at(party, self._matrix.columns[column - self.fixed_columns])

    def cell_name(self, row: int, column: int) -> str:
        """Return the names of a row and a column as a phrase."""
        party = self._matrix.rows[row]
        if column < self.fixed_columns:
            return party
        other = self._matrix.columns[column - self.fixed_columns]
        if self._matrix.by is MatrixColumns.FIELD:
            return f"{party}: {other}"
        return f"{party} alone" if other == party else f"{party} and {other}"

    def row_key(self, row: int) -> str:
        """Return the name of a party."""
        return self._matrix.rows[row]

    def column_key(self, column: int) -> str:
        """Return the name of a party or a field."""
        return _ALL_KEY if column < self.fixed_columns else self._matrix.columns[column - self.fixed_columns]

    def row_of(self, key: str | None) -> int:
        """Return the row of a party, else the first."""
        return self._matrix.rows.index(key) if key in self._matrix.rows else 0

    def column_of(self, key: str | None) -> int:
        """Return the column of a party or a field, else that of all."""
        columns = self._matrix.columns
        return self.fixed_columns + columns.index(key) if key in columns else 0
