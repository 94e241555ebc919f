"""The rows of the `analyses` table: an analysis without its document, compressed, by text, metadata and model."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib

import msgspec

from alliance_tui.errors import UngroundedRecordError
from alliance_tui.records import Agreement, Analysis, Document, Entity


class _Records(msgspec.Struct, frozen=True):
    """The stored part of an analysis; its document is supplied by whoever loads it."""

    entities: tuple[Entity, ...]
    agreements: tuple[Agreement, ...]
    possible: tuple[Agreement, ...] = ()


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Records)


def load_analysis(db: sqlite3.Connection, document: Document, extractor: str, model: str) -> Analysis | None:
    """Return the analysis of a document by this extractor and model; None if there is none or its row is damaged."""
    query = "SELECT records FROM analyses WHERE (text_sha256, context, model, extractor) = (?, ?, ?, ?)"
    row = db.execute(query, (document.sha256, metadata_hash(document), model, extractor)).fetchone()
    return decode_analysis(row[0], document, extractor, model) if row else None


def save_analysis(db: sqlite3.Connection, analysis: Analysis) -> None:
    """Store an analysis; it replaces one of the same document and model."""
    document = analysis.document
    records = zlib.compress(_encoder.encode(_Records(analysis.entities, analysis.agreements, analysis.possible)))
    row = (document.sha256, metadata_hash(document), analysis.extractor, analysis.model, records)
    db.execute("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?, ?, ?)", row)


def decode_analysis(blob: bytes, document: Document, extractor: str, model: str) -> Analysis | None:
    """Decode stored records; None if they are damaged or do not quote the document."""
    try:
        records = _decoder.decode(zlib.decompress(blob))
        return Analysis(document, records.entities, records.agreements, extractor, model, records.possible)
    except (zlib.error, msgspec.MsgspecError, TypeError, ValueError, UngroundedRecordError):
        return None


def metadata_hash(document: Document) -> str:
    """Return a hash of what an analysis may depend on besides the text: all fields of a document but its path."""
    metadata: list[object] = [document.title, document.date, document.kind, document.source, document.pages]
    if document.structure:  # else the hash is the one that libraries without structures hold
        metadata.append(document.structure)
    return hashlib.sha256(msgspec.json.encode(metadata)).hexdigest()
