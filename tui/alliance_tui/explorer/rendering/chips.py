"""Amounts and due dates in the fewest cells that still say them: "$500 M", "by Jun 2027"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log10

from alliance_tui.records import Agreement, Amount, Deadline, Strength

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_SCALES = ((1e12, 1e12, " T"), (1e9, 1e9, " B"), (1e6, 1e6, " M"), (1e4, 1e3, " k"))
"""From which value on numbers are written in which unit, and how."""
_CURRENCY = re.compile("[A-Z]{3}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_PREPOSITIONS = {"beginning": "from", "starting": "from", "from": "from", "in": "in", "on": "on", "this": "in"}
"""How a chip begins, by the first word of the deadline in the text; most deadlines are "by" a date."""
MAX_UNIT_LENGTH = 10
"""Characters of a counted noun in a chip."""
LOW_CONFIDENCE = 0.6
"""The confidence below which a record is marked as uncertain."""


def is_doubtful(agreement: Agreement) -> bool:
    """Return whether the record may well be wrong."""
    return agreement.confidence is not None and agreement.confidence < LOW_CONFIDENCE


def amount_label(amounts: Sequence[Amount]) -> str:
    """Return the most telling of the amounts (money, then shares, then counts) and how many more there are, or ""."""
    if not amounts:
        return ""
    first = min(amounts, key=lambda amount: (not is_money(amount), amount.unit != "percent"))
    return _amount(first) + (f" +{len(amounts) - 1}" if len(amounts) > 1 else "")


def is_money(amount: Amount) -> bool:
    """Return whether the amount is in a currency."""
    return bool(_CURRENCY.fullmatch(amount.unit))


def money_label(value: float, currency: str) -> str:
    """Return a sum in the currency's symbol or code: "$2.9 B", "CHF 40 k"."""
    return f"{_SYMBOLS.get(currency) or currency + ' '}{_figure(value)}"


def _amount(amount: Amount) -> str:
    if is_money(amount):
        return money_label(amount.value, amount.unit)
    if amount.unit == "percent":
        return f"{amount.value:,.6g} %"
    unit = amount.unit if len(amount.unit) <= MAX_UNIT_LENGTH else ""
    return f"{_figure(amount.value)} {unit}".strip()


def _figure(value: float) -> str:
    """Return a number in three or four figures, in thousands, millions and so on from ten thousand."""
    scale, suffix = next(((scale, suffix) for least, scale, suffix in _SCALES if abs(value) >= least), (1, ""))
    scaled = value / scale
    decimals = max(0, 2 - int(log10(abs(scaled)))) if scaled else 0
    figures = f"{scaled:,.{decimals}f}"
    return (figures.rstrip("0").rstrip(".") if "." in figures else figures) + suffix


def due_label(agreement: Agreement) -> str:
    """Return when the agreement is due, with its preposition: "by Jun 2027"; "" without a deadline."""
    if agreement.deadline is None:
        return ""
    if agreement.strength is Strength.COMPLETED:
        return f"in {date_label(agreement.deadline)}"
    first_word = agreement.deadline.span.quote.split(maxsplit=1)[0].lower()
    preposition = "by" if "/" in agreement.deadline.edtf else _PREPOSITIONS.get(first_word, "by")
    return f"{preposition} {date_label(agreement.deadline)}"


def due_year(agreement: Agreement) -> str:
    """Return the year by which the agreement is due, "" without a deadline."""
    return date_label(agreement.deadline).rpartition(" ")[2] if agreement.deadline else ""


def date_label(deadline: Deadline) -> str:
    """Return the deadline's date in a few cells."""
    return edtf_label(deadline.edtf)


def edtf_label(edtf: str) -> str:
    """Return an EDTF date, the last of an interval, as it is read: "2027", "Jun 2027", "15 Dec 2023", "2020s"."""
    ends = [end.strip("~?%") for end in edtf.split("/") if end and end != ".."]
    if not ends:
        return edtf
    year, month, day = (*ends[-1].split("-"), "", "")[:3]
    decade = year[:-1] + "0s" if year.endswith("X") and not year.startswith("XX") else year
    parts = (day.lstrip("0"), _month(month), "" if year == "XXXX" else decade)
    return " ".join(part for part in parts if part)


def _month(number: str) -> str:
    if number.isdigit() and 1 <= int(number) <= len(_MONTHS):
        return _MONTHS[int(number) - 1]
    return _SEASONS.get(number, "")
