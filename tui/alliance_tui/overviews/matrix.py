"""The matrix of who undertakes what with whom: parties by parties, or by policy field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from msgspec import Struct

from alliance_tui.linking.register import RegisterRow
from alliance_tui.overviews.undertakings import by_size, field_of, parties_of

_Key = TypeVar("_Key")
NO_FIELD = "no field"


class MatrixColumns(StrEnum):
    """What the columns of a matrix are."""

    PARTIES = "parties"
    FIELD = "field"


class MatrixOrder(StrEnum):
    """The order of the rows, and of columns that are parties."""

    TOTAL = "total"
    NAME = "name"


class Matrix(Struct, frozen=True):
    """Parties with what they undertake.

    `cells` are by row and column, those with nothing left out. By parties it is symmetric, and the cell of a party with
    itself has what it undertakes alone. `totals` are by party, `column_totals` by column. `without_parties` are in no
    cell.
    """

    by: MatrixColumns
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[RegisterRow, ...]]
    totals: Mapping[str, tuple[RegisterRow, ...]]
    column_totals: Mapping[str, tuple[RegisterRow, ...]]
    without_parties: tuple[RegisterRow, ...]

    def at(self, row: str, column: str) -> tuple[RegisterRow, ...]:
        """Return the undertakings of a cell."""
        return self.cells.get((row, column), ())

    def pairs(self) -> Iterator[tuple[str, str, tuple[RegisterRow, ...]]]:
        """Yield the cells with anything in them, each pair of parties once, in the order of rows and columns."""
        rows = {name: number for number, name in enumerate(self.rows)}
        columns = {name: number for number, name in enumerate(self.columns)}
        for row, column in sorted(self.cells, key=lambda cell: (rows[cell[0]], columns[cell[1]])):
            if self.by is not MatrixColumns.PARTIES or rows[row] <= rows[column]:
                yield row, column, self.cells[row, column]


def party_matrix(rows: Iterable[RegisterRow], by: MatrixColumns, order: MatrixOrder = MatrixOrder.TOTAL) -> Matrix:
    """Return the matrix of undertakings; those of several parties are in the cells of each."""
    cells: dict[tuple[str, str], list[RegisterRow]] = defaultdict(list)
    totals: dict[str, list[RegisterRow]] = defaultdict(list)
    by_field: dict[str, list[RegisterRow]] = defaultdict(list)
    without_parties = []
    for row in rows:
        parties = parties_of(row)
        if not parties:
            without_parties.append(row)
        for party in parties:
            totals[party].append(row)
        if by is MatrixColumns.FIELD and parties:
            field = field_of(row) or NO_FIELD
            by_field[field].append(row)
            for party in parties:
                cells[party, field].append(row)
        elif len(parties) == 1:
            cells[parties[0], parties[0]].append(row)
        else:
            for pair in combinations(parties, 2):
                cells[pair].append(row)
    if by is MatrixColumns.PARTIES:
        cells = _mirrored(cells)
    names = _ordered(totals, order)
    column_totals = by_field if by is MatrixColumns.FIELD else totals
    return Matrix(
        by,
        names,
        _ordered(by_field, MatrixOrder.TOTAL) if by is MatrixColumns.FIELD else names,
        _frozen(cells),
        _frozen(totals),
        _frozen(column_totals),
        tuple(without_parties),
    )


def _mirrored(cells: Mapping[tuple[str, str], list[RegisterRow]]) -> dict[tuple[str, str], list[RegisterRow]]:
    """Return the cells of pairs of parties in both directions: two undertakings may name the same two otherwise."""
    merged: dict[tuple[str, str], list[RegisterRow]] = {}
    for (one, other), undertakings in cells.items():
        shared = merged.get((one, other))
        if shared is None:
            shared = merged[one, other] = merged[other, one] = []
        shared += undertakings
    return merged


def _ordered(groups: Mapping[str, list[RegisterRow]], order: MatrixOrder) -> tuple[str, ...]:
    if order is MatrixOrder.NAME:
        return tuple(sorted(groups, key=str.casefold))
    return tuple(by_size((name, len(undertakings)) for name, undertakings in groups.items()))


def _frozen(groups: Mapping[_Key, list[RegisterRow]]) -> dict[_Key, tuple[RegisterRow, ...]]:
    return {name: tuple(undertakings) for name, undertakings in groups.items()}
