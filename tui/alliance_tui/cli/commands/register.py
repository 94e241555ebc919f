"""`alliance-tui register`: what became of each undertaking in the library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from alliance_tui.cli import console
from alliance_tui.cli.damage_report import print_damage
from alliance_tui.cli.inputs import open_named_library
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.export.registers import REGISTER_FORMATS, SourceDocument, to_table
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.register import load_register
from alliance_tui.library.review.review_entries import read_entries
from alliance_tui.library.store import Library
from alliance_tui.linking.register_query import matching_rows
from alliance_tui.review.record_links import link_decisions


def run(arguments: Arguments) -> int:
    """Print the rows that match the query; return the exit status."""
    with open_named_library(arguments.library) as library:
        link_pending(library)
        decisions = link_decisions(list(read_entries(library.db)))
        today = arguments.today or date.today().isoformat()
        matches = matching_rows(load_register(library, today, decisions), arguments.query)
        sources = {document.number: _source(document) for document in library.documents()}
        for problem in matches.problems:
            console.print_message(problem)
        if arguments.format == "table":
            chunks = to_table(matches.rows, sources, console.output_width(arguments.output))
        else:
            chunks = REGISTER_FORMATS[arguments.format](matches.rows, sources)
        console.write_output(chunks, arguments.output)
        return int(print_damage(library))


def _source(document: LibraryDocument) -> SourceDocument:
    return SourceDocument(document.id, document.title, document.path)


def link_pending(library: Library) -> None:
    """Link the documents that were added before links were made, and show how far it is."""
    progress = console.ProgressLine()
    _show(progress, library.link_pending())
    progress.clear()


def _show(progress: console.ProgressLine, documents: Iterable[LibraryDocument]) -> None:
    for count, document in enumerate(documents, 1):
        progress.show(f"linking documents that were added earlier: {count:,}, {document.path}")
