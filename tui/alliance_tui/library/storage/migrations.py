"""The migration of an older library, or an empty database, to the present schema."""

from __future__ import annotations

import sqlite3
from itertools import chain

from alliance_tui.library.index.writer import delete_all_rows, rewrite_labels, write_changes, write_rows
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.review.review_entries import entries_of
from alliance_tui.library.storage.schema import MIGRATIONS, DataMigration
from alliance_tui.review.entry import exported_place
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Lead a database from schema `version` to the present one, inside the caller's transaction.

    Rows are filled in once all tables and columns are there, since the present code writes all columns.
    """
    pending: list[DataMigration] = []
    for step in chain(*MIGRATIONS[version:]):
        if isinstance(step, str):
            db.execute(step)
        elif step is DataMigration.ADD_STRUCTURE:
            _add_structure(db)
        else:
            pending.append(step)
    if DataMigration.REBUILD_INDEX in pending:
        _rebuild_index(db)
        return
    if DataMigration.ADD_CONFIDENCE in pending:
        _add_confidence(db)
    if DataMigration.INDEX_REVIEWS in pending:
        _index_reviews(db)
    elif DataMigration.INDEX_LABELS in pending:
        _index_labels(db)


def _add_structure(db: sqlite3.Connection) -> None:
    columns = {row[1] for row in db.execute("PRAGMA table_info(documents)")}
    if "structure" not in columns:  # a compressed list in JSON; empty if nothing is marked up
        db.execute("ALTER TABLE documents ADD COLUMN structure BLOB NOT NULL DEFAULT x''")


def _rebuild_index(db: sqlite3.Connection) -> None:
    """Write the index terms and the rows of all documents, some thirty milliseconds a document."""
    library = LibraryReader(db)
    delete_all_rows(db)
    for document, reviewed in library.reviewed_analyses(list(library.documents())):
        write_rows(db, document.number, reviewed)


def _add_confidence(db: sqlite3.Connection) -> None:
    """Fill in the confidence of the agreements of all documents, some two milliseconds a document."""
    library = LibraryReader(db)
    statement = "UPDATE agreements SET confidence = ? WHERE (document, position) = (?, ?)"
    for document, analysis in library.readable_analyses(list(library.documents())):
        rows = ((each.confidence, document.number, position) for position, each in enumerate(analysis.agreements))
        db.executemany(statement, rows)


def _index_reviews(db: sqlite3.Connection) -> None:
    """Bring the rows of all documents, which are those of the extraction, into line with the review log."""
    library = LibraryReader(db)
    for document, analysis in library.readable_analyses(list(library.documents())):
        reviewed = review_analysis(analysis, list(entries_of(db, analysis.document)))
        write_changes(db, document.number, ReviewedAnalysis(analysis), reviewed)
        rewrite_labels(db, document.number, reviewed)  # which had no table


def _index_labels(db: sqlite3.Connection) -> None:
    """Write the labels of the documents on which the review log has entries, some milliseconds each."""
    library = LibraryReader(db)
    texts, places = (
        {value for (value,) in db.execute(f"SELECT DISTINCT {column} FROM review_log")}
        for column in ("document", "place")
    )
    reviewed = [
        each
        for each in library.documents()
        if each.sha256 in texts or places & {str(each.path), exported_place(str(each.path))}
    ]
    for document, analysis in library.reviewed_analyses(reviewed):
        rewrite_labels(db, document.number, analysis)
