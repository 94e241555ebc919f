"""The undertakings that a command is about: of the documents that it names, else of the library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from alliance_tui.cli import console
from alliance_tui.cli.analyses import analyses
from alliance_tui.cli.damage_report import print_damage
from alliance_tui.cli.inputs import Inputs, open_named_library
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.cli.reviewed import review_documents
from alliance_tui.export.selection import select_records
from alliance_tui.library.register import load_register
from alliance_tui.library.review.review_entries import read_entries
from alliance_tui.library.sources import read_sources
from alliance_tui.library.store import Library
from alliance_tui.linking.register import RegisterRow
from alliance_tui.linking.register_query import matching_rows
from alliance_tui.overviews.sources import Sources, source_document
from alliance_tui.overviews.undertakings import MAX_LINKED, register_of
from alliance_tui.review.record_links import link_decisions


class Undertakings(Struct, frozen=True):
    """Undertakings with the documents of their statements; `is_complete` is false where something could not be read."""

    rows: Sequence[RegisterRow]
    sources: Sources
    is_complete: bool


def read_undertakings(arguments: Arguments) -> Undertakings:
    """Return the undertakings of the named documents, or of the library, that match the query."""
    undertakings = _of_documents(arguments) if arguments.paths else _of_library(arguments)
    matches = matching_rows(undertakings.rows, arguments.query)
    for problem in matches.problems:
        console.print_message(problem)
    words = " ".join(word for word in arguments.subjects if word not in arguments.paths)
    if words and not matches.rows:
        console.print_message(f"nothing matches {words}, which names no file or folder either: check the spelling")
    return Undertakings(matches.rows, undertakings.sources, undertakings.is_complete)


def _of_library(arguments: Arguments) -> Undertakings:
    with open_named_library(arguments.library) as library:
        _link_pending(library)
        decisions = link_decisions(list(read_entries(library.db)))
        rows = load_register(library, _today(arguments), decisions)
        sources = Sources(read_sources(library), arguments.query)
        return Undertakings(rows, sources, not print_damage(library))


def _of_documents(arguments: Arguments) -> Undertakings:
    inputs = Inputs(arguments)
    reviewed = review_documents(analyses(inputs, arguments), arguments, keep=arguments.cache)
    read = list(map(select_records, reviewed))
    if len(read) > MAX_LINKED:
        console.print_message(
            f"more than {MAX_LINKED} documents: what several of them undertake is counted once for each; "
            "add them to a library to have it linked"
        )
    rows = register_of([each.analysis for each in read], _today(arguments))
    sources = Sources(dict(enumerate(map(source_document, read))), arguments.query)
    return Undertakings(rows, sources, not inputs.failed)


def _today(arguments: Arguments) -> str:
    return arguments.today or date.today().isoformat()


def _link_pending(library: Library) -> None:
    """Link the documents that are not linked yet, and show how far it is."""
    progress = console.ProgressLine()
    for count, document in enumerate(library.link_pending(), 1):
        progress.show(f"linking documents that were added earlier: {count:,}, {document.path}")
    progress.clear()
