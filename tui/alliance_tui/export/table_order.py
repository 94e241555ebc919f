"""The orders in which agreements are listed, on the screen and in exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from alliance_tui.records import Agreement

SortKey = Callable[[Agreement], float | str | None]


def _amount(agreement: Agreement) -> float | None:
    """Return the largest amount of money or else of anything, sums of money above all other amounts."""
    values = [amount.value + (1e18 if amount.unit.isupper() else 0) for amount in agreement.amounts]
    return max(values, default=None)


def due(agreement: Agreement) -> str | None:
    """Return the last day of the deadline, or else what the deadline says last; None without a deadline."""
    deadline = agreement.deadline
    return (deadline.latest or deadline.edtf.rpartition("/")[2]) if deadline else None


def _no_key(_: Agreement) -> None:
    """Return nothing to sort by."""


SORT_KEYS: Mapping[str, SortKey] = {
    "strength": lambda agreement: agreement.strength.rank if agreement.strength else None,
    "agreement": lambda agreement: agreement.title.casefold(),
    "parties": lambda agreement: ", ".join(agreement.parties).casefold() or None,
    "amount": _amount,
    "due": due,
    "field": lambda agreement: agreement.domain,
    "section": lambda agreement: agreement.evidence.start if agreement.section else None,
    "confidence": lambda agreement: agreement.confidence,
}
"""What agreements of one document are sorted by, under the names of the table's columns."""
GREATEST_FIRST = frozenset(("strength", "amount", "confidence", "date"))
"""The columns whose greatest value comes first."""


def sorted_agreements(agreements: Iterable[Agreement], column: str, *, turned_round: bool = False) -> list[Agreement]:
    """Return agreements sorted by a column; those without a value come last, and all where it is none of SORT_KEYS."""
    rows = list(agreements)
    key = SORT_KEYS.get(column, _no_key)
    with_value = [row for row in rows if key(row) is not None]
    descending = (column in GREATEST_FIRST) is not turned_round
    with_value.sort(key=key, reverse=descending)  # type: ignore[arg-type]
    return [*with_value, *(row for row in rows if key(row) is None)]
