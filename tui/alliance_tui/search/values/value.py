"""The values that numbers and dates stand for, and which of them a value in a query means.

A quantity is a number and a unit; a period is a date or a longer stretch of time. What a reader means:

- Number and unit count together: "$6 million" is neither "6 million" of something else nor "€6 million". A scale is
  part of the number, so "6" means neither "6 million" nor "60".
- A number without a unit means that number of anything: "500m" matches "$500 million" and "500 million people",
  "1.5" matches "1.5C", "2" matches "2%".
- "$", "¥", "pound", "rupee" and the like, without a country, mean every currency of that name.
- A date without a year means that day of any year. A full date means that date; a text that leaves the year out may
  mean it too. A month means itself and its days; a year and the day of a month are numbers too.
- A fiscal year, a quarter, a half and a decade mean themselves only.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

NO_UNIT = ""
PERCENT = "percent"
DAY_OF_MONTH = "day of the month"
_PERIOD_MARK, _FISCAL_MARK = "~", "^"
FIRST_PERIOD = _FISCAL_MARK
"""The least key of a period; the keys of all quantities are less."""

# Names shared by currencies: as the unit of a value that does not say whose.
DOLLAR, YEN_SIGN, POUND, RUPEE, CROWN, FRANC, PESO, DINAR, DIRHAM, RIYAL, WON, SHILLING, LIRA = (
    "dollar",
    "¥",
    "pound",
    "rupee",
    "crown",
    "franc",
    "peso",
    "dinar",
    "dirham",
    "riyal",
    "won",
    "shilling",
    "lira",
)
CURRENCIES_BY_NAME: dict[str, frozenset[str]] = {
    DOLLAR: frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "FJD", "BRL"}),
    YEN_SIGN: frozenset({"JPY", "CNY"}),
    POUND: frozenset({"GBP", "EGP"}),
    RUPEE: frozenset({"INR", "PKR", "LKR", "NPR"}),
    CROWN: frozenset({"SEK", "NOK", "DKK", "CZK", "ISK"}),
    FRANC: frozenset({"CHF"}),
    PESO: frozenset({"PHP", "MXN", "CLP", "COP", "ARS"}),
    DINAR: frozenset({"KWD", "JOD", "IQD", "BHD", "RSD", "DZD", "TND", "LYD"}),
    DIRHAM: frozenset({"AED", "MAD"}),
    RIYAL: frozenset({"SAR", "QAR", "OMR", "YER", "IRR"}),
    WON: frozenset({"KRW", "KPW"}),
    SHILLING: frozenset({"KES", "UGX", "TZS"}),
    LIRA: frozenset({"TRY"}),
}
"""The ISO 4217 codes that a name or sign without a country may stand for."""


class Quantity(Struct, frozen=True, gc=False):
    """A number with its scale worked in, and its unit.

    `unit` is an ISO 4217 code, a name of `CURRENCIES_BY_NAME`, "percent", a measure (see `units`) or "".
    """

    number: float
    unit: str = NO_UNIT

    @property
    def key(self) -> str:
        """The number, a space and the unit."""
        return f"{self.number_key}{self.unit}"

    @property
    def number_key(self) -> str:
        """The common prefix of the keys of all quantities of this number."""
        return f"{self.number!r} "


class Period(Struct, frozen=True, gc=False):
    """A date or a period.

    `edtf` is "2023-10-07", "XXXX-10-07", "2023-10", "203X" (a decade), or "2024-Q3" and "2024-H1"; with `is_fiscal` it
    is a fiscal year, "2027". A calendar year is the quantity of its number.
    """

    edtf: str
    is_fiscal: bool = False

    @property
    def key(self) -> str:
        """The period, marked so that it is no number."""
        return f"{_FISCAL_MARK if self.is_fiscal else _PERIOD_MARK}{self.edtf}"


Value = Quantity | Period


def value_of(key: str) -> Value:
    """Return the value of a key."""
    if key[0] in (_PERIOD_MARK, _FISCAL_MARK):
        return Period(key[1:], is_fiscal=key[0] == _FISCAL_MARK)
    number, _, unit = key.partition(" ")
    return Quantity(float(number), unit)


def may_mean(sought: Value, key: str) -> bool:
    """Whether a value of a query means the value of a key."""
    return means(sought, value_of(key))


class FoundValue(NamedTuple):
    """A span of a string (code points, end exclusive) and what it may be worth: "10/7/2023" is one of two dates."""

    start: int
    end: int
    values: tuple[Value, ...]


def means_unit(sought: str, found: str) -> bool:
    """Whether a quantity in the unit `sought` of a query may be meant by one in the unit `found` of a text."""
    return (
        sought in (found, NO_UNIT)
        or found in CURRENCIES_BY_NAME.get(sought, ())
        or sought in CURRENCIES_BY_NAME.get(found, ())
    )


def units_meant_by(sought: str) -> list[str]:
    """Return all units that a unit of a query means; one that is none of a currency means itself."""
    names = [name for name, codes in CURRENCIES_BY_NAME.items() if sought in codes]
    return sorted({sought, *names, *CURRENCIES_BY_NAME.get(sought, ())})


def means(sought: Value, found: Value) -> bool:
    """Whether a value of a query means a value of a text."""
    match sought, found:
        case Quantity(), Quantity():
            return sought.number == found.number and means_unit(sought.unit, found.unit)
        case Period(), Period():
            return sought.is_fiscal == found.is_fiscal and _means_date(sought.edtf, found.edtf)
    return False


def _means_date(sought: str, found: str) -> bool:
    if sought == found:
        return True
    if sought.startswith("XXXX-") or found.startswith("XXXX-"):
        return len(sought) == len(found) == len("XXXX-10-07") and sought[4:] == found[4:]
    is_month = len(sought) == len("2023-10") and sought[5:].isdigit()
    return is_month and found.startswith(f"{sought}-")
