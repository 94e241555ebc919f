"""A document of the library without its text: metadata, counts, duplicates, and which part is damaged."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping, Sequence

import msgspec

from alliance_tui.documents.files import display_path
from alliance_tui.documents.language_detection import is_supported_language
from alliance_tui.errors import LibraryError
from alliance_tui.records import BlockSpan

RECORDS_PART = "records"
"""The part of a damaged document that can be read without its records."""

REMEDY = "remove it and add it again, or set it aside with alliance-tui library check --repair"
"""What the reader can do about a damaged document."""

_SAME_TEXT = """SELECT place FROM documents AS first WHERE first.text = texts.number AND first.number < documents.number
    ORDER BY first.number LIMIT 1"""
_SIMILAR_TEXT = "SELECT place FROM documents AS other WHERE other.text = texts.near ORDER BY other.number LIMIT 1"
SELECT_DOCUMENTS = f"""
    SELECT documents.number, CAST(place AS BLOB), CAST(documents.title AS BLOB), CAST(date AS BLOB),
        CAST(kind AS BLOB), CAST(source AS BLOB), CAST(texts.sha256 AS BLOB), texts.words, entities, agreements,
        CAST(language AS BLOB), CAST(added AS BLOB), CAST(opened AS BLOB),
        CAST(({_SAME_TEXT}) AS BLOB), CAST(({_SIMILAR_TEXT}) AS BLOB)
    FROM documents LEFT JOIN texts ON texts.number = documents.text
"""
"""SQL for the fields of LibraryDocument, in their order, without a WHERE clause.

Strings are read as bytes, and the text is joined from the left: a row that is not UTF-8, or has lost its text, is then
a damaged document and does not end the query.
"""
_PATH_FIELDS = ("path", "same_as", "similar_to")


class LibraryDocument(msgspec.Struct, frozen=True):
    """A document of the library, without its text.

    `entities` and `agreements` (undertakings only) are counts. `language` is ISO 639-1, None where it is not known.
    `same_as` and `similar_to` are the paths of an earlier document with the same text, and of a near duplicate.
    `added` and `opened` are ISO times in UTC. `number` is the row's and is never reused.
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
        """Whether its language is one in which records are extracted."""
        return is_supported_language(self.language)


class Damage(msgspec.Struct, frozen=True):
    """A part of a document that cannot be read: "text", "records", "row" or the name of a field of LibraryDocument."""

    path: str
    part: str

    @property
    def description(self) -> str:
        """The damage and its effect, without the remedy."""
        if self.part == RECORDS_PART:
            return f"{self.path} is read without its records, which are damaged"
        return f"{self.path} is left out: its {self.part} is damaged"


class DamagedDocumentError(LibraryError):
    """A document's text cannot be read; other documents can."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(f"{damage.description}: {REMEDY}")


def decode_row(row: Sequence[object]) -> LibraryDocument | Damage:
    """Return the document of a row of SELECT_DOCUMENTS, or what of it is damaged."""
    fields: dict[str, object] = {}
    for name, value in zip(LibraryDocument.__struct_fields__, row, strict=True):
        try:
            fields[name] = _decode(value, name in _PATH_FIELDS) if isinstance(value, bytes) else value
        except UnicodeDecodeError:
            return Damage(_path_or_number(fields), name)
    try:
        return msgspec.convert(fields, LibraryDocument)
    except msgspec.ValidationError:
        part = "text" if fields["sha256"] is None else "row"
        return Damage(_path_or_number(fields), part)


def encode_structure(structure: tuple[BlockSpan, ...]) -> bytes:
    """Encode the blocks of a document's source; empty if nothing is marked up."""
    return zlib.compress(msgspec.json.encode(structure)) if structure else b""


def decode_structure(blob: bytes) -> tuple[BlockSpan, ...]:
    """Decode the blocks of a document's source. Raises zlib.error and msgspec.MsgspecError for a damaged row."""
    return msgspec.json.decode(zlib.decompress(blob), type=tuple[BlockSpan, ...]) if blob else ()


def _decode(value: bytes, is_path: bool) -> str:
    return display_path(os.fsdecode(value)) if is_path else value.decode("utf-8")


def _path_or_number(fields: Mapping[str, object]) -> str:
    return str(fields["path"] or f"document {fields['number']}")
