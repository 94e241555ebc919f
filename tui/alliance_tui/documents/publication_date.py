"""The publication date in the first lines of a document: a date line, or the dateline of a report."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

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
"""The words before the date of a resolution or treaty: "Adopted by the Security Council at its 12th meeting, on"."""
_PLACE_NAMES = re.compile(r"[\s,.:;|()\[\]/–—-]*+(?:[A-ZÀ-Þ][\w.’'-]*+[\s,.:;|()\[\]/–—-]*+){0,6}")
"""Up to six capitalised words. Possessive quantifiers: a run of capitals splits into words in millions of ways."""
_DATELINE_DASH = re.compile(r"[\s,)]{0,3}(?:\([A-Z][^()]{1,40}\)\s*)?(?:—|–|--?|:)\s")
"""The dash between the date of a report and its text, with the news agency before it."""
_MAX_LINES = 12
_MAX_DATE_LINE_LENGTH = 100
_MAX_DATELINE_LENGTH = 90


def parse_date(text: str) -> str | None:
    """Return the first full date in `text` (ISO, or in English words with its year) as ISO, or None.

    Numeric dates (10/04/2024) are not read: the order of day and month differs between countries.
    """
    match = _first_date(text)
    return match.iso if match else None


def parse_date_line(line: str) -> str | None:
    """Return the ISO date of a line that holds nothing else, or None.

    A weekday, label, time, place and the clause that a text was adopted may be beside the date.
    """
    if len(line) > _MAX_DATE_LINE_LENGTH or not (match := _first_date(line)):
        return None
    before = _ADOPTION_CLAUSE.sub(" ", line[: match.start])
    rest = _LABEL.sub(" ", before + " " + line[match.end :])
    return match.iso if _PLACE_NAMES.fullmatch(rest) else None


def parse_dateline(line: str) -> str | None:
    """Return the ISO date in the dateline that opens a report ("WASHINGTON, April 10, 2024 — The …"), or None."""
    head = line[:_MAX_DATELINE_LENGTH]
    match = _first_date(head)
    if not match or not _DATELINE_DASH.match(line, match.end, _MAX_DATELINE_LENGTH + 30):
        return None
    return match.iso if _PLACE_NAMES.fullmatch(head[: match.start]) else None


def find_publication_date(text: str) -> str | None:
    """Return the publication date in the first lines of a document (ISO), or None; dates in sentences do not count."""
    lines = [line for line in text[:5000].split("\n") if line.strip()][:_MAX_LINES]
    dates = (parse_date_line(line.strip()) or parse_dateline(line.strip()) for line in lines)
    return next((iso for iso in dates if iso), None)


class _DateMatch(NamedTuple):
    """A date as ISO, and its span in the text."""

    iso: str
    start: int
    end: int


def _first_date(text: str) -> _DateMatch | None:
    for pattern in _DATE_PATTERNS:
        for match in pattern.finditer(text):
            try:
                day = date(int(match["year"]), _month_number(match["month"]), int(match["day"]))
            except ValueError:
                continue
            return _DateMatch(day.isoformat(), match.start(), match.end())
    return None


def _month_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(text[:3].lower()))
