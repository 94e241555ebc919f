"""Undertakings with given dates, for tests of overviews."""

from __future__ import annotations

from alliance_tui.linking.register import RegisterContext, RegisterRow, Statement
from alliance_tui.records import Domain, Strength

TODAY = "2030-06-01"


def undertaking(
    title: str,
    *dates: str,
    parties: str = "Norland, Westmark",
    due: tuple[str, str | None, str | None] | None = None,
    domain: Domain | None = Domain.MARITIME,
    strength: Strength = Strength.COMMITTED,
) -> RegisterRow:
    """Return an undertaking stated on these dates ("" for an undated document), due in EDTF with its two ends."""
    edtf, earliest, latest = due or (None, None, None)
    names = tuple(filter(None, parties.split(", ")))
    statements = [
        Statement(number, 0, date, title, names, strength, edtf, earliest, latest, domain)
        for number, date in enumerate(dates)
    ]
    return RegisterRow(tuple(statements), RegisterContext(TODAY, statements))
