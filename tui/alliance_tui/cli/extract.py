"""`alliance-tui extract`: the records of documents, for other programs and for reading."""

from __future__ import annotations

from pathlib import Path

from alliance_tui.cli import console
from alliance_tui.cli.analyses import Inputs
from alliance_tui.cli.options import Arguments
from alliance_tui.export.formats import Format, render


def run(arguments: Arguments) -> int:
    """Print the records; the exit status."""
    inputs = Inputs(arguments)
    several = len(arguments.paths) > 1 or Path(arguments.paths[0]).is_dir()
    console.write(render(inputs.analyses(), Format(arguments.format), several=several), arguments.output)
    return int(inputs.failed)
