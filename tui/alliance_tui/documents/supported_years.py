"""The years that a document's date may have."""

from __future__ import annotations

from datetime import date

FIRST_YEAR = 1000
LAST_YEAR = 9999
"""Four digits, as EDTF writes years; an earlier year is a slip ("0024" for 2024)."""


def parse_document_date(text: str) -> str:
    """Return a date (ISO 8601) as YYYY-MM-DD. Raises ValueError with the words that follow the date's name."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is not a date written YYYY-MM-DD") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day}: the year must be between {FIRST_YEAR} and {LAST_YEAR}")
    return day.isoformat()
