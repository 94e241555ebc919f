"""Analyses kept on disk, so that a text that was analysed once is shown whole at once.

One SQLite file in the user's data directory. Many instances may use it at once: each call opens its own connection,
writes are single transactions, and the journal is a write-ahead log. Nothing here raises for what is wrong with the
file: the program works without it, and `notice` says why.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from alliance_tui.documents.cleaning import clean_line
from alliance_tui.errors import UngroundedRecordError
from alliance_tui.records import Agreement, Analysis, Document, Entity

SCHEMA_VERSION = 1
APPLICATION_ID = 0x414C5449
"""What marks the file as ours: "ALTI" (SQLite's application_id)."""

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS analyses (
    text_sha256 TEXT NOT NULL,
    context TEXT NOT NULL,
    extractor TEXT NOT NULL,
    model TEXT NOT NULL,
    records BLOB NOT NULL,
    PRIMARY KEY (text_sha256, context, model)
) WITHOUT ROWID;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
COMMIT;
"""
_WAIT = 2.0  # seconds for another instance's write to end
_TRIES = 3  # a damaged file may be set aside, by this instance or another, before the work is done


_Result = TypeVar("_Result")


class _Records(msgspec.Struct, frozen=True):
    """What is kept of an analysis: all but its document, which the reader has at hand."""

    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Records)


class _UnusableError(Exception):
    """The file cannot serve; the message says why."""


def default_path() -> Path:
    """Where the cache lives unless another file is named: in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("alliance-tui", appauthor=False) / "library.sqlite"


class AnalysisCache:
    """The cache in the file `path` (default: `default_path()`), which is made when the first analysis is saved.

    `notice` is None, or one sentence for the reader on what kept the cache from working. A damaged file is set aside
    under another name, never deleted, and a new one begun; a file that was named and is another program's, or a
    later version's, is left as it is and nothing is kept.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.notice: str | None = None
        self._named = path is not None
        self.path = Path(path) if path is not None else default_path()

    def load(self, document: Document, extractor: str, model: str) -> Analysis | None:
        """The analysis of this document by this extractor and model, or None where none is kept.

        The document's title, date, kind, source and pages must be those of the analysis; its path may differ.
        """
        if _identity(self.path) is None:
            return None
        query = "SELECT records FROM analyses WHERE (text_sha256, context, model, extractor) = (?, ?, ?, ?)"
        key = (document.sha256, _context(document), model, extractor)
        row = self._run(lambda db: db.execute(query, key).fetchone())
        if row is None:
            return None
        try:
            records = _decoder.decode(row[0])
            return Analysis(document, records.entities, records.agreements, extractor, model)
        except (msgspec.MsgspecError, TypeError, ValueError, UngroundedRecordError):
            return None  # a damaged row is a missing one: the next save replaces it

    def save(self, analysis: Analysis) -> None:
        """Keep the analysis, in place of one of the same document and model by another version of the extractor."""
        document = analysis.document
        records = _encoder.encode(_Records(analysis.entities, analysis.agreements))
        row = (document.sha256, _context(document), analysis.extractor, analysis.model, records)
        self._run(lambda db: db.execute("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?, ?, ?)", row))

    def _run(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        """What `work` gives on a connection to the file; None, with a notice, where the file cannot serve."""
        for _ in range(_TRIES):
            identity = _identity(self.path)
            try:
                with closing(self._connect()) as db:
                    return work(db)
            except _UnusableError as error:
                self._give_up(str(error))
                break
            except (OSError, sqlite3.OperationalError) as error:
                self._give_up(f"{self.path} cannot be used ({error})")
                break
            except sqlite3.DatabaseError as error:  # not a database, or a malformed one
                if self._named and not _is_ours(self.path):
                    self._give_up(f"{self.path} is not a library of alliance-tui and is left as it is")
                    break
                self._set_aside(identity, str(error))
        return None

    def _give_up(self, reason: str) -> None:
        self.notice = clean_line(f"{reason}: analyses are not kept")

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
        try:
            self._prepare(db)
        except BaseException:
            db.close()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        """Make the schema in a new file; refuse a file of another program or of a later version."""
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if application == APPLICATION_ID and version == SCHEMA_VERSION:
            return
        if application == APPLICATION_ID and version > SCHEMA_VERSION:
            raise _UnusableError(f"{self.path} was made by a later version of alliance-tui")
        if db.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone():
            raise sqlite3.DatabaseError("a database of another program")
        with suppress(sqlite3.OperationalError):  # another instance is setting it at this moment
            db.execute("PRAGMA journal_mode = WAL")
        db.executescript(_SCHEMA)

    def _set_aside(self, identity: tuple[int, int] | None, reason: str) -> None:
        """Rename the file, unless another instance did so meanwhile. What its log holds goes with it."""
        if _identity(self.path) != identity:
            return
        aside = self.path.with_name(f"{self.path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        try:
            for suffix in ("-wal", "-shm", ""):
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{suffix}").rename(f"{aside}{suffix}")
        except OSError as error:
            self._give_up(f"{self.path} is damaged and cannot be set aside ({error})")
        else:
            self.notice = clean_line(f"{self.path} could not be used ({reason}): it is kept as {aside.name}")


def _context(document: Document) -> str:
    """A hash of what an analysis may depend on besides the text: all that is known of the document but its path."""
    known = (document.title, document.date, document.kind, document.source, document.pages)
    return hashlib.sha256(msgspec.json.encode(known)).hexdigest()


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells the file from another one of its name; None where there is none, or it cannot be seen."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_ours(path: Path) -> bool:
    """Whether the file's header (SQLite's file format, 1.3) bears our mark."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError:
        return False
    return header.startswith(b"SQLite format 3\0") and header[68:] == APPLICATION_ID.to_bytes(4, "big")
