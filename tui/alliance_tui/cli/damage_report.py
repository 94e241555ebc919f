"""Messages on documents of the library that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alliance_tui.cli import console
from alliance_tui.library.library_document import REMEDY, DamagedDocumentError, LibraryDocument
from alliance_tui.library.store import Library
from alliance_tui.records import Analysis


def readable_analyses(library: Library, documents: Iterable[LibraryDocument]) -> Iterator[Analysis]:
    """Yield the analyses of the documents that can be read."""
    for document in documents:
        try:
            analysis = library.load_analysis(document)
        except (DamagedDocumentError, KeyError):  # KeyError: removed meanwhile
            continue
        yield analysis


def print_damage(library: Library) -> None:
    """Print a line for each document that was left out of the answer."""
    for damage in library.damaged.values():
        console.print_message(f"{damage.description}: {REMEDY}")
