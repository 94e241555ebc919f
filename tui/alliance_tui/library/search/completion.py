"""Completion of queries with the values that fields have in the library."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping

from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.library.saved_searches import read_searches
from alliance_tui.library.search.document_filters import DUPLICATE, DocumentField
from alliance_tui.records import Strength
from alliance_tui.search.completion import Completion, completions
from alliance_tui.search.filter_fields import FilterField
from alliance_tui.search.plan.conditions import PRESENCE_SQL
from alliance_tui.search.saved_queries import SAVED_FIELD

FIELDS: tuple[str, ...] = tuple(dict.fromkeys(map(str, (*DocumentField, *FilterField, SAVED_FIELD))))
"""The fields of filters on documents, then on records, and that of saved queries."""

_MAX_VALUES = 5_000  # of a field, the commonest: with more, completion would take longer than a keystroke
_IN_LIBRARY = "document IN (SELECT number FROM documents)"
_COUNT_NAMES = "SELECT names.name, count(*) FROM {table} JOIN names ON names.number = {table}.{column}"
_COUNT_RECORDS: dict[str, str] = {
    FilterField.PARTY: _COUNT_NAMES.format(table="parties", column="name"),
    FilterField.INSTRUMENT: _COUNT_NAMES.format(table="agreements", column="instrument"),
    FilterField.ATTRIBUTION: _COUNT_NAMES.format(table="agreements", column="attribution"),
    **{
        role: f"{_COUNT_NAMES.format(table='roles', column='name')} AND role = '{role}'"
        for role in (FilterField.DOES, FilterField.PAYS, FilterField.RECEIVES, FilterField.HOSTS)
    },
    FilterField.STRENGTH: "SELECT strength, count(*) FROM agreements",
    FilterField.DOMAIN: "SELECT domain, count(*) FROM agreements",
    FilterField.KIND: "SELECT kind, count(*) FROM agreements",
    FilterField.ENTITY_TYPE: "SELECT type, count(*) FROM entities",
    FilterField.TAG: "SELECT CASE WHEN label >= '#' AND label < '$' THEN substr(label, 2) END, count(*) FROM labels",
    FilterField.DEADLINE: "SELECT substr(latest, 1, 4), count(*) FROM agreements",
}
"""SQL for the values of a field, each with the number of records that have it."""
_YEAR, _DAY = 4, 10
_DATE_PRECISION: dict[str, int] = {DocumentField.DATE: _YEAR, DocumentField.ADDED: _DAY, DocumentField.OPENED: _DAY}
"""The characters of an ISO date that make a value."""
_HOST = re.compile(r"https?://(?:www\.)?([^/]+)")


class QueryCompleter:
    """Completes queries with the values in one library at the time of construction."""

    def __init__(self, db: sqlite3.Connection, documents: Mapping[int, LibraryDocument]) -> None:
        self._db = db
        self._documents = documents
        self._values: dict[str, Counter[str]] = {}

    def complete(self, query: str, cursor: int) -> tuple[Completion, ...]:
        """Return the completions of the term before `cursor`, likeliest first (see `search.completion`)."""
        return completions(query, cursor, FIELDS, self._count_values)

    def _count_values(self, field: str) -> Counter[str]:
        if field not in self._values:
            counts = self._count_in_records(field) + self._count_in_documents(field)
            self._values[field] = Counter(dict(counts.most_common(_MAX_VALUES)))
        return self._values[field]

    def _count_in_records(self, field: str) -> Counter[str]:
        if field == SAVED_FIELD:
            return Counter(dict.fromkeys(read_searches(self._db), 1))
        if field == FilterField.HAS:
            sums = ", ".join(f"count(CASE WHEN {condition} THEN 1 END)" for condition in PRESENCE_SQL.values())
            row = self._db.execute(f"SELECT {sums} FROM agreements AS agreement WHERE {_IN_LIBRARY}").fetchone()
            return +Counter(dict(zip(PRESENCE_SQL, row, strict=True)))
        if field not in _COUNT_RECORDS:
            return Counter()
        counts = dict(self._db.execute(f"{_COUNT_RECORDS[field]} WHERE {_IN_LIBRARY} GROUP BY 1"))
        counts.pop(None, None)
        if field == FilterField.STRENGTH:
            strengths = list(Strength)
            return Counter({str(strengths[rank]): count for rank, count in counts.items()})
        return Counter(counts)

    def _count_in_documents(self, field: str) -> Counter[str]:
        documents = self._documents.values()
        if field == DocumentField.HAS:
            duplicates = sum(bool(document.same_as or document.similar_to) for document in documents)
            return +Counter({DUPLICATE: duplicates})
        if field in _DATE_PRECISION:
            precision = _DATE_PRECISION[field]
            return Counter(date[:precision] for document in documents if (date := getattr(document, field)))
        if field == DocumentField.SOURCE:
            return Counter(_host_or_source(document.source) for document in documents if document.source)
        if field in (DocumentField.TITLE, DocumentField.KIND, DocumentField.LANGUAGE):
            return Counter(value for document in documents if (value := getattr(document, field)))
        return Counter()


def _host_or_source(source: str) -> str:
    """Return the host of an address, or another source as it is."""
    address = _HOST.match(source)
    return address[1] if address else source
