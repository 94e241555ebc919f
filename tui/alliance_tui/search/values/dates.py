"""Dates and periods, read at an offset of a string."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from alliance_tui.search.values.numerals import WORD_END, any_of
from alliance_tui.search.values.units import MONTH_ABBREVIATIONS, MONTHS
from alliance_tui.search.values.value import DAY_OF_MONTH, FoundValue, Period, Quantity, Value

_MONTH_NUMBERS = {month: number for number, month in enumerate(MONTHS, start=1)} | MONTH_ABBREVIATIONS
_MONTH = rf"(?P<month>{any_of(_MONTH_NUMBERS)})\.?{WORD_END}"
_MONTH_NAME = re.compile(rf"(?i)(?<![^\W_])(?:{any_of(_MONTH_NUMBERS)}){WORD_END}")
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)(?![\d]|[.,]\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LAST_DAY = r"(?:(?:\s?[-–—]\s?|\s(?:to|and|or)\s)(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_ISO = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d|[-/.]\d)")
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?!\d|[-/.]\d)"
)
_DAY_MONTH = re.compile(rf"(?i){_DAY}{_LAST_DAY}(?:\s(?:of\s)?|-){_MONTH}(?:(?:,?\s(?:of\s)?|-){_YEAR})?")
_MONTH_DAY = re.compile(rf"(?i){_MONTH}\s{_DAY}(?![\d\w]|[.,:]\d){_LAST_DAY}(?:,?\s{_YEAR})?")
_MONTH_YEAR = re.compile(rf"(?i){_MONTH},?\s(?:of\s)?{_YEAR}")
_YEAR_MONTH = re.compile(r"(?P<year>(?:19|20|21)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d-])")
_DECADE = re.compile(r"(?P<decade>(?:1[5-9]|20|21)\d)0[’']?s(?!\w)")
_FISCAL = re.compile(
    r"(?i)(?:(?:fiscal|financial)(?:\syear)?\s|J?FY\s?[’']?)(?P<year>(?:19|20|21)\d\d|\d\d)(?![\d]|[.,]\d)"
    r"(?:[-–/](?:20)?\d\d(?!\d))?"
)
_PART = re.compile(
    rf"(?i)(?:(?P<nth>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th))\s(?P<unit>quarter|half)\s(?:of\s)?"
    rf"|(?P<letter>[QH])(?P<number>[1-4])[,\s/-]?\s?)(?:CY\s?)?{_YEAR}"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_CENTURY_SPLIT = 70
"""Two digits of a year below this are of the 21st century."""
STARTERS = (
    frozenset(_MONTH_NUMBERS)
    | {"fiscal", "financial", "fy", "jfy"}
    | {f"{letter}{number}" for letter in "qh" for number in range(1, 5)}
)
"""The folded words that may begin a date, beside those that begin with a digit or with "fy"."""
ORDINALS = frozenset({*_ORDINALS, "last", "final"})
"""The folded words that begin a date if "quarter" or "half" follows."""


def read_dates(text: str, start: int, *, in_query: bool) -> list[FoundValue]:
    """Read the dates that begin at `start`: none, one, or those of a range ("7-9 October 2023"), then its year.

    Months of a text need a capital, of a query not.
    """
    found = list(_read_from_digit(text, start) if text[start].isdigit() else _read_from_word(text, start))
    if found and not in_query and any(_is_lower_month(text, value) for value in found):
        return []
    return found


def _is_lower_month(text: str, value: FoundValue) -> bool:
    month = _MONTH_NAME.search(text, value.start, value.end)
    return month is not None and month.group()[0].islower()


def _read_from_digit(text: str, start: int) -> Iterator[FoundValue]:
    if match := _ISO.match(text, start):
        yield from _with_year(match, [_date(int(match["year"]), int(match["month"]), int(match["day"]))])
    elif match := _NUMERIC.match(text, start):
        yield from _with_year(match, _numeric_dates(match))
    elif match := _DAY_MONTH.match(text, start):
        yield from _days(match, is_month_first=False)
    elif match := _YEAR_MONTH.match(text, start):
        yield from _with_year(match, [Period(f"{match['year']}-{match['month']}")])
    elif match := _DECADE.match(text, start):
        yield FoundValue(match.start(), match.end(), (Period(f"{match['decade']}X"),))
    elif match := _PART.match(text, start):
        yield from _part(match)


def _read_from_word(text: str, start: int) -> Iterator[FoundValue]:
    if match := _MONTH_DAY.match(text, start):
        yield from _days(match, is_month_first=True)
    elif match := _MONTH_YEAR.match(text, start):
        month = _MONTH_NUMBERS[match["month"].lower()]
        yield from _with_year(match, [Period(f"{match['year']}-{month:02}")])
    elif match := _FISCAL.match(text, start):
        yield FoundValue(match.start(), match.end(), (Period(f"{_full_year(match['year'])}", is_fiscal=True),))
        if len(match["year"]) == 4:
            yield _year(match)
    elif match := _PART.match(text, start):
        yield from _part(match)


def _days(match: re.Match[str], *, is_month_first: bool) -> Iterator[FoundValue]:
    """Yield the day or the two days of a month, then the year and the numbers of the days.

    Of "7-9 October 2023" the first day spans all, since its month comes last.
    """
    month = _MONTH_NUMBERS[match["month"].lower()]
    year = int(match["year"]) if match["year"] else None
    first = _date(year, month, int(match["day"]))
    if not first:
        return
    yield FoundValue(match.start(), match.end("day") if match["last"] and is_month_first else match.end(), (first,))
    if match["last"] and (last := _date(year, month, int(match["last"]))):
        yield FoundValue(match.start("last"), match.end(), (last,))
    if year:
        yield _year(match)
    for group in ("day", "last"):
        if match[group]:
            yield FoundValue(match.start(group), match.end(group), (Quantity(float(match[group]), DAY_OF_MONTH),))


def _part(match: re.Match[str]) -> Iterator[FoundValue]:
    letter = "H" if (match["letter"] or match["unit"][0]).lower() == "h" else "Q"
    in_words = (match["nth"] or "").lower()
    number = match["number"] or in_words[:1]
    nth = int(number) if number.isdigit() else _ORDINALS.get(in_words, 2 if letter == "H" else 4)
    yield from _with_year(match, [Period(f"{match['year']}-{letter}{nth}")])


def _numeric_dates(match: re.Match[str]) -> list[Period | None]:
    """Return the dates that "7.10.2023" (the day first) or "10/7/2023" (either) may be."""
    year = _full_year(match["year"])
    first, second = int(match["first"]), int(match["second"])
    if len(match["year"]) == 2 and match["mark"] == "-":
        return []
    dates = [_date(year, second, first)]
    return dates if match["mark"] == "." else [*dates, _date(year, first, second)]


def _with_year(match: re.Match[str], dates: list[Period | None]) -> Iterator[FoundValue]:
    """Yield what the whole match may be, and its year as a number of its own."""
    values: tuple[Value, ...] = tuple(dict.fromkeys(date for date in dates if date))
    if values:
        yield FoundValue(match.start(), match.end(), values)
        if len(match["year"]) == 4:
            yield _year(match)


def _year(match: re.Match[str]) -> FoundValue:
    return FoundValue(match.start("year"), match.end("year"), (Quantity(float(match["year"])),))


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < _CENTURY_SPLIT else 1900)


def _date(year: int | None, month: int, day: int) -> Period | None:
    try:
        date = dt.date(year or 2000, month, day)  # a leap year, so that 29 February may lack its year
    except ValueError:
        return None
    return Period(date.isoformat() if year else f"XXXX-{month:02}-{day:02}")
