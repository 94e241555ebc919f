"""The migration of an older library, or an empty database, to the present schema."""

from __future__ import annotations

import sqlite3

from alliance_tui.library.index.writer import delete_all_rows, write_rows
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.schema import MIGRATIONS, DataMigration


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Lead a database from schema `version` to the present one, inside the caller's transaction."""
    for steps in MIGRATIONS[version:]:
        for step in steps:
            match step:
                case DataMigration.REBUILD_INDEX:
                    _rebuild_index(db)
                case DataMigration.ADD_STRUCTURE:
                    _add_structure(db)
                case str():
                    db.execute(step)


def _add_structure(db: sqlite3.Connection) -> None:
    columns = {row[1] for row in db.execute("PRAGMA table_info(documents)")}
    if "structure" not in columns:  # a compressed list in JSON; empty if nothing is marked up
        db.execute("ALTER TABLE documents ADD COLUMN structure BLOB NOT NULL DEFAULT x''")


def _rebuild_index(db: sqlite3.Connection) -> None:
    """Write the index terms and the rows of all documents, some thirty milliseconds a document."""
    library = LibraryReader(db)
    delete_all_rows(db)
    for document, analysis in library.readable_analyses(list(library.documents())):
        write_rows(db, document.number, analysis)
