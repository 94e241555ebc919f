"""The SQL that reads the index, the names and the rows of records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence

from alliance_tui.library.index.latest_results import LatestResults
from alliance_tui.library.index.terms import RECORD_UNITS, TermKind
from alliance_tui.search.plan.conditions import SqlCondition

UnitsByDocument = dict[int, str]
"""Document numbers, each with the characters of units (see library.index.terms)."""

CountsByDocument = dict[int, int]
"""Document numbers, each with a number of occurrences."""

_TermLookup = tuple[TermKind, tuple[str, ...]]
"""A kind of terms, and terms of which any may occur."""

_TERM_NUMBERS = "SELECT number FROM keys WHERE role = ? AND key IN (SELECT value FROM json_each(?))"
_CACHED_COUNTS, _CACHED_UNITS = 48, 24  # results; most are small, those of the commonest words name most documents
_CACHED_DOCUMENTS = 500_000  # in the results of either kind: some 50 MB, enough for the words of a query


class IndexReader:
    """Reads the index of one library. Results may contain documents that were removed but whose rows are still there.

    `term_counts` and `term_units` cache their latest results, since successive keystrokes repeat most terms.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._counts = LatestResults(self._read_counts, _CACHED_COUNTS, _CACHED_DOCUMENTS)
        self._units = LatestResults(self._read_units, _CACHED_UNITS, _CACHED_DOCUMENTS)

    def term_counts(self, kind: TermKind, terms: tuple[str, ...]) -> Mapping[int, int]:
        """Return the documents with any of the terms, and how often: a term counts once in each unit."""
        return self._counts((kind, terms))

    def term_units(self, kind: TermKind, terms: tuple[str, ...]) -> Mapping[int, str]:
        """Return the documents with any of the terms, and the units that have any."""
        return self._units((kind, terms))

    def terms(self, kind: TermKind) -> Iterator[str]:
        """Yield all terms of a kind, sorted."""
        query = "SELECT key FROM keys WHERE role = ? AND typeof(key) = 'text' ORDER BY key"
        for (term,) in self._db.execute(query, (kind,)):
            yield term

    def names(self) -> Iterator[tuple[int, str]]:
        """Yield the numbers and strings of the names in agreements and of their further surface forms."""
        query = """WITH record_names (name) AS (
                SELECT name FROM parties
                UNION SELECT name FROM roles
                UNION SELECT instrument FROM agreements
                UNION SELECT attribution FROM agreements
            ) SELECT number, name FROM names WHERE typeof(name) = 'text' AND number IN (
                SELECT name FROM record_names
                UNION SELECT form FROM forms WHERE name IN (SELECT name FROM record_names))"""
        yield from self._db.execute(query)

    def agreement_units(self, conditions: Sequence[SqlCondition]) -> UnitsByDocument:
        """Return the documents with agreements that meet all conditions, and the units of these agreements."""
        where = " AND ".join(f"({sql})" for sql, _ in conditions) or "1"
        values = [value for _, placeholders in conditions for value in placeholders]
        unit = f"char({RECORD_UNITS.start} + documents.entities + position)"
        query = f"""SELECT document, group_concat({unit}, '') FROM agreements AS agreement
            JOIN documents ON documents.number = document WHERE {where} GROUP BY document"""
        return dict(self._db.execute(query, values))

    def label_counts(self, label: str) -> CountsByDocument:
        """Return the documents with records of this label (see review.labels), and how many they have."""
        query = "SELECT document, count(*) FROM labels WHERE label = ? GROUP BY document"
        return dict(self._db.execute(query, (label,)))

    def marked_documents(self) -> set[int]:
        """Return the documents that have tags or notes themselves, or on their entities and passages."""
        return {number for (number,) in self._db.execute("SELECT DISTINCT document FROM labels WHERE position < 0")}

    def entity_counts(self, types: Collection[str]) -> CountsByDocument:
        """Return the documents with entities of these types, and how many they have."""
        query = """SELECT document, count(*) FROM entities
            WHERE type IN (SELECT value FROM json_each(?)) GROUP BY document"""
        return dict(self._db.execute(query, (json.dumps(list(types)),)))

    def _read_counts(self, lookup: _TermLookup) -> CountsByDocument:
        kind, terms = lookup
        query = f"""SELECT document, sum(max(length(units), 1)) FROM postings
            WHERE key IN ({_TERM_NUMBERS}) GROUP BY document"""
        return dict(self._db.execute(query, (kind, json.dumps(terms))))

    def _read_units(self, lookup: _TermLookup) -> UnitsByDocument:
        kind, terms = lookup
        found: UnitsByDocument = {}
        query = f"SELECT document, units FROM postings WHERE key IN ({_TERM_NUMBERS}) AND typeof(units) = 'text'"
        for document, units in self._db.execute(query, (kind, json.dumps(terms))):
            found[document] = found[document] + units if document in found else units
        return found
