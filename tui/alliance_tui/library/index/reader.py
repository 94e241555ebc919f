"""What the library's tables say of keys, names and records: the SQL behind a search, and nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from alliance_tui.library.index.terms import RECORD_UNITS, TermKind

UnitsByDocument = dict[int, str]
"""Numbers of documents, each with the units, as characters, in which something is (see library.keys)."""

CountsByDocument = dict[int, int]
"""Numbers of documents, each with how often something is in it."""

_KEYS = "SELECT number FROM keys WHERE role = ? AND key IN (SELECT value FROM json_each(?))"

SqlCondition = tuple[str, Sequence[object]]
"""SQL on a row of `agreements` that is called `agreement`, and the values for its question marks."""


_COUNTS, _UNITS = 48, 24  # sets of keys; most have few documents, the commonest words some hundred kilobytes


class IndexReader:
    """Answers from the tables of one library. Rows of documents that are no longer there may be among them.

    What it last said of sets of keys it says again: one key after another asks for the same words and one more.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.term_counts: Callable[[TermKind, tuple[str, ...]], Mapping[int, int]] = lru_cache(_COUNTS)(self._count)
        """The documents that have one of the keys, and how often: a word counts once in each unit."""
        self.term_units: Callable[[TermKind, tuple[str, ...]], Mapping[int, str]] = lru_cache(_UNITS)(self._find_units)
        """The documents that have one of the keys, and the units in which they have any (see library.keys)."""

    def terms(self, role: TermKind) -> Iterator[str]:
        """All keys of a role, in order."""
        for (key,) in self._db.execute(
            "SELECT key FROM keys WHERE role = ? AND typeof(key) = 'text' ORDER BY key", (role,)
        ):
            yield key

    def _count(self, role: TermKind, keys: tuple[str, ...]) -> CountsByDocument:
        query = f"SELECT document, sum(max(length(units), 1)) FROM postings WHERE key IN ({_KEYS}) GROUP BY document"
        return dict(self._db.execute(query, (role, json.dumps(keys))))

    def _find_units(self, role: TermKind, keys: tuple[str, ...]) -> UnitsByDocument:
        found: UnitsByDocument = {}
        query = f"SELECT document, units FROM postings WHERE key IN ({_KEYS}) AND typeof(units) = 'text'"
        for document, units in self._db.execute(query, (role, json.dumps(keys))):
            found[document] = found[document] + units if document in found else units
        return found

    def names(self) -> Iterator[tuple[int, str]]:
        """The names that agreements hold, and the other forms of these, each with its number."""
        query = """WITH held (name) AS (
                SELECT name FROM parties
                UNION SELECT instrument FROM agreements
                UNION SELECT attribution FROM agreements
            ) SELECT number, name FROM names WHERE typeof(name) = 'text' AND number IN (
                SELECT name FROM held UNION SELECT form FROM forms WHERE name IN (SELECT name FROM held))"""
        yield from self._db.execute(query)

    def agreement_units(self, conditions: Sequence[SqlCondition]) -> UnitsByDocument:
        """The documents with agreements that meet all of these conditions, and the units that these are."""
        where = " AND ".join(f"({condition})" for condition, _ in conditions) or "1"
        values = [value for _, some in conditions for value in some]
        unit = f"char({RECORD_UNITS.start} + documents.entities + position)"
        query = f"""SELECT document, group_concat({unit}, '') FROM agreements AS agreement
            JOIN documents ON documents.number = document WHERE {where} GROUP BY document"""
        return dict(self._db.execute(query, values))

    def entity_counts(self, types: Collection[str]) -> CountsByDocument:
        """The documents with entities of these types, and how many have."""
        query = (
            "SELECT document, count(*) FROM entities WHERE type IN (SELECT value FROM json_each(?)) GROUP BY document"
        )
        return dict(self._db.execute(query, (json.dumps(list(types)),)))
