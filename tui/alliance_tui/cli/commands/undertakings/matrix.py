"""`alliance-tui matrix`: who undertakes what with whom."""

from __future__ import annotations

from alliance_tui.cli import console
from alliance_tui.cli.commands.undertakings.reading import read_undertakings
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.export.matrices import MATRIX_FORMATS, to_table
from alliance_tui.overviews.matrix import MatrixColumns, MatrixOrder, party_matrix


def run(arguments: Arguments) -> int:
    """Print the matrix of the undertakings that match the query; return the exit status."""
    undertakings = read_undertakings(arguments)
    matrix = party_matrix(undertakings.rows, MatrixColumns(arguments.by), MatrixOrder(arguments.sort))
    if arguments.format == "table":
        chunks = to_table(matrix, console.output_width(arguments.output))
    else:
        chunks = MATRIX_FORMATS[arguments.format](matrix, undertakings.sources)
    console.write_output(chunks, arguments.output)
    return int(not undertakings.is_complete)
