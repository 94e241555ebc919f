"""What the library's tables say of keys, names and records: the SQL behind a search, and nothing else."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from alliance_tui.library.keys import Role

Counts = dict[int, int]
"""Numbers of documents, each with how often something is in it."""

Condition = tuple[str, Sequence[object]]
"""SQL on a row of `agreements` that is called `agreement`, and the values for its question marks."""


class Lookups:
    """Answers from the tables of one library. Rows of documents that are no longer there may be among them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keys(self, role: Role) -> Iterator[str]:
        """All keys of a role, in order."""
        for (key,) in self._db.execute("SELECT key FROM keys WHERE role = ? ORDER BY key", (role,)):
            yield key

    def with_any(self, role: Role, keys: Iterable[str]) -> Counts:
        """The documents that have one of the keys, and how often they have any."""
        query = """SELECT document, sum(times) FROM postings WHERE key IN (
            SELECT number FROM keys WHERE role = ? AND key IN (SELECT value FROM json_each(?))) GROUP BY document"""
        return dict(self._db.execute(query, (role, json.dumps(list(keys)))))

    def names(self) -> Iterator[tuple[int, str]]:
        """The names that agreements hold, and the other forms of these, each with its number."""
        query = """WITH held (name) AS (
                SELECT name FROM parties
                UNION SELECT instrument FROM agreements
                UNION SELECT attribution FROM agreements
            ) SELECT number, name FROM names WHERE number IN (
                SELECT name FROM held UNION SELECT form FROM forms WHERE name IN (SELECT name FROM held))"""
        yield from self._db.execute(query)

    def agreements(self, conditions: Sequence[Condition]) -> Counts:
        """The documents with agreements that meet all of these conditions, and how many do."""
        where = " AND ".join(f"({condition})" for condition, _ in conditions) or "1"
        values = [value for _, some in conditions for value in some]
        query = f"SELECT document, count(*) FROM agreements AS agreement WHERE {where} GROUP BY document"
        return dict(self._db.execute(query, values))

    def entities(self, types: Collection[str]) -> Counts:
        """The documents with entities of these types, and how many have."""
        query = (
            "SELECT document, count(*) FROM entities WHERE type IN (SELECT value FROM json_each(?)) GROUP BY document"
        )
        return dict(self._db.execute(query, (json.dumps(list(types)),)))

    def records(self, document: int) -> bytes:
        """The records of a document as they are kept (see library.cache), of which the strings can be searched."""
        query = """SELECT records FROM documents JOIN texts ON texts.number = documents.text
            JOIN analyses ON (text_sha256, analyses.context, analyses.model) =
                (sha256, documents.context, documents.model)
            WHERE documents.number = ?"""
        row = self._db.execute(query, (document,)).fetchone()
        try:
            return zlib.decompress(row[0]) if row else b""
        except zlib.error:
            return b""
