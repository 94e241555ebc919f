"""What the reader is told of documents that the library could not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alliance_tui.cli import console
from alliance_tui.library.store import REMEDY, DamagedDocumentError, Library, LibraryDocument
from alliance_tui.records import Analysis


def readable_analyses(library: Library, documents: Iterable[LibraryDocument]) -> Iterator[Analysis]:
    """The analyses of those of the documents that can be read."""
    for kept in documents:
        try:
            analysis = library.load_analysis(kept)
        except (DamagedDocumentError, KeyError):  # KeyError: removed meanwhile
            continue
        yield analysis


def print_damage(library: Library) -> None:
    """Tell which documents were left out of the answer, a line each."""
    for damage in library.damaged.values():
        console.print_message(f"{damage.description}: {REMEDY}")
