"""The agreements of all documents together, as keys in an order that the reader chooses."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from msgspec import Struct

AgreementKey = tuple[int, int]
"""The number of a document, and the position of one of its agreements in its analysis."""


class AgreementOrder(Struct, frozen=True):
    """The order of agreements: by group, then by a column, then those of the latest documents first.

    `sort` is a key of SORT_COLUMNS and `grouping` one of GROUPINGS, or "". Rows without a value, or without a group,
    come last, also where the order is `reversed`.
    """

    sort: str = ""
    reversed: bool = False
    grouping: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether the reader wants an order other than that of the best match, or of the documents' dates."""
        return bool(self.sort or self.grouping)


_MONEY_FIRST = 1e18
"""What is added to sums of money, so that they exceed all other amounts."""
_LARGEST_AMOUNTS = f"""(SELECT document, position,
        max(value + {_MONEY_FIRST} * (unit = upper(unit) AND unit <> lower(unit))) AS largest_amount
    FROM amounts GROUP BY document, position)"""
_LAST_DAY = "coalesce(latest, substr(deadline, instr(deadline, '/') + 1))"


def _casefolded(column: str) -> str:
    """Return SQL for the text of a column without differences of case; NULL for what is none in a damaged row."""
    return f"CASE typeof({column}) WHEN 'text' THEN casefold({column}) END"


SORT_COLUMNS: Mapping[str, str] = {
    "strength": "strength",
    "agreement": _casefolded("agreement.title"),
    "parties": f"nullif({_casefolded('parties')}, '')",
    "amount": "largest_amount",
    "due": _LAST_DAY,
    "field": "domain",
    "section": "nullif(section, '')",
    "confidence": "confidence",
    "document": _casefolded("documents.title"),
    "date": "documents.date",
}
"""SQL of the values by which agreements are sorted, by the names of columns."""
_GREATEST_FIRST = frozenset(("strength", "amount", "confidence", "date"))
GROUPINGS: Mapping[str, str] = {
    "section": "nullif(section, '')",
    "party": f"nullif({_casefolded('parties')}, '')",
    "field": "domain",
    "year": f"nullif(substr({_LAST_DAY}, 1, 4), '')",
}
"""SQL of the values by which agreements are grouped, by the names of groupings."""


def agreement_keys(db: sqlite3.Connection, order: AgreementOrder, *, all_kinds: bool) -> list[AgreementKey]:
    """Return the agreements of all documents in this order; `all_kinds`: declaratory phrases and packages too."""
    # Of C, since SQLite would report the exception of a signal during a function of Python as an error of its own.
    db.create_function("casefold", 1, str.casefold, deterministic=True)
    terms: list[str] = []
    if order.grouping:
        group = GROUPINGS[order.grouping]
        terms += [f"{group} IS NULL", group]
    if order.sort:
        value = SORT_COLUMNS[order.sort]
        descending = (order.sort in _GREATEST_FIRST) is not order.reversed
        terms += [f"{value} IS NULL", f"{value} {'DESC' if descending else 'ASC'}"]
    terms += ["documents.date IS NULL", "documents.date DESC", "agreement.document", "agreement.position"]
    amounts = f"LEFT JOIN {_LARGEST_AMOUNTS} USING (document, position)" if order.sort == "amount" else ""
    query = f"""SELECT agreement.document, agreement.position FROM agreements AS agreement
        JOIN documents ON documents.number = agreement.document {amounts}
        WHERE {"1" if all_kinds else "agreement.kind = 'agreement'"} ORDER BY {", ".join(terms)}"""
    return [(document, position) for document, position in db.execute(query)]
