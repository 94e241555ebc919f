"""Read access to the documents of a library and their analyses."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_tui.library.analysis_rows import decode_analysis
from alliance_tui.library.library_document import (
    RECORDS_PART,
    SELECT_DOCUMENTS,
    Damage,
    DamagedDocumentError,
    LibraryDocument,
    decode_row,
    decode_structure,
)
from alliance_tui.library.review.review_entries import entries_of
from alliance_tui.records import Analysis, Document
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis, review_analysis

_AT_OR_BELOW = "place = ? OR substr(place, 1, ?) = ?"


class LibraryReader:
    """Reads documents through `db`, a connection in autocommit mode to a database of `library.schema`.

    `damaged` collects, by document number, the documents that were left out of earlier answers, or read without their
    records.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.damaged: dict[int, Damage] = {}

    def __len__(self) -> int:
        (count,) = self.db.execute("SELECT count(*) FROM documents").fetchone()
        return int(count)

    def documents(self) -> Iterator[LibraryDocument]:
        """Yield all documents in order of path."""
        return self.select("ORDER BY place")

    def get(self, number: int) -> LibraryDocument | None:
        """Return the document with this number; None if it was removed."""
        return next(self.select("WHERE documents.number = ?", number), None)

    def find_numbers(self, path: Path, document_id: str) -> list[int]:
        """Return the numbers of the documents at this path, in this folder, or with this id; damaged ones too."""
        query = f"""SELECT documents.number FROM documents LEFT JOIN texts ON texts.number = text
            WHERE {_AT_OR_BELOW} OR substr(sha256, 1, 16) = ?"""
        place = os.fsencode(path)
        below = place.rstrip(b"/") + b"/"
        return [number for (number,) in self.db.execute(query, (place, len(below), below, document_id))]

    def find_numbers_of_records(self, record_ids: Iterable[str]) -> list[int]:
        """Return the numbers of the documents whose stored records, or entries in the review log, have these ids."""
        wanted = [identifier.encode() for identifier in record_ids]
        query = """SELECT documents.number, records FROM documents JOIN texts ON texts.number = text
            JOIN analyses USING (context, model) WHERE text_sha256 = sha256"""
        numbers = []
        for number, blob in self.db.execute(query):
            with suppress(zlib.error, TypeError):
                records = zlib.decompress(blob)
                if any(identifier in records for identifier in wanted):
                    numbers.append(number)
        logged = """SELECT documents.number FROM review_log JOIN texts ON sha256 = document
            JOIN documents ON text = texts.number WHERE instr(entry, ?)"""
        for identifier in record_ids:
            numbers += [number for (number,) in self.db.execute(logged, (f'"id":"{identifier}"',))]
        return numbers

    def select(self, clauses: str, *values: object) -> Iterator[LibraryDocument]:
        """Yield the readable documents of SELECT_DOCUMENTS with further SQL clauses; note the damaged ones."""
        for row in self.db.execute(f"{SELECT_DOCUMENTS} {clauses}", values):
            document = decode_row(row)
            if isinstance(document, Damage):
                self.damaged[row[0]] = document
            else:
                yield document

    def load_document(self, document: LibraryDocument) -> Document:
        """Load a document with its text.

        Raises KeyError if it was removed meanwhile, DamagedDocumentError if its text cannot be read.
        """
        query = """SELECT body, pages, structure FROM documents JOIN texts ON texts.number = text
            WHERE documents.number = ?"""
        row = self.db.execute(query, (document.number,)).fetchone()
        if row is None:
            raise KeyError(document.path)
        try:
            text = zlib.decompress(row[0]).decode("utf-8")
            pages = msgspec.json.decode(row[1], type=tuple[int, ...])
            structure = decode_structure(row[2])
        except (zlib.error, UnicodeDecodeError, msgspec.MsgspecError, TypeError) as error:
            raise DamagedDocumentError(self.mark_damaged(document, "text")) from error
        return Document(
            text=text,
            sha256=document.sha256,
            title=document.title,
            path=document.path,
            date=document.date,
            kind=document.kind,
            source=document.source,
            pages=pages,
            structure=structure,
        )

    def load_analysis(self, document: LibraryDocument) -> Analysis:
        """Load a document's analysis by the model with which it was added.

        The analysis is empty, and the damage noted, if its row cannot be read. Raises like `load_document`.
        """
        loaded = self.load_document(document)
        query = """SELECT records, analyses.extractor, model FROM documents JOIN analyses USING (context, model)
            WHERE documents.number = ? AND text_sha256 = ?"""
        row = self.db.execute(query, (document.number, document.sha256)).fetchone()
        if analysis := decode_analysis(row[0], loaded, *row[1:]) if row else None:
            return analysis
        if document.was_analysed:
            self.mark_damaged(document, RECORDS_PART)
        return Analysis(loaded, (), (), "", "")

    def readable_analyses(self, documents: Iterable[LibraryDocument]) -> Iterator[tuple[LibraryDocument, Analysis]]:
        """Yield the documents that can be read, with their analyses; damaged and removed ones are left out."""
        for document in documents:
            try:
                analysis = self.load_analysis(document)
            except (DamagedDocumentError, KeyError):
                continue
            yield document, analysis

    def reader_of(self, document: LibraryDocument) -> str:
        """Return the author whose judgements count in the document's rows where authors differ; "" for none yet."""
        row = self.db.execute("SELECT reader FROM documents WHERE number = ?", (document.number,)).fetchone()
        return row[0] if row else ""

    def load_reviewed(self, document: LibraryDocument) -> ReviewedAnalysis:
        """Load a document's analysis as its reader sees it. Raises like `load_analysis`."""
        analysis = self.load_analysis(document)
        return review_analysis(analysis, list(entries_of(self.db, analysis.document)), self.reader_of(document))

    def reviewed_analyses(
        self, documents: Iterable[LibraryDocument]
    ) -> Iterator[tuple[LibraryDocument, ReviewedAnalysis]]:
        """Yield the documents that can be read, with their analyses as their readers see them."""
        for document, analysis in self.readable_analyses(documents):
            entries = list(entries_of(self.db, analysis.document))
            yield document, review_analysis(analysis, entries, self.reader_of(document))

    def mark_damaged(self, document: LibraryDocument, part: str) -> Damage:
        """Note that this part of the document cannot be read."""
        damage = self.damaged[document.number] = Damage(document.path, part)
        return damage
