"""`alliance-tui compare`: what documents say of the same undertakings, and what only one of them says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from alliance_tui.cli import console
from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.damage_report import print_damage
from alliance_tui.cli.inputs import Inputs, open_named_library
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.reviewed import reviewed_analyses
from alliance_tui.errors import DocumentError, UsageError
from alliance_tui.export.comparisons import COMPARISON_FORMATS, to_table
from alliance_tui.export.provenance import provenance_of
from alliance_tui.library.ingestion.source_file import canonical_path
from alliance_tui.library.occasions import OccasionFinder
from alliance_tui.linking.comparison import compare
from alliance_tui.linking.given_records import analysis_of_given_records
from alliance_tui.overviews.sources import source_document
from alliance_tui.records import Analysis


def run(arguments: Arguments) -> int:
    """Print the comparison of the documents that can be read; return the exit status."""
    if not (arguments.paths or arguments.occasion):
        raise UsageError("no document is named: name two or more, or one of the library with --occasion")
    inputs = Inputs(arguments)
    if arguments.occasion:
        documents = iter(_of_occasion(arguments.occasion, arguments, inputs))
    elif arguments.record_files:
        documents = _with_given_records(inputs, arguments)
    else:
        documents = analyses(inputs, arguments)
    keep = bool(arguments.occasion) or (arguments.cache and not arguments.record_files)
    compared = list(reviewed_analyses(documents, arguments, keep=keep))
    if len(compared) < 2:
        if inputs.failed:  # which has been said
            return 1
        raise UsageError("fewer than two documents are left to compare: name two or more that can be read")
    comparison = compare([each.analysis for each in compared])
    if arguments.format == "table":
        chunks = to_table(comparison, console.output_width(arguments.output))
    else:
        provenance = provenance_of(map(source_document, compared), query=arguments.query)
        chunks = COMPARISON_FORMATS[arguments.format](comparison, provenance)
    console.write_output(chunks, arguments.output)
    return int(inputs.failed)


def _of_occasion(target: str, arguments: Arguments, inputs: Inputs) -> list[Analysis]:
    """Return the analyses of a document of the library, by path or id, and of the others of its occasion.

    The input has failed where one of them is damaged.
    """
    if arguments.paths or arguments.record_files:
        raise UsageError("--occasion takes the documents from the library: give no PATH and no --records with it")
    with open_named_library(arguments.library) as library:
        numbers = library.find_numbers(canonical_path(target), target)
        if not numbers:
            raise UsageError(f"{target} is not in the library: alliance-tui library list tells what is")
        if (occasion := OccasionFinder(library.db).occasion_of(numbers[0])) is None:
            raise UsageError(f"no other document of the library is of the same visit or meeting as {target}")
        documents = filter(None, map(library.get, occasion.documents))
        readable = [analysis for _, analysis in library.readable_analyses(documents)]
        inputs.failed = print_damage(library)
        return readable


def _with_given_records(inputs: Inputs, arguments: Arguments) -> Iterator[Analysis]:
    """Yield the documents with the records of the files that --records names, in the same order.

    None where a document cannot be read: it would not be known which file is of which.
    """
    documents = list(inputs.documents())
    if inputs.failed:
        return
    if len(documents) != len(arguments.record_files):
        raise UsageError(
            f"--records names {len(arguments.record_files)} files for {len(documents)} documents: "
            "give one for each, in the same order"
        )
    for document, path in zip(documents, arguments.record_files, strict=True):
        yield analysis_of_given_records(document, _read_lines(path), path)


def _read_lines(path: str) -> Sequence[str]:
    try:
        return Path(path).read_text("utf-8").split("\n")  # U+2028 ends no line here
    except (OSError, ValueError) as error:
        raise DocumentError(f"{path} cannot be read ({error}): name a file of JSON Lines in UTF-8") from error
