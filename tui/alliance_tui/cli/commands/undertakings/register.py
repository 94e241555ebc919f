"""`alliance-tui register`: what became of each undertaking in the library."""

from __future__ import annotations

from alliance_tui.cli import console
from alliance_tui.cli.commands.undertakings.reading import read_undertakings
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.export.registers import REGISTER_FORMATS, to_table


def run(arguments: Arguments) -> int:
    """Print the rows that match the query; return the exit status."""
    undertakings = read_undertakings(arguments)
    if arguments.format == "table":
        chunks = to_table(undertakings.rows, undertakings.sources, console.output_width(arguments.output))
    else:
        chunks = REGISTER_FORMATS[arguments.format](undertakings.rows, undertakings.sources)
    console.write_output(chunks, arguments.output)
    return int(not undertakings.is_complete)
