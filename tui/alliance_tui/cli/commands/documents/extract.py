"""`alliance-tui extract`: the records of documents, for other programs and for reading."""

from __future__ import annotations

from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.inputs import Inputs
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.reviewed import reviewed_analyses, write_records


def run(arguments: Arguments) -> int:
    """Print the records; return the exit status."""
    inputs = Inputs(arguments)
    documents = reviewed_analyses(analyses(inputs, arguments), arguments, keep=arguments.cache)
    write_records(documents, arguments, as_list=inputs.several, possible=arguments.possible)
    return int(inputs.failed)
