"""Matrices of parties, in the formats of `alliance-tui matrix`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from alliance_tui.export.csv_rows import csv_row
from alliance_tui.export.labels import count_noun
from alliance_tui.export.registers import PROVENANCE_COLUMNS, provenance_cells, provenance_of_rows, row_to_json
from alliance_tui.export.table import align_columns, display_width
from alliance_tui.linking.register import RegisterRow
from alliance_tui.overviews.matrix import Matrix, MatrixColumns
from alliance_tui.overviews.party_codes import party_code
from alliance_tui.overviews.sources import Sources

_DEFAULT_WIDTH = 120
_LABEL_SHARE = 3
"""The part of the width that names take at most: one third."""
_GAP = 2


def to_table(matrix: Matrix, width: int | None = None) -> Iterator[str]:
    """Yield the matrix in aligned columns, parties by their codes; as many columns as fit, in their order."""
    width = width or _DEFAULT_WIDTH
    label = min(width // _LABEL_SHARE, max(map(display_width, ("party", *matrix.rows))))
    heads = [_heading(matrix, column) for column in matrix.columns]
    room, shown = width - label - _GAP - len("all"), 0
    while shown < len(heads) and room >= (cells := _GAP + max(4, display_width(heads[shown]))):
        room, shown = room - cells, shown + 1
    if matrix.rows:
        rows = [("party", "all", *heads[:shown])]
        for party in matrix.rows:
            counts = (len(matrix.at(party, column)) for column in matrix.columns[:shown])
            rows.append((party, str(len(matrix.totals[party])), *(str(count or "") for count in counts)))
        yield align_columns(rows, width)
    parties = count_noun(len(matrix.rows), "party", "parties")
    without = len(matrix.without_parties)
    yield f"{parties}; {count_noun(without, 'undertaking')} without a party\n"
    if matrix.by is MatrixColumns.PARTIES and matrix.rows:
        yield "a party with itself: what it undertakes alone\n"
    if shown < len(heads):
        yield f"{shown} of {len(heads)} columns; all are in --format csv\n"


def _heading(matrix: Matrix, column: str) -> str:
    return party_code(column) if matrix.by is MatrixColumns.PARTIES else column


def to_csv(matrix: Matrix, sources: Sources) -> Iterator[str]:
    """Yield a list of edges as network tools read it: both ends, the type and how many undertakings."""
    yield csv_row(("source", "target", "type", "weight", *PROVENANCE_COLUMNS))
    provenance = provenance_cells(_distinct(matrix), sources)
    for row, column, undertakings in matrix.pairs():
        yield csv_row((row, column, "undirected", len(undertakings), *provenance))


def to_json(matrix: Matrix, sources: Sources) -> Iterator[str]:
    """Yield one JSON object: the undertakings, the parties, and the cells with the indices of what is in them."""
    distinct = _distinct(matrix)
    indices = {id(row): index for index, row in enumerate(distinct)}
    value = {
        "schema": 1,
        "provenance": provenance_of_rows(distinct, sources),
        "by": matrix.by.value,
        "undertakings": [row_to_json(row, sources) for row in distinct],
        "parties": [
            {"name": party, "code": party_code(party), "undertakings": len(matrix.totals[party])}
            for party in matrix.rows
        ],
        "columns": list(matrix.columns),
        "cells": [
            {"row": row, "column": column, "undertakings": [indices[id(each)] for each in undertakings]}
            for row, column, undertakings in matrix.pairs()
        ],
        "without_parties": [indices[id(row)] for row in matrix.without_parties],
    }
    yield json.dumps(value, indent=1) + "\n"


def _distinct(matrix: Matrix) -> list[RegisterRow]:
    """Return the undertakings of a matrix, each once."""
    return list({id(row): row for rows in (*matrix.totals.values(), matrix.without_parties) for row in rows}.values())


_KEYS = (
    ("name", "node", "string"),
    ("kind", "node", "string"),
    ("code", "node", "string"),
    ("undertakings", "node", "int"),
    ("alone", "node", "int"),
    ("weight", "edge", "int"),
)


def to_graphml(matrix: Matrix, sources: Sources) -> Iterator[str]:
    """Yield an undirected graph: parties, and fields where these are the columns, joined by what they undertake."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name, domain, kind in (*_KEYS, *((column, "graph", "string") for column in PROVENANCE_COLUMNS)):
        yield f'  <key id="{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '  <graph id="undertakings" edgedefault="undirected">\n'
    cells = provenance_cells(_distinct(matrix), sources)
    yield f"    {_data({name: cell for name, cell in zip(PROVENANCE_COLUMNS, cells, strict=True) if cell})}\n"
    ids = {("party", party): f"p{number}" for number, party in enumerate(matrix.rows)}
    columns = "party" if matrix.by is MatrixColumns.PARTIES else "field"
    ids |= {("field", field): f"f{number}" for number, field in enumerate(matrix.columns) if columns == "field"}
    for (kind, name), identifier in ids.items():
        data: dict[str, object] = {"name": name, "kind": kind}
        data["undertakings"] = len((matrix.totals if kind == "party" else matrix.column_totals)[name])
        if kind == "party":
            data["code"] = party_code(name)
        if kind == columns == "party":
            data["alone"] = len(matrix.at(name, name))
        yield f"    <node id={quoteattr(identifier)}>{_data(data)}</node>\n"
    edges = ((row, column, rows) for row, column, rows in matrix.pairs() if columns == "field" or row != column)
    for number, (row, column, undertakings) in enumerate(edges):
        ends = f'source="{ids["party", row]}" target="{ids[columns, column]}"'
        yield f'    <edge id="e{number}" {ends}>{_data({"weight": len(undertakings)})}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(values: Mapping[str, object]) -> str:
    return "".join(f'<data key="{key}">{escape(str(value))}</data>' for key, value in values.items())


MATRIX_FORMATS: Mapping[str, Callable[[Matrix, Sources], Iterator[str]]] = {
    "csv": to_csv,
    "json": to_json,
    "graphml": to_graphml,
}
"""The formats that need no width, by name; `to_table` is the other one."""
