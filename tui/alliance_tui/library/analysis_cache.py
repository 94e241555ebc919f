"""Analyses kept on disk, so that a text that was analysed once is shown whole at once.

They are part of the library's file. Nothing here raises for what is wrong with that file: the program works without
it, and `notice` says why.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from alliance_tui.errors import UngroundedRecordError
from alliance_tui.library.database import DamagedLibraryError, LibraryFile, UnusableLibraryError
from alliance_tui.records import Agreement, Analysis, Document, Entity

_WAIT = 2.0  # seconds for another instance's write to end
_TRIES = 3  # a damaged file may be set aside, by this instance or another, before the work is done

_Result = TypeVar("_Result")


class _Records(msgspec.Struct, frozen=True):
    """What is kept of an analysis: all but its document, which the reader has at hand."""

    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Records)


class AnalysisCache:
    """The analyses in the library's file at `path` (default: the user's own), made when the first is saved.

    `notice` is None, or one sentence for the reader on what kept the cache from working.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.notice: str | None = None
        self._file = LibraryFile(path)
        self.path = self._file.path

    def load(self, document: Document, extractor: str, model: str) -> Analysis | None:
        """The analysis of this document by this extractor and model, or None where none is kept.

        The document's metadata, pages and structure must be those of the analysis; its path may differ.
        """
        if not self._file.exists():
            return None
        return self._run(lambda db: load_analysis(db, document, extractor, model))

    def save(self, analysis: Analysis) -> None:
        """Keep the analysis, in place of one of the same document and model by another version of the extractor."""
        self._run(lambda db: save_analysis(db, analysis))

    def _run(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        """What `work` gives on a connection to the file; None, with a notice, where the file cannot serve."""
        for _ in range(_TRIES):
            try:
                with self._file.connection(_WAIT) as db:
                    return work(db)
            except UnusableLibraryError as error:
                self.notice = f"{error.reason}: analyses are not kept"
                break
            except DamagedLibraryError as error:
                self.notice = str(error)
        return None


def load_analysis(db: sqlite3.Connection, document: Document, extractor: str, model: str) -> Analysis | None:
    """The analysis of the document by this extractor and model; None where it is not kept or its row is damaged."""
    query = "SELECT records FROM analyses WHERE (text_sha256, context, model, extractor) = (?, ?, ?, ?)"
    row = db.execute(query, (document.sha256, metadata_hash(document), model, extractor)).fetchone()
    return decode_analysis(row[0], document, extractor, model) if row else None


def save_analysis(db: sqlite3.Connection, analysis: Analysis) -> None:
    """Keep the analysis, in place of one of the same document and model."""
    document = analysis.document
    records = zlib.compress(_encoder.encode(_Records(analysis.entities, analysis.agreements)))
    row = (document.sha256, metadata_hash(document), analysis.extractor, analysis.model, records)
    db.execute("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?, ?, ?)", row)


def decode_analysis(records: bytes, document: Document, extractor: str, model: str) -> Analysis | None:
    """The analysis whose records were kept so; None where they are damaged or do not quote the document."""
    try:
        found = _decoder.decode(zlib.decompress(records))
        return Analysis(document, found.entities, found.agreements, extractor, model)
    except (zlib.error, msgspec.MsgspecError, TypeError, ValueError, UngroundedRecordError):
        return None


def metadata_hash(document: Document) -> str:
    """A hash of what an analysis may depend on besides the text: all that is known of the document but its path."""
    known: list[object] = [document.title, document.date, document.kind, document.source, document.pages]
    if document.structure:  # else the hash is the one that libraries without structures hold
        known.append(document.structure)
    return hashlib.sha256(msgspec.json.encode(known)).hexdigest()
