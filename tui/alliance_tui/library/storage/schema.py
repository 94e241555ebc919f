"""The schema of the library's database, as the migrations from each version to the next.

Rows that derive from a text or its analysis may outlive their document until orphans are deleted. Numbers are never
reused, so a join with `documents` leaves such rows out.
"""

from __future__ import annotations

from enum import Enum, auto


class DataMigration(Enum):
    """A step of a migration that SQL cannot express."""

    ADD_STRUCTURE = auto()
    """The column for the blocks that a document's source marks up, unless it is there."""
    REBUILD_INDEX = auto()
    """All index terms and rows of records, from the stored texts and analyses."""
    ADD_CONFIDENCE = auto()
    """The confidence of each agreement, from the stored analyses."""
    INDEX_REVIEWS = auto()
    """What the review log says of the stored documents: labels, and the rows of changed records."""
    INDEX_LABELS = auto()
    """The labels of the stored documents on which the review log has entries."""


MIGRATIONS: tuple[tuple[str | DataMigration, ...], ...] = (
    (
        """CREATE TABLE analyses (
            text_sha256 TEXT NOT NULL,
            context TEXT NOT NULL,    -- a hash of the document's metadata (see library.analysis_rows)
            extractor TEXT NOT NULL,
            model TEXT NOT NULL,
            records BLOB NOT NULL,
            PRIMARY KEY (text_sha256, context, model)
        ) WITHOUT ROWID""",
    ),
    ("UPDATE analyses SET records = compressed(records)",),
    (
        """CREATE TABLE texts (
            number INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused, here as below
            sha256 TEXT NOT NULL UNIQUE,
            body BLOB NOT NULL,       -- UTF-8, compressed
            words INTEGER NOT NULL,
            language TEXT,            -- ISO 639-1; NULL where it is not known
            sketch BLOB NOT NULL,     -- see library.near_duplicates
            near INTEGER              -- an earlier text of which it is a near duplicate
        )""",
        """CREATE TABLE shingles (      -- the head of each text's sketch
            hash INTEGER NOT NULL,
            text INTEGER NOT NULL,
            PRIMARY KEY (hash, text)
        ) WITHOUT ROWID""",
        """CREATE TABLE documents (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            place BLOB NOT NULL UNIQUE,  -- the path as the system writes it
            stamp TEXT NOT NULL,      -- the fingerprint of the file and its sidecar (see library.source_file)
            digest BLOB NOT NULL,
            text INTEGER NOT NULL,
            title TEXT NOT NULL,
            date TEXT,
            kind TEXT,
            source TEXT,
            pages TEXT NOT NULL,      -- a list in JSON
            context TEXT NOT NULL,    -- with the text's hash and the model, the key of its analysis
            extractor TEXT NOT NULL,  -- which made the rows of its records below
            model TEXT NOT NULL,
            entities INTEGER NOT NULL,
            agreements INTEGER NOT NULL,
            added TEXT NOT NULL,      -- ISO, UTC
            opened TEXT
        )""",
        "CREATE INDEX documents_of_text ON documents (text)",
        """CREATE TABLE keys (          -- the index terms (see library.index.terms)
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            role TEXT NOT NULL,
            key TEXT NOT NULL,
            UNIQUE (role, key)
        )""",
        """CREATE TABLE postings (
            key INTEGER NOT NULL,
            document INTEGER NOT NULL,
            times INTEGER NOT NULL,   -- how often a word occurs in the text; else 1
            PRIMARY KEY (key, document)
        ) WITHOUT ROWID""",
        """CREATE TABLE names (         -- the distinct names in records
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
        """CREATE TABLE forms (         -- the other forms of an entity's name in a document
            form INTEGER NOT NULL,
            name INTEGER NOT NULL,
            document INTEGER NOT NULL,
            PRIMARY KEY (form, name, document)
        ) WITHOUT ROWID""",
        """CREATE TABLE agreements (
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- in the document's analysis
            kind TEXT NOT NULL,
            strength INTEGER,         -- the rank, 0 to 6
            domain TEXT,
            deadline TEXT,            -- EDTF; its bounds are ISO days, NULL without a year
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
            units TEXT NOT NULL,      -- in which the term occurs: see library.index.terms
            PRIMARY KEY (key, document)
        ) WITHOUT ROWID""",
    ),
    (),  # once relabelled analyses that no extractor reads any more; the versions after it keep their numbers
    (DataMigration.ADD_STRUCTURE,),
    (
        """CREATE TABLE IF NOT EXISTS review_log (    -- what the reader did: see review.entry
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            document TEXT NOT NULL,   -- the SHA-256 of the text
            place TEXT NOT NULL,      -- the path of the document's file, or its hash: see review.entry
            everywhere INTEGER NOT NULL,  -- whether the entry counts in all documents
            entry TEXT NOT NULL       -- JSON
        )""",
        "CREATE INDEX IF NOT EXISTS review_log_of_document ON review_log (document)",
        "CREATE INDEX IF NOT EXISTS review_log_of_place ON review_log (place)",
        "CREATE INDEX IF NOT EXISTS review_log_everywhere ON review_log (everywhere) WHERE everywhere",
        """CREATE TRIGGER IF NOT EXISTS review_log_is_not_changed BEFORE UPDATE ON review_log
            BEGIN SELECT RAISE(ABORT, 'the review log is never changed'); END""",
        """CREATE TRIGGER IF NOT EXISTS review_log_is_kept BEFORE DELETE ON review_log
            BEGIN SELECT RAISE(ABORT, 'the review log is never changed'); END""",
    ),
    (
        "ALTER TABLE agreements ADD COLUMN section TEXT NOT NULL DEFAULT ''",  # the folded words of the heading
        "ALTER TABLE agreements ADD COLUMN party_count INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE agreements ADD COLUMN reaffirms INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE agreements ADD COLUMN restates INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE mentioned (     -- the entities that take part in an agreement, parties or not
            name INTEGER NOT NULL,
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- of the agreement
            PRIMARY KEY (name, document, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE amounts (
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- of the agreement
            value REAL NOT NULL,
            unit TEXT NOT NULL        -- a code of a currency, "percent" or a noun
        )""",
        "CREATE INDEX amounts_by_value ON amounts (value)",
        DataMigration.REBUILD_INDEX,
    ),
    (
        "ALTER TABLE agreements ADD COLUMN confidence REAL",
        DataMigration.ADD_CONFIDENCE,
    ),
    (
        """CREATE TABLE linkable (      -- what linking reads of a document's agreements (see library.links)
            document INTEGER PRIMARY KEY,
            records BLOB NOT NULL     -- MessagePack, compressed
        )""",
        """CREATE TABLE progress (      -- the words of agreements that say that they are under way
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- of the agreement
            words TEXT NOT NULL,
            PRIMARY KEY (document, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE links (
            first INTEGER NOT NULL,   -- a document, added earlier than `second`
            first_position INTEGER NOT NULL,  -- of the agreement
            second INTEGER NOT NULL,
            second_position INTEGER NOT NULL,
            relation TEXT NOT NULL,   -- always "same"
            confidence REAL NOT NULL,
            reasons TEXT NOT NULL,    -- a list in JSON
            PRIMARY KEY (first, first_position, second, second_position)
        ) WITHOUT ROWID""",
        "CREATE INDEX links_of_second ON links (second)",
    ),
    (
        """CREATE TABLE roles (         -- who does, pays, receives or hosts, where the text says so
            name INTEGER NOT NULL,
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- of the agreement
            role TEXT NOT NULL,
            PRIMARY KEY (name, document, position, role)
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE labels (        -- what the reader did with the records (see review.labels)
            label TEXT NOT NULL,
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- of the agreement; those of possible ones follow, others are negative
            PRIMARY KEY (label, document, position)
        ) WITHOUT ROWID""",
        "CREATE INDEX labels_of_document ON labels (document)",
        "CREATE INDEX amounts_of_document ON amounts (document)",
        "ALTER TABLE documents ADD COLUMN reader TEXT NOT NULL DEFAULT ''",  # whose judgement the rows have
        "CREATE TABLE searches (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID",  # saved by the reader
        DataMigration.INDEX_REVIEWS,
    ),
    (DataMigration.INDEX_LABELS,),  # of documents, entities and passages too, and of each word of a tag
    (
        "DROP TABLE progress",
        """CREATE TABLE status_words (  -- what agreements say of their status (see linking.status_words)
            document INTEGER NOT NULL,
            position INTEGER NOT NULL,  -- of the agreement
            progress TEXT NOT NULL,
            is_done INTEGER NOT NULL,
            is_limit INTEGER NOT NULL,
            PRIMARY KEY (document, position)
        ) WITHOUT ROWID""",
        "DELETE FROM linkable",  # documents are linked anew when the register is opened
        "DELETE FROM links",
    ),
    (
        """CREATE TABLE IF NOT EXISTS statements (  -- of a document, as the register has them (see library.statements)
            document INTEGER PRIMARY KEY,
            version TEXT NOT NULL,
            body BLOB NOT NULL
        )""",
        *(
            f"""CREATE TRIGGER IF NOT EXISTS statements_without_{table}_{event.split()[0]} AFTER {event} ON {table}
            BEGIN DELETE FROM statements WHERE document = {document}; END"""
            for table in ("agreements", "status_words")
            for event, document in (("INSERT", "NEW.document"), ("UPDATE", "NEW.document"), ("DELETE", "OLD.document"))
        ),
        """CREATE TRIGGER IF NOT EXISTS statements_of_another_date AFTER UPDATE OF date ON documents
            BEGIN DELETE FROM statements WHERE document = NEW.number; END""",
        """CREATE TRIGGER IF NOT EXISTS statements_of_no_document AFTER DELETE ON documents
            BEGIN DELETE FROM statements WHERE document = OLD.number; END""",
    ),
    (
        "ALTER TABLE linkable ADD COLUMN version TEXT NOT NULL DEFAULT ''",  # see linking.fingerprint
        "CREATE INDEX linkable_by_version ON linkable (version)",
        "ALTER TABLE status_words ADD COLUMN is_act INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE status_words ADD COLUMN is_engagement INTEGER NOT NULL DEFAULT 0",
        DataMigration.REBUILD_INDEX,  # acronyms and other wordings of names are indexed
    ),
)
"""The steps that lead from each version of the schema to the next, beginning with an empty database (0)."""

SCHEMA_VERSION = len(MIGRATIONS)
