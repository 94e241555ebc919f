"""`alliance-tui compare`: what documents say of the same undertakings, and what only one of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from alliance_tui.cli import console
from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.inputs import Inputs
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.reviewed import reviewed_analyses
from alliance_tui.errors import DocumentError, UsageError
from alliance_tui.export.comparisons import COMPARISON_FORMATS, to_table
from alliance_tui.linking.comparison import compare
from alliance_tui.linking.given_records import analysis_of_given_records
from alliance_tui.records import Analysis


def run(arguments: Arguments) -> int:
    """Print the comparison of the documents that can be read; return the exit status."""
    inputs = Inputs(arguments)
    if arguments.record_files:
        compared = list(_with_given_records(inputs, arguments))
    else:
        reviewed = reviewed_analyses(analyses(inputs, arguments), arguments, keep=arguments.cache)
        compared = [each.analysis for each in reviewed]
    if len(compared) < 2:
        raise UsageError("fewer than two documents are left to compare: name two or more that can be read")
    comparison = compare(compared)
    if arguments.format == "table":
        chunks = to_table(comparison, console.output_width(arguments.output))
    else:
        chunks = COMPARISON_FORMATS[arguments.format](comparison)
    console.write_output(chunks, arguments.output)
    return int(inputs.failed)


def _with_given_records(inputs: Inputs, arguments: Arguments) -> Iterator[Analysis]:
    """Yield the documents with the records of the files that --records names, in the same order."""
    documents = list(inputs.documents())
    if len(documents) != len(arguments.record_files):
        raise UsageError(
            f"--records names {len(arguments.record_files)} files for {len(documents)} documents: "
            "give one for each, in the same order"
        )
    for document, path in zip(documents, arguments.record_files, strict=True):
        yield analysis_of_given_records(document, _read_lines(path), path)


def _read_lines(path: str) -> Sequence[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise DocumentError(f"{path} cannot be read ({error}): name a file of JSON Lines in UTF-8") from error
