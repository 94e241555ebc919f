"""`alliance-tui extract`: the records of documents, for other programs and for reading."""

from __future__ import annotations

from alliance_tui.cli import console
from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.inputs import Inputs
from alliance_tui.cli.options import Arguments
from alliance_tui.export.formats import OutputFormat, render


def run(arguments: Arguments) -> int:
    """Print the records; return the exit status."""
    inputs = Inputs(arguments)
    chunks = render(
        analyses(inputs, arguments),
        OutputFormat(arguments.format),
        as_list=inputs.several,
        width=console.output_width(arguments.output),
        with_possible=arguments.possible,
    )
    console.write_output(chunks, arguments.output)
    return int(inputs.failed)
