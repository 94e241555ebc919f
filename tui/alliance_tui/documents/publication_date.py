"""The date that a document gives itself: a line of its own, or the dateline of a report."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in [*_MONTHS, "sept"]) + r")\.?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s?[-–]\s?)?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DATE_PATTERNS = (
    re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]\d\d:\d\d\S*)?(?!\w)"),
    re.compile(rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE),
)
_LABEL = re.compile(
    r"\b(?:for immediate release|press release(?: \(\d{4}\) \d+)?)"
    r"|\b(?:released?|published|posted|updated|issued|dated?|on|at)\b"
    r"|\b\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,4}))?",
    re.IGNORECASE,
)
_ADOPTION_CLAUSE = re.compile(r"^(?:Adopted|Approved|Done|Issued|Signed) (?:by|at|in) [^.;]*\b(?:on|,)\s*$")
"""What leads to the date of a resolution or treaty: "Adopted by the Security Council at its 12th meeting, on"."""
_PLACE_NAMES = re.compile(r"[\s,.:;|()\[\]/–—-]*+(?:[A-ZÀ-Þ][\w.’'-]*+[\s,.:;|()\[\]/–—-]*+){0,6}")
"""Up to six capitalised words. Possessive, since a run of capitals can be split into words in millions of ways."""
_DATELINE_DASH = re.compile(r"[\s,)]{0,3}(?:\([A-Z][^()]{1,40}\)\s*)?(?:—|–|--?|:)\s")
"""What leads from the date of a report to its text: a dash, and before it perhaps the agency."""
_MAX_LINES = 12
_MAX_DATE_LINE_LENGTH = 100
_MAX_DATELINE_LENGTH = 90


def parse_date(text: str) -> str | None:
    """The ISO form of the first whole date in `text` (ISO, or written out in English with its year), else None.

    Dates in figures alone (10/04/2024) are not read: their order differs from country to country.
    """
    found = _first_date(text)
    return found[0] if found else None


def parse_date_line(line: str) -> str | None:
    """The date of a line that is a date, with at most a weekday, a label, a time, a place or who adopted the text
    beside it; ISO or None.
    """
    if len(line) > _MAX_DATE_LINE_LENGTH or not (found := _first_date(line)):
        return None
    iso, start, end = found
    before = _ADOPTION_CLAUSE.sub(" ", line[:start])
    rest = _LABEL.sub(" ", before + " " + line[end:])
    return iso if _PLACE_NAMES.fullmatch(rest) else None


def parse_dateline(line: str) -> str | None:
    """The date in the dateline that opens a report: "WASHINGTON, April 10, 2024 — The …"; ISO or None."""
    head = line[:_MAX_DATELINE_LENGTH]
    found = _first_date(head)
    if not found:
        return None
    if not _DATELINE_DASH.match(line, found[2], _MAX_DATELINE_LENGTH + 30):
        return None
    return found[0] if _PLACE_NAMES.fullmatch(head[: found[1]]) else None


def find_publication_date(text: str) -> str | None:
    """The date that a document's first lines give it, ISO, or None. A date inside a sentence is not taken for it."""
    lines = [line for line in text[:5000].split("\n") if line.strip()][:_MAX_LINES]
    dates = (parse_date_line(line.strip()) or parse_dateline(line.strip()) for line in lines)
    return next((found for found in dates if found), None)


def _first_date(text: str) -> tuple[str, int, int] | None:
    """The first date in the text: its ISO form, and where it begins and ends."""
    for form in _DATE_PATTERNS:
        for match in form.finditer(text):
            try:
                found = date(int(match["year"]), _month_number(match["month"]), int(match["day"]))
            except ValueError:
                continue
            return found.isoformat(), match.start(), match.end()
    return None


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(text[:3].lower()))
