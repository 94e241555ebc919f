"""The values that the fields of a query have in the library, for completions."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping

from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.search import document_filters
from alliance_tui.library.search.sql_filters import HAS_CONDITIONS
from alliance_tui.records import Strength
from alliance_tui.search import query
from alliance_tui.search.completion import Completion, completions

FIELDS = tuple(dict.fromkeys((*document_filters.FIELDS, *query.FilterField)))
"""The names of the fields of documents, then of records."""

_MOST = 5_000  # values of a field, the commonest: with more, a key would wait for its completions
_IN_LIBRARY = "document IN (SELECT number FROM documents)"
_NAMED = "SELECT names.name, count(*) FROM {table} JOIN names ON names.number = {table}.{column}"
_RECORDS = {
    "party": _NAMED.format(table="parties", column="name"),
    "instrument": _NAMED.format(table="agreements", column="instrument"),
    "said": _NAMED.format(table="agreements", column="attribution"),
    "strength": "SELECT strength, count(*) FROM agreements",
    "domain": "SELECT domain, count(*) FROM agreements",
    "kind": "SELECT kind, count(*) FROM agreements",
    "type": "SELECT type, count(*) FROM entities",
    "by": "SELECT substr(latest, 1, 4), count(*) FROM agreements",
}
"""The values of the fields of records, each with how many records have it."""
_YEAR, _DAY = 4, 10
_DATES = {"date": _YEAR, "added": _DAY, "opened": _DAY}
"""How much of a date is a value."""
_HOST = re.compile(r"https?://(?:www\.)?([^/]+)")


class QueryCompleter:
    """Completes queries to one library as it is now."""

    def __init__(self, db: sqlite3.Connection, documents: Mapping[int, LibraryDocument]) -> None:
        self._db = db
        self._documents = documents
        self._values: dict[str, Counter[str]] = {}

    def complete(self, typed: str, cursor: int) -> tuple[Completion, ...]:
        """What may stand before `cursor` in the query, likeliest first (see `search.completion`)."""
        return completions(typed, cursor, FIELDS, self._values_of)

    def _values_of(self, field: str) -> Counter[str]:
        if field not in self._values:
            counts = self._of_records(field) + self._of_documents(field)
            self._values[field] = Counter(dict(counts.most_common(_MOST)))
        return self._values[field]

    def _of_records(self, field: str) -> Counter[str]:
        if field == "has":
            sums = ", ".join(f"count(CASE WHEN {condition} THEN 1 END)" for condition in HAS_CONDITIONS.values())
            row = self._db.execute(f"SELECT {sums} FROM agreements AS agreement WHERE {_IN_LIBRARY}").fetchone()
            return +Counter(dict(zip(HAS_CONDITIONS, row, strict=True)))
        if field not in _RECORDS:
            return Counter()
        found = dict(self._db.execute(f"{_RECORDS[field]} WHERE {_IN_LIBRARY} GROUP BY 1"))
        found.pop(None, None)
        if field == "strength":
            rungs = list(Strength)
            return Counter({str(rungs[rung]): count for rung, count in found.items()})
        return Counter(found)

    def _of_documents(self, field: str) -> Counter[str]:
        documents = self._documents.values()
        if field == "has":
            alike = sum(bool(kept.same_as or kept.similar_to) for kept in documents)
            return +Counter({document_filters.DUPLICATE: alike})
        if field in _DATES:
            return Counter(date[: _DATES[field]] for kept in documents if (date := getattr(kept, field)))
        if field == "source":
            return Counter(_from(kept.source) for kept in documents if kept.source)
        if field in ("title", "kind", "language"):
            return Counter(value for kept in documents if (value := getattr(kept, field)))
        return Counter()


def _from(source: str) -> str:
    """The source, or of an address only the host."""
    address = _HOST.match(source)
    return address[1] if address else source
