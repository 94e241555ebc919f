"""The documents of the library as sources of an overview: what made their records, and who judged them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.review.review_entries import read_entries
from alliance_tui.overviews.sources import SourceDocument
from alliance_tui.review.entry import Entry, TargetKind, active_entries, exported_place


def read_sources(library: LibraryReader) -> dict[int, SourceDocument]:
    """Return the documents that can be read, by their numbers."""
    query = "SELECT number, extractor, model FROM documents"
    made_by = {number: (extractor, model) for number, extractor, model in library.db.execute(query)}
    entries_of = _entries_on_records(library.db)
    sources = {}
    for document in library.documents():
        names = document.sha256, document.path, exported_place(document.path)
        entries = [entry for name in names for entry in entries_of.get(name, ())]
        sources[document.number] = SourceDocument(
            document.id,
            document.title,
            document.path,
            *made_by[document.number],
            frozenset(entry.author for entry in entries),
            max((entry.time for entry in entries), default=""),
        )
    return sources


def _entries_on_records(db: sqlite3.Connection) -> dict[str, list[Entry]]:
    """Return the entries of the log on records that count, by the hash and by the place of their document."""
    by_document: dict[str, list[Entry]] = defaultdict(list)
    for entry in active_entries(list(read_entries(db))):
        if entry.target.kind is TargetKind.RECORD:
            for name in filter(None, (entry.document, entry.place)):
                by_document[name].append(entry)
    return by_document
