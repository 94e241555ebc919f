"""The documents of the library: put in, listed, read again, removed."""

from __future__ import annotations

import os
import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from alliance_tui.documents.files import display_path
from alliance_tui.documents.language_detection import detect_language, is_supported_language
from alliance_tui.errors import LibraryError
from alliance_tui.library import analysis_cache
from alliance_tui.library.database import LibraryFile, backup_path, is_corrupt, transaction
from alliance_tui.library.index import writer
from alliance_tui.library.near_duplicates import HEAD_SIZE, MIN_COMMON_HASHES, MIN_SIMILARITY, similarity, sketch
from alliance_tui.library.source_file import SourceFile
from alliance_tui.records import Analysis, BlockSpan, Document, Kind

_WAIT = 30.0  # seconds for another instance's write to end
_SAME = """SELECT place FROM documents AS first WHERE first.text = texts.number AND first.number < documents.number
    ORDER BY first.number LIMIT 1"""
_NEAR = "SELECT place FROM documents AS other WHERE other.text = texts.near ORDER BY other.number LIMIT 1"
_KEPT = f"""
    SELECT documents.number, CAST(place AS BLOB), CAST(documents.title AS BLOB), CAST(date AS BLOB),
        CAST(kind AS BLOB), CAST(source AS BLOB), CAST(texts.sha256 AS BLOB), texts.words, entities, agreements,
        CAST(language AS BLOB), CAST(added AS BLOB), CAST(opened AS BLOB),
        CAST(({_SAME}) AS BLOB), CAST(({_NEAR}) AS BLOB)
    FROM documents LEFT JOIN texts ON texts.number = documents.text
"""
"""All of a document but its text. As bytes, since a document without its text, or with one that is no UTF-8, is damaged
and must not keep the others from being read."""
_PATHS = ("path", "same_as", "similar_to")
_AT = "place = ? OR substr(place, 1, ?) = ?"
_RECORDS = "records"


class LibraryDocument(msgspec.Struct, frozen=True):
    """A document of the library, without its text: what a list of documents shows.

    `entities` and `agreements` (undertakings only) are counts. `language` is ISO 639-1, None where it cannot be told.
    `same_as` and `like` are the paths of an earlier document with the same text, and of one with nearly the same.
    `added` and `opened` are ISO times in UTC. `number` is never given to another document.
    """

    number: int
    path: str
    title: str
    date: str | None
    kind: str | None
    source: str | None
    sha256: str
    words: int
    entities: int
    agreements: int
    language: str | None
    added: str
    opened: str | None
    same_as: str | None
    similar_to: str | None

    @property
    def id(self) -> str:
        """The document's id, which derives from its text alone."""
        return self.sha256[:16]

    @property
    def was_analysed(self) -> bool:
        """Whether its records were looked for (see documents.language)."""
        return is_supported_language(self.language)


class Damage(msgspec.Struct, frozen=True):
    """What of a document of the library cannot be read: `part` is "text", "records" or the name of a field of Kept."""

    path: str
    part: str

    @property
    def description(self) -> str:
        """What it costs the reader, without what to do."""
        if self.part == _RECORDS:
            return f"{self.path} is read without its records, which are damaged"
        return f"{self.path} is left out: its {self.part} is damaged"


class DamagedDocumentError(LibraryError):
    """A document whose text cannot be read any more; the others can."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(f"{damage.description}: {REMEDY}")


REMEDY = "remove it and add it again, or set it aside with alliance-tui library check --repair"
"""What the reader can do about a damaged document."""


@contextmanager
def open_library(path: Path | str | None = None, wait: float = _WAIT) -> Iterator[Library]:
    """The library in the file at `path` (default: the user's own), made where there is none.

    It waits `wait` seconds for another instance's write to end.

    Raises LibraryError, also inside the `with`, where the file cannot be used, or was damaged and is set aside.
    """
    with LibraryFile(path).connection(wait) as db:
        yield Library(db)


class Library:
    """Documents with their analyses in the library's file. Each change is whole on disk when its method returns.

    `db` is a connection in autocommit mode, for questions to the tables (see library.schema). `damaged` holds, by
    number, the documents that were left out of what was asked so far, or read without their records.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.damaged: dict[int, Damage] = {}

    def __len__(self) -> int:
        (count,) = self.db.execute("SELECT count(*) FROM documents").fetchone()
        return int(count)

    def is_current(self, path: Path, fingerprint: str, date: str | None, extractor: str, model: str) -> bool:
        """Whether the document of this path was read when its file had this stamp, with this date if one is given, and
        its records were made by this extractor and model."""
        query = "SELECT date FROM documents WHERE (place, stamp, extractor, model) = (?, ?, ?, ?)"
        row = self.db.execute(query, (os.fsencode(path), fingerprint, extractor, model)).fetchone()
        return row is not None and date in (None, row[0])

    def date_of(self, path: Path) -> str | None:
        """The date of the document of this path, if it is kept and has one."""
        row = self.db.execute("SELECT date FROM documents WHERE place = ?", (os.fsencode(path),)).fetchone()
        return row[0] if row else None

    def confirm_unchanged(self, source_file: SourceFile, date: str | None, extractor: str, model: str) -> bool:
        """The same by what is in the file, whose new stamp is noted then."""
        row = self.db.execute("SELECT stamp, digest FROM documents WHERE place = ?", (os.fsencode(source_file.path),))
        found = row.fetchone()
        if found is None or found[1] != source_file.digest:
            return False
        if not self.is_current(source_file.path, found[0], date, extractor, model):
            return False
        statement = "UPDATE documents SET stamp = ? WHERE (place, digest) = (?, ?)"
        self.db.execute(statement, (source_file.fingerprint, os.fsencode(source_file.path), source_file.digest))
        return True

    def cached_analysis(self, document: Document, extractor: str, model: str) -> Analysis | None:
        """The analysis of a document of the same text and metadata, if it is kept."""
        return analysis_cache.load_analysis(self.db, document, extractor, model)

    def upsert(self, analysis: Analysis, source_file: SourceFile) -> LibraryDocument:
        """Keep a document that was read there, in place of what was read from there before.

        Nothing changes where another instance has done so meanwhile.
        """
        document = analysis.document
        place = os.fsencode(source_file.path)
        with transaction(self.db) as db:
            current = self.is_current(
                source_file.path, source_file.fingerprint, document.date, analysis.extractor, analysis.model
            )
            if current and (kept := next(self._kept("WHERE place = ?", place), None)):
                return kept
            added, opened = self._taken_out(source_file.path, document) or (_now(), None)
            if is_supported_language(detect_language(document.text)):
                analysis_cache.save_analysis(db, analysis)
            row = {
                "place": place,
                "stamp": source_file.fingerprint,
                "digest": source_file.digest,
                "text": self._text(document),
                "title": document.title,
                "date": document.date,
                "kind": document.kind,
                "source": document.source,
                "pages": msgspec.json.encode(document.pages).decode(),
                "structure": _encode_structure(document.structure),
                "context": analysis_cache.metadata_hash(document),
                "extractor": analysis.extractor,
                "model": analysis.model,
                "entities": len(analysis.entities),
                "agreements": sum(agreement.kind is Kind.AGREEMENT for agreement in analysis.agreements),
                "added": added,
                "opened": opened,
            }
            statement = f"INSERT INTO documents ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
            number = db.execute(statement, tuple(row.values())).lastrowid
            assert number is not None
            writer.write_rows(db, number, analysis)
            return next(self._kept("WHERE documents.number = ?", number))

    def documents(self) -> Iterator[LibraryDocument]:
        """All documents, in order of path."""
        return self._kept("ORDER BY place")

    def documents_under(self, path: Path) -> Iterator[LibraryDocument]:
        """The document of this path, or those in the folder of this path, in order of path."""
        return self._kept(f"WHERE {_AT} ORDER BY place", *_at(path))

    def find_numbers(self, path: Path, document: str) -> list[int]:
        """The numbers of the documents of this path, in the folder of this path or with this id, damaged ones too."""
        query = f"""SELECT documents.number FROM documents LEFT JOIN texts ON texts.number = text
            WHERE {_AT} OR substr(sha256, 1, 16) = ?"""
        return [number for (number,) in self.db.execute(query, (*_at(path), document))]

    def get(self, number: int) -> LibraryDocument | None:
        """The document of this number, unless it was removed."""
        return next(self._kept("WHERE documents.number = ?", number), None)

    def last_opened(self) -> LibraryDocument | None:
        """The document that was opened last, or, where none was, added last."""
        return next(self._kept("ORDER BY opened IS NULL, coalesce(opened, added) DESC LIMIT 1"), None)

    def mark_opened(self, path: Path) -> None:
        """Remember that the document of this path, if it is kept, is opened now."""
        self.db.execute("UPDATE documents SET opened = ? WHERE place = ?", (_now(), os.fsencode(path)))

    def load_document(self, entry: LibraryDocument) -> Document:
        """A document with its text.

        Raises KeyError where it was removed meanwhile, DamagedDocumentError where it cannot be read.
        """
        query = """SELECT body, pages, structure FROM documents JOIN texts ON texts.number = text
            WHERE documents.number = ?"""
        row = self.db.execute(query, (entry.number,)).fetchone()
        if row is None:
            raise KeyError(entry.path)
        try:
            text = zlib.decompress(row[0]).decode("utf-8")
            pages = msgspec.json.decode(row[1], type=tuple[int, ...])
            structure = _decode_structure(row[2])
        except (zlib.error, UnicodeDecodeError, msgspec.MsgspecError, TypeError) as error:
            raise DamagedDocumentError(self.mark_damaged(entry, "text")) from error
        return Document(
            text=text,
            sha256=entry.sha256,
            title=entry.title,
            path=entry.path,
            date=entry.date,
            kind=entry.kind,
            source=entry.source,
            pages=pages,
            structure=structure,
        )

    def load_analysis(self, entry: LibraryDocument) -> Analysis:
        """A document's analysis by the model with which it was added; empty where its row is damaged, which is noted.

        Raises KeyError where the document was removed meanwhile, DamagedDocumentError where it cannot be read.
        """
        document = self.load_document(entry)
        query = """SELECT records, analyses.extractor, model FROM documents JOIN analyses USING (context, model)
            WHERE documents.number = ? AND text_sha256 = ?"""
        row = self.db.execute(query, (entry.number, entry.sha256)).fetchone()
        if found := analysis_cache.decode_analysis(row[0], document, *row[1:]) if row else None:
            return found
        if entry.was_analysed:
            self.mark_damaged(entry, _RECORDS)
        return Analysis(document, (), (), "", "")

    def mark_damaged(self, entry: LibraryDocument, part: str) -> Damage:
        """Note that this part of the document cannot be read."""
        damage = self.damaged[entry.number] = Damage(entry.path, part)
        return damage

    def count_unreferenced_analyses(self) -> int:
        """The number of texts of which an analysis is kept, though no document of the library has them: they were
        opened or extracted."""
        query = "SELECT count(DISTINCT text_sha256) FROM analyses WHERE text_sha256 NOT IN (SELECT sha256 FROM texts)"
        (count,) = self.db.execute(query).fetchone()
        return int(count)

    def remove(self, documents: Iterable[int]) -> None:
        """Take the documents of these numbers out, with all that is kept of them."""
        numbers = list(documents)
        self.db.execute("PRAGMA secure_delete = ON")
        try:
            self._remove(numbers)
        except sqlite3.DatabaseError as error:
            if not is_corrupt(error):
                raise
            self.reindex()
            self._remove(numbers)
        self._shrink()

    def reindex(self) -> None:
        """Put every row where it belongs: a damaged one is no longer what an index or its place says of it."""
        with transaction(self.db):
            for table in ("documents", "texts"):
                self.db.execute(f"REINDEX {table}")
            for table in ("analyses", "shingles"):  # WITHOUT ROWID: the rows themselves are in order of their key
                self.db.execute(f"CREATE TEMP TABLE copied AS SELECT * FROM {table}")
                self.db.execute(f"DELETE FROM {table}")
                self.db.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM copied")
                self.db.execute("DROP TABLE copied")

    def _remove(self, numbers: Iterable[int]) -> None:
        with transaction(self.db):
            for number in numbers:
                self._take_out(number)
            self._sweep()

    def clear(self) -> None:
        """Take out everything, kept analyses of other documents too."""
        self.db.execute("PRAGMA secure_delete = ON")
        with transaction(self.db):
            for table in ("documents", "analyses"):
                self.db.execute(f"DELETE FROM {table}")
            self._sweep()
        self._shrink()

    def back_up(self) -> Path:
        """Keep a copy of the file as it is now beside it, and return the path of the copy."""
        path = next(path for _, name, path in self.db.execute("PRAGMA database_list") if name == "main")
        aside = backup_path(Path(path))
        aside.touch(mode=0o600)
        with closing(sqlite3.connect(aside)) as copy:
            self.db.backup(copy)
        return aside

    def rebuild_index(self) -> None:
        """Make what documents are looked up by, and the rows of their records, anew from texts and analyses."""
        with transaction(self.db):
            writer.delete_all_rows(self.db)
            for kept in list(self.documents()):
                with suppress(DamagedDocumentError):
                    writer.write_rows(self.db, kept.number, self.load_analysis(kept))

    def compact(self) -> None:
        """Drop what no document leads to any more, and fill up the pages of the file; these cost room, nothing else."""
        with transaction(self.db):
            self._sweep()
        self._shrink()

    def source_fingerprints(self) -> Iterator[tuple[LibraryDocument, Path, str]]:
        """Each document, the path of its file, and the stamp that this had when it was read."""
        stamps = dict(self.db.execute("SELECT number, CAST(stamp AS TEXT) FROM documents"))
        places = dict(self.db.execute("SELECT number, CAST(place AS BLOB) FROM documents"))
        for kept in self.documents():
            yield kept, Path(os.fsdecode(places[kept.number])), stamps[kept.number]

    def _kept(self, condition: str, *values: object) -> Iterator[LibraryDocument]:
        for row in self.db.execute(f"{_KEPT} {condition}", values):
            kept = _read(row)
            if isinstance(kept, Damage):
                self.damaged[row[0]] = kept
            else:
                yield kept

    def _text(self, document: Document) -> int:
        """The number of the document's text, which is put in if it is new."""
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
                self._nearly_same(hashes),
            ),
        )
        number = cursor.lastrowid
        assert number is not None
        self.db.executemany("INSERT INTO shingles VALUES (?, ?)", ((each, number) for each in hashes[:HEAD_SIZE]))
        return number

    def _nearly_same(self, hashes: list[int]) -> int | None:
        """The number of the text that is most like the one of this sketch, if it is alike."""
        head = hashes[:HEAD_SIZE]
        query = f"""SELECT number, sketch FROM texts WHERE number IN (
            SELECT text FROM shingles WHERE hash IN ({", ".join("?" * len(head))})
            GROUP BY text HAVING count(*) >= ?) ORDER BY number"""
        best, alike = None, MIN_SIMILARITY
        for number, other in self.db.execute(query, (*head, min(MIN_COMMON_HASHES, len(head)))):
            try:
                known = array("I", other)
            except (TypeError, ValueError):  # a damaged row
                continue
            if (how := similarity(hashes, known)) > alike:
                best, alike = number, how
        return best

    def _taken_out(self, path: Path, document: Document) -> tuple[str, str | None] | None:
        """Take out what this document replaces; tells when that was added and opened."""
        query = """SELECT documents.number, added, opened, (sha256, context) = (?, ?) FROM documents
            JOIN texts ON texts.number = text WHERE place = ?"""
        row = self.db.execute(
            query, (document.sha256, analysis_cache.metadata_hash(document), os.fsencode(path))
        ).fetchone()
        if row is None:
            return None
        number, added, opened, same = row
        self.damaged.pop(number, None)
        if same:  # its analyses by other models stay
            self.db.execute("DELETE FROM documents WHERE number = ?", (number,))
        else:
            self._take_out(number)
        return added, opened

    def _take_out(self, number: int) -> None:
        """Take out a document, and its analyses unless another document has the same."""
        query = "SELECT sha256, context FROM documents JOIN texts ON texts.number = text WHERE documents.number = ?"
        of = self.db.execute(query, (number,)).fetchone()
        self.db.execute("DELETE FROM documents WHERE number = ?", (number,))
        others = "SELECT 1 FROM documents JOIN texts ON texts.number = text WHERE (sha256, context) = (?, ?)"
        if of and not self.db.execute(others, of).fetchone():
            self.db.execute("DELETE FROM analyses WHERE (text_sha256, context) = (?, ?)", of)

    def _shrink(self) -> None:
        """Give the room that is not used back to the system, and leave nothing of what was removed in the log."""
        with suppress(sqlite3.OperationalError):  # another instance is at work: the next removal will do it
            self.db.execute("VACUUM")
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _sweep(self) -> None:
        self.db.execute("DELETE FROM texts WHERE number NOT IN (SELECT text FROM documents)")
        self.db.execute("UPDATE texts SET near = NULL WHERE near NOT IN (SELECT number FROM texts)")
        self.db.execute("DELETE FROM shingles WHERE text NOT IN (SELECT number FROM texts)")
        writer.delete_orphans(self.db)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _at(path: Path) -> tuple[bytes, int, bytes]:
    """The values for the question marks of _AT."""
    place = os.fsencode(path)
    below = place.rstrip(b"/") + b"/"
    return place, len(below), below


def _read(row: Sequence[object]) -> LibraryDocument | Damage:
    """What a row of _KEPT says, if it can be read."""
    fields: dict[str, object] = {}
    for name, value in zip(LibraryDocument.__struct_fields__, row, strict=True):
        try:
            fields[name] = _decoded(value, name in _PATHS) if isinstance(value, bytes) else value
        except UnicodeDecodeError:
            return Damage(_path_of(fields), name)
    try:
        return msgspec.convert(fields, LibraryDocument)
    except msgspec.ValidationError:
        part = "text" if fields["sha256"] is None else "row"
        return Damage(_path_of(fields), part)


def _decoded(value: bytes, path: bool) -> str:
    return display_path(os.fsdecode(value)) if path else value.decode("utf-8")


def _path_of(fields: Mapping[str, object]) -> str:
    return str(fields["path"] or f"document {fields['number']}")


def _encode_structure(structure: tuple[BlockSpan, ...]) -> bytes:
    return zlib.compress(msgspec.json.encode(structure)) if structure else b""


def _decode_structure(blob: bytes) -> tuple[BlockSpan, ...]:
    return msgspec.json.decode(zlib.decompress(blob), type=tuple[BlockSpan, ...]) if blob else ()
