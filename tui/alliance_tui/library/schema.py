"""The tables of the library's file, and how each version of them becomes the next.

Rows that are derived from a text or its analysis may outlive their document until the library is next swept; numbers
are never given twice, so a join with `documents` leaves them out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress


def _make_keys(db: sqlite3.Connection) -> None:
    """Make anew what documents are looked up by, which takes some twenty milliseconds a document."""
    from alliance_tui.library.index.writer import write_index_terms
    from alliance_tui.library.store import DamagedDocumentError, Library  # which stands on these tables

    library = Library(db)
    for kept in list(library.documents()):
        with suppress(DamagedDocumentError):
            write_index_terms(db, kept.number, library.load_analysis(kept))


def _add_structure(db: sqlite3.Connection) -> None:
    """Add the column for the blocks that a document's source marks up, unless it is there."""
    columns = {row[1] for row in db.execute("PRAGMA table_info(documents)")}
    if "structure" not in columns:  # a compressed list in JSON; empty where nothing is marked up
        db.execute("ALTER TABLE documents ADD COLUMN structure BLOB NOT NULL DEFAULT x''")


SOURCE_FINGERPRINT = "29c63453461a70e8"
"""The last extractor version that was a hash of the source text; schema 4 and older hold analyses by it."""

SUCCESSOR = "13aadb94c63e42a3"
"""The first extractor version by rules, lexicons and classifier: its records equal those of SOURCE_FINGERPRINT."""

MIGRATIONS: tuple[tuple[str | Callable[[sqlite3.Connection], None], ...], ...] = (
    (
        """CREATE TABLE analyses (
            text_sha256 TEXT NOT NULL,
            context TEXT NOT NULL,    -- a hash of what else is known of the document (see library.cache)
            extractor TEXT NOT NULL,
            model TEXT NOT NULL,
            records BLOB NOT NULL,
            PRIMARY KEY (text_sha256, context, model)
        ) WITHOUT ROWID""",
    ),
    ("UPDATE analyses SET records = compressed(records)",),
    (
        """CREATE TABLE texts (
            number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice, here as below
            sha256 TEXT NOT NULL UNIQUE,
            body BLOB NOT NULL,       -- UTF-8, compressed
            words INTEGER NOT NULL,
            language TEXT,            -- ISO 639-1; NULL where it cannot be told
            sketch BLOB NOT NULL,     -- see library.likeness
            near INTEGER              -- an earlier text that is nearly the same
        )""",
        """CREATE TABLE shingles (      -- the head of each text's sketch
            hash INTEGER NOT NULL,
            text INTEGER NOT NULL,
            PRIMARY KEY (hash, text)
        ) WITHOUT ROWID""",
        """CREATE TABLE documents (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            place BLOB NOT NULL UNIQUE,  -- the path as the system writes it
            stamp TEXT NOT NULL,      -- of the file and its sidecar when they were read (see library.origin)
            digest BLOB NOT NULL,
            text INTEGER NOT NULL,
            title TEXT NOT NULL,
            date TEXT,
            kind TEXT,
            source TEXT,
            pages TEXT NOT NULL,      -- a list in JSON
            context TEXT NOT NULL,    -- with the text's hash and the model, the key of its analysis
            extractor TEXT NOT NULL,  -- what made the rows of its records below
            model TEXT NOT NULL,
            entities INTEGER NOT NULL,
            agreements INTEGER NOT NULL,
            added TEXT NOT NULL,      -- ISO, UTC
            opened TEXT
        )""",
        "CREATE INDEX documents_of_text ON documents (text)",
        """CREATE TABLE keys (          -- what documents are looked up by (see library.keys)
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            role TEXT NOT NULL,
            key TEXT NOT NULL,
            UNIQUE (role, key)
        )""",
        """CREATE TABLE postings (
            key INTEGER NOT NULL,
            document INTEGER NOT NULL,
            times INTEGER NOT NULL,   -- how often a word stands in the text; else 1
            PRIMARY KEY (key, document)
        ) WITHOUT ROWID""",
        """CREATE TABLE names (         -- each distinct string by which records name something
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE
        )""",
        """CREATE TABLE entities (
            name INTEGER NOT NULL,
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- in the document's analysis
            type TEXT NOT NULL,
            mentions INTEGER NOT NULL,
            PRIMARY KEY (name, document, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE forms (         -- the further names that a document uses for an entity
            form INTEGER NOT NULL,
            name INTEGER NOT NULL,
            document INTEGER NOT NULL,
            PRIMARY KEY (form, name, document)
        ) WITHOUT ROWID""",
        """CREATE TABLE agreements (
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- in the document's analysis
            kind TEXT NOT NULL,
            strength INTEGER,         -- the rung, 0 to 6
            domain TEXT,
            deadline TEXT,            -- EDTF; its bounds are ISO days, NULL where the year is not known
            earliest TEXT,
            latest TEXT,
            amounts INTEGER NOT NULL,  -- how many
            instrument INTEGER,       -- a name
            attribution INTEGER,      -- a name
            start INTEGER NOT NULL,   -- of the evidence, in code points
            parties TEXT NOT NULL,    -- as they are shown
            title TEXT NOT NULL,
            PRIMARY KEY (document, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE parties (
            name INTEGER NOT NULL,
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- of the agreement
            PRIMARY KEY (name, document, position)
        ) WITHOUT ROWID""",
    ),
    (
        "DROP TABLE postings",
        "DELETE FROM keys",
        """CREATE TABLE postings (
            key INTEGER NOT NULL,
            document INTEGER NOT NULL,
            units TEXT NOT NULL,      -- in which a word stands: see library.keys
            PRIMARY KEY (key, document)
        ) WITHOUT ROWID""",
        _add_structure,  # what `_make_keys` reads documents by has it
        _make_keys,
    ),
    (
        f"UPDATE analyses SET extractor = '{SUCCESSOR}' WHERE extractor = '{SOURCE_FINGERPRINT}'",
        f"UPDATE documents SET extractor = '{SUCCESSOR}' WHERE extractor = '{SOURCE_FINGERPRINT}'",
    ),
    (_add_structure,),
)
"""The statements, and the functions, that lead from each version of the schema to the next."""

SCHEMA_VERSION = len(MIGRATIONS)
