"""The reader's work in the index: the rows of a document are those of its analysis as the reader sees it.

Beside them, the table `labels` has what the reader did with each record (see `review.labels`), by its position among
the document's agreements; possible records have the positions after these. Where authors differ, a document's rows say
what its `reader` says: whoever wrote the last entry on it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence

from alliance_tui.library.analysis_rows import metadata_hash
from alliance_tui.library.index import writer
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.links import link_document, relink_agreements
from alliance_tui.library.review.review_entries import entries_of, read_entries
from alliance_tui.review.document_review import DocumentReview
from alliance_tui.review.entry import HISTORY_ACTIONS, Entry, exported_place, is_exported_place
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis
from alliance_tui.search.indexing.tokenizer import folded_words


def follow_entries(db: sqlite3.Connection, new: Sequence[Entry]) -> None:
    """Bring the rows of the documents that new entries of the log concern into line, in the caller's transaction.

    Only what differs is written. An entity step in all documents costs some tenth of a second for each with the entity.
    """
    library = LibraryReader(db)
    new_ids = {entry.id for entry in new}
    authors = {number: entry.author for entry in new for number in _concerned_documents(db, entry)}
    documents = [document for number in authors if (document := library.get(number))]
    for document, analysis in library.readable_analyses(documents):
        entries = list(entries_of(db, analysis.document))
        earlier = [entry for entry in entries if entry.id not in new_ids]
        before = review_analysis(analysis, earlier, library.reader_of(document))
        after = review_analysis(analysis, entries, authors[document.number])
        db.execute("UPDATE documents SET reader = ? WHERE number = ?", (authors[document.number], document.number))
        write_step(db, document.number, before, after)


def follow_step(
    db: sqlite3.Connection, entries: Sequence[Entry], before: DocumentReview, after: DocumentReview
) -> bool:
    """Bring the rows of the only document that a step concerns into line; return whether that could be done.

    It is done where the rows are those of the review before the step, by the same reader.
    """
    analysis, author = before.extracted, entries[0].author
    concerned = {number for entry in entries for number in _concerned_documents(db, entry)}
    query = """SELECT documents.number FROM documents JOIN texts ON texts.number = text
        WHERE (sha256, context, extractor, model, reader) = (?, ?, ?, ?, ?)"""
    key = (analysis.document.sha256, metadata_hash(analysis.document), analysis.extractor, analysis.model, author)
    if concerned != {number for (number,) in db.execute(query, key)}:
        return False
    for number in concerned:
        write_step(db, number, before.reviewed, after.reviewed)
    return True


def write_step(db: sqlite3.Connection, number: int, before: ReviewedAnalysis, after: ReviewedAnalysis) -> None:
    """Write what differs of a document's rows and of its links."""
    writer.write_changes(db, number, before, after)
    if before.analysis != after.analysis:
        changed = writer.changed_agreements(before.analysis, after.analysis)
        if changed is None:
            link_document(db, number, after.analysis)
        else:
            relink_agreements(db, number, before.analysis, after.analysis, changed)


def _concerned_documents(db: sqlite3.Connection, entry: Entry) -> Iterator[int]:
    query = """SELECT documents.number FROM documents LEFT JOIN texts ON texts.number = text
        WHERE sha256 = ? OR (place = ? AND ? != '')"""
    yield from (number for (number,) in db.execute(query, (entry.document, os.fsencode(entry.place), entry.place)))
    if is_exported_place(entry.place):
        places = db.execute("SELECT number, place FROM documents")
        yield from (number for number, place in places if exported_place(os.fsdecode(place)) == entry.place)
    if entry.everywhere:
        undone = read_entries(db, "WHERE everywhere AND instr(entry, ?)", f'"step":"{entry.undoes}"')
        for each in undone if entry.action in HISTORY_ACTIONS else [entry]:
            yield from _documents_with(db, each)


def _documents_with(db: sqlite3.Connection, entry: Entry) -> Iterator[int]:
    """Yield the documents that have the entity of an entry, by its former or its new name, or the words of either."""
    names = [entry.target.name, *([entry.after] if isinstance(entry.after, str) else [])]
    query = "SELECT DISTINCT document FROM entities JOIN names ON names.number = entities.name WHERE names.name = ?"
    for name in names:
        yield from (number for (number,) in db.execute(query, (name,)))
    if entry.target.anchor:
        names.append(entry.target.anchor.exact)
    for words in filter(None, map(folded_words, names)):  # an entity that was dropped is in no row
        of_word = (
            "SELECT document FROM postings JOIN keys ON number = postings.key WHERE role = 'word' AND keys.key = ?"
        )
        query = " INTERSECT ".join([of_word] * len(words))
        yield from (number for (number,) in db.execute(query, words))
