"""The library: documents with their analyses, stored, indexed and removed."""

from __future__ import annotations

import os
import sqlite3
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from alliance_tui.documents.language_detection import detect_language, is_supported_language
from alliance_tui.library.analysis_rows import load_analysis, metadata_hash, save_analysis
from alliance_tui.library.index import writer
from alliance_tui.library.ingestion.near_duplicates import (
    HEAD_SIZE,
    MAX_TEXTS_OF_HASH,
    MIN_COMMON_HASHES,
    MIN_SIMILARITY,
    similarity,
    sketch,
)
from alliance_tui.library.ingestion.source_file import SourceFile
from alliance_tui.library.library_document import LibraryDocument, encode_structure
from alliance_tui.library.library_reader import LibraryReader
from alliance_tui.library.links import (
    delete_all_links,
    delete_links,
    link_document,
    relink_document,
    unlinked_documents,
)
from alliance_tui.library.review.review_entries import entries_of
from alliance_tui.library.storage.database import LibraryFile, backup_path
from alliance_tui.library.storage.sqlite import is_corrupt, transaction
from alliance_tui.records import Analysis, Document
from alliance_tui.review.reviewed_analysis import review_analysis

_LOCK_TIMEOUT = 30.0  # seconds


@contextmanager
def open_library(
    path: Path | str | None = None,
    lock_timeout: float = _LOCK_TIMEOUT,
    on_wait: Callable[[str], None] = lambda _: None,
) -> Iterator[Library]:
    """Open the library in the file at `path` (default: the user's own); the file is made if there is none.

    `lock_timeout` is how many seconds to wait for another instance's write; `on_wait` is called with a sentence after
    a moment. Raises LibraryError, also inside the `with`, if the file cannot be used, or was damaged and has
    been set aside.
    """
    with LibraryFile(path, on_wait).connection(lock_timeout) as db:
        yield Library(db)


class Library(LibraryReader):
    """Documents with their analyses and index. Each change is on disk, whole, when its method returns."""

    def is_current(self, path: Path, fingerprint: str, date: str | None, extractor: str, model: str) -> bool:
        """Whether the document at `path` was read from a file with this fingerprint, with this date if one is given,
        and analysed by this extractor and model."""
        query = "SELECT date FROM documents WHERE (place, stamp, extractor, model) = (?, ?, ?, ?)"
        row = self.db.execute(query, (os.fsencode(path), fingerprint, extractor, model)).fetchone()
        return row is not None and date in (None, row[0])

    def confirm_unchanged(self, source_file: SourceFile, date: str | None, extractor: str, model: str) -> bool:
        """Whether the document is current by the content of its file; then store the file's new fingerprint."""
        place = os.fsencode(source_file.path)
        row = self.db.execute("SELECT stamp, digest FROM documents WHERE place = ?", (place,)).fetchone()
        if row is None or row[1] != source_file.digest:
            return False
        if not self.is_current(source_file.path, row[0], date, extractor, model):
            return False
        statement = "UPDATE documents SET stamp = ? WHERE (place, digest) = (?, ?)"
        self.db.execute(statement, (source_file.fingerprint, place, source_file.digest))
        return True

    def date_of(self, path: Path) -> str | None:
        """Return the date of the document at `path`; None without a document or a date."""
        row = self.db.execute("SELECT date FROM documents WHERE place = ?", (os.fsencode(path),)).fetchone()
        return row[0] if row else None

    def cached_analysis(self, document: Document, extractor: str, model: str) -> Analysis | None:
        """Return the stored analysis of a document with the same text and metadata, if there is one."""
        return load_analysis(self.db, document, extractor, model)

    def upsert(self, analysis: Analysis, source_file: SourceFile) -> LibraryDocument:
        """Store a document with its analysis, in place of an earlier one from the same file.

        Nothing changes if another instance has stored the same meanwhile.
        """
        document = analysis.document
        place = os.fsencode(source_file.path)
        fingerprint = source_file.fingerprint
        with transaction(self.db) as db:
            current = self.is_current(source_file.path, fingerprint, document.date, analysis.extractor, analysis.model)
            if current and (stored := next(self.select("WHERE place = ?", place), None)):
                return stored
            added, opened, reader = self._delete_previous(place, document) or (_now(), None, "")
            if is_supported_language(detect_language(document.text)):
                save_analysis(db, analysis)
            row = {
                "place": place,
                "stamp": fingerprint,
                "digest": source_file.digest,
                "text": self._upsert_text(document),
                "title": document.title,
                "date": document.date,
                "kind": document.kind,
                "source": document.source,
                "pages": msgspec.json.encode(document.pages).decode(),
                "structure": encode_structure(document.structure),
                "context": metadata_hash(document),
                "extractor": analysis.extractor,
                "model": analysis.model,
                "entities": 0,
                "agreements": 0,
                "added": added,
                "opened": opened,
                "reader": reader,
            }
            statement = f"INSERT INTO documents ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
            number = db.execute(statement, tuple(row.values())).lastrowid
            assert number is not None
            reviewed = review_analysis(analysis, list(entries_of(db, document)), reader)
            writer.write_rows(db, number, reviewed)
            link_document(db, number, reviewed.analysis)
            return next(self.select("WHERE documents.number = ?", number))

    def mark_opened(self, path: Path) -> None:
        """Store the present time as the one at which the document at `path`, if there is one, was opened last."""
        self.db.execute("UPDATE documents SET opened = ? WHERE place = ?", (_now(), os.fsencode(path)))

    def source_fingerprints(self) -> Iterator[tuple[LibraryDocument, Path, str]]:
        """Yield each document with the path and the stored fingerprint of its file."""
        fingerprints = dict(self.db.execute("SELECT number, CAST(stamp AS TEXT) FROM documents"))
        places = dict(self.db.execute("SELECT number, CAST(place AS BLOB) FROM documents"))
        for document in self.documents():
            yield document, Path(os.fsdecode(places[document.number])), fingerprints[document.number]

    def count_unreferenced_analyses(self) -> int:
        """Return the number of texts with a cached analysis that no document has: they were opened or extracted."""
        query = "SELECT count(DISTINCT text_sha256) FROM analyses WHERE text_sha256 NOT IN (SELECT sha256 FROM texts)"
        (count,) = self.db.execute(query).fetchone()
        return int(count)

    def remove(self, numbers: Iterable[int]) -> None:
        """Remove the documents with these numbers and everything that is stored of them."""
        numbers = list(numbers)
        self.db.execute("PRAGMA secure_delete = ON")
        try:
            self._remove(numbers)
        except sqlite3.DatabaseError as error:
            if not is_corrupt(error):
                raise
            self.reindex()
            self._remove(numbers)
        self._vacuum()

    def clear(self) -> None:
        """Remove all documents and all analyses, those of other documents included."""
        self.db.execute("PRAGMA secure_delete = ON")
        with transaction(self.db):
            for table in ("documents", "analyses"):
                self.db.execute(f"DELETE FROM {table}")
            delete_all_links(self.db)
            self._delete_orphans()
        self._vacuum()

    def back_up(self) -> Path:
        """Copy the database to a new file beside it and return that file's path."""
        path = next(path for _, name, path in self.db.execute("PRAGMA database_list") if name == "main")
        backup = backup_path(Path(path))
        backup.touch(mode=0o600)
        with closing(sqlite3.connect(backup)) as copy:
            self.db.backup(copy)
        return backup

    def reindex(self) -> None:
        """Rebuild SQLite's indexes and key orders, which may no longer agree with a damaged row."""
        with transaction(self.db):
            for table in ("documents", "texts"):
                self.db.execute(f"REINDEX {table}")
            for table in ("analyses", "shingles"):  # WITHOUT ROWID: the rows themselves are in order of their key
                self.db.execute(f"CREATE TEMP TABLE copied AS SELECT * FROM {table}")
                self.db.execute(f"DELETE FROM {table}")
                self.db.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM copied")
                self.db.execute("DROP TABLE copied")

    def rebuild_index(self) -> None:
        """Rebuild the index terms and the rows of records from the stored texts and analyses."""
        with transaction(self.db):
            writer.delete_all_rows(self.db)
            delete_all_links(self.db)
            for document, reviewed in self.reviewed_analyses(list(self.documents())):
                writer.write_rows(self.db, document.number, reviewed)
                link_document(self.db, document.number, reviewed.analysis)

    def link_pending(self, numbers: Sequence[int] | None = None) -> Iterator[LibraryDocument]:
        """Link the documents with these numbers (default: those that the present rules have not linked yet).

        Each is yielded when it is on disk.
        """
        pending = unlinked_documents(self.db) if numbers is None else numbers
        for document, reviewed in self.reviewed_analyses(filter(None, map(self.get, pending))):
            with transaction(self.db):
                relink_document(self.db, document.number, reviewed.analysis)
            yield document

    def compact(self) -> None:
        """Delete orphaned rows and free unused pages of the file."""
        with transaction(self.db):
            self._delete_orphans()
        self._vacuum()

    def _remove(self, numbers: Iterable[int]) -> None:
        with transaction(self.db):
            for number in numbers:
                self._delete(number)
            self._delete_orphans()

    def _upsert_text(self, document: Document) -> int:
        """Return the number of the document's text, which is stored if it is new."""
        row = self.db.execute("SELECT number FROM texts WHERE sha256 = ?", (document.sha256,)).fetchone()
        if row:
            return int(row[0])
        hashes = sketch(document.text)
        cursor = self.db.execute(
            "INSERT INTO texts (sha256, body, words, language, sketch, near) VALUES (?, ?, ?, ?, ?, ?)",
            (
                document.sha256,
                zlib.compress(document.text.encode("utf-8")),
                len(document.text.split()),
                detect_language(document.text),
                array("I", hashes).tobytes(),
                self._find_near_duplicate(hashes),
            ),
        )
        number = cursor.lastrowid
        assert number is not None
        self.db.executemany("INSERT INTO shingles VALUES (?, ?)", ((hash_, number) for hash_ in hashes[:HEAD_SIZE]))
        return number

    def _find_near_duplicate(self, hashes: list[int]) -> int | None:
        """Return the number of the text whose sketch is most similar, if it is similar enough."""
        head = hashes[:HEAD_SIZE]
        texts = f"SELECT text FROM (SELECT text FROM shingles WHERE hash = ? ORDER BY text LIMIT {MAX_TEXTS_OF_HASH})"
        query = f"""SELECT number, sketch FROM texts WHERE number IN (
            SELECT text FROM ({" UNION ALL ".join([texts] * len(head)) or "SELECT NULL AS text"})
            GROUP BY text HAVING count(*) >= ?) ORDER BY number"""
        nearest, greatest = None, MIN_SIMILARITY
        for number, blob in self.db.execute(query, (*head, min(MIN_COMMON_HASHES, len(head)))):
            try:
                other_hashes = array("I", blob)
            except (TypeError, ValueError):  # a damaged row
                continue
            if (estimate := similarity(hashes, other_hashes)) > greatest:
                nearest, greatest = number, estimate
        return nearest

    def _delete_previous(self, place: bytes, document: Document) -> tuple[str, str | None, str] | None:
        """Delete the document from the same file; return when it was added and opened, and its reader, if any was."""
        query = """SELECT documents.number, added, opened, reader, (sha256, context) = (?, ?) FROM documents
            JOIN texts ON texts.number = text WHERE place = ?"""
        row = self.db.execute(query, (document.sha256, metadata_hash(document), place)).fetchone()
        if row is None:
            return None
        number, added, opened, reader, is_same = row
        self.damaged.pop(number, None)
        delete_links(self.db, number)
        if is_same:  # its analyses by other models stay
            self.db.execute("DELETE FROM documents WHERE number = ?", (number,))
        else:
            self._delete(number)
        return added, opened, reader

    def _delete(self, number: int) -> None:
        """Delete a document, and its analyses unless another document has the same text and metadata."""
        query = "SELECT sha256, context FROM documents JOIN texts ON texts.number = text WHERE documents.number = ?"
        key = self.db.execute(query, (number,)).fetchone()
        self.db.execute("DELETE FROM documents WHERE number = ?", (number,))
        delete_links(self.db, number)
        same_key = "SELECT 1 FROM documents JOIN texts ON texts.number = text WHERE (sha256, context) = (?, ?)"
        if key and not self.db.execute(same_key, key).fetchone():
            self.db.execute("DELETE FROM analyses WHERE (text_sha256, context) = (?, ?)", key)

    def _delete_orphans(self) -> None:
        self.db.execute("DELETE FROM texts WHERE number NOT IN (SELECT text FROM documents)")
        self.db.execute("UPDATE texts SET near = NULL WHERE near NOT IN (SELECT number FROM texts)")
        self.db.execute("DELETE FROM shingles WHERE text NOT IN (SELECT number FROM texts)")
        writer.delete_orphans(self.db)

    def _vacuum(self) -> None:
        """Return unused pages to the system, and leave nothing of what was removed in the write-ahead log."""
        with suppress(sqlite3.OperationalError):  # another instance is at work: the next removal will do it
            self.db.execute("VACUUM")
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
