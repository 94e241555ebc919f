"""Lengths of time from a document's date on: "within two years", "over a five-year period", "over the next decade"."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from alliance_tui.extraction.dates.interpretation import Match, Reading, whole_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates

_OF_PERIODS, _OVER_ONE = ("over a period of", "within a period of"), ("over a", "over an", "within a", "within an")
"""What stands before a length of time that is a period's: "over a period of five years", "over a five-year period"."""


def read_span(match: Match, today: dt.date | None) -> Reading | None:
    """From today (the document's date) to the end of a length of time; None where it is no time to come, or without a
    date: "within two years".
    """
    if not today or not _falls_due(match):
        return None
    return Reading(f"{today}/{_after(today, _count(match), match['unit'])}")


def _falls_due(match: Match) -> bool:
    """Whether a length of time ("two years") is one that starts now and ends when something falls due."""
    if match["which"]:
        return True
    lead = " ".join(match["lead"].lower().split())
    before = match.string[max(0, match.start() - 60) : match.start()]
    after = match.string[match.end() : match.end() + 40]
    if match[0].lower().endswith(("from now", "from today")) or re.match(r"[’']?\s+time\b", after):
        return True
    lasting = whole_words(load(Dates).process_nouns).search(after)
    if lasting and not lead and re.fullmatch(r"[-\s](?:\w+\s){0,2}", after[: lasting.start()]):
        return True
    if lead.endswith("within") and re.match(r"\s+(?:of|after|from|following) (?:[\w’']+ ){0,4}this\b", after):
        return True  # "within thirty days of the adoption of this Communiqué"
    if re.match(r"\s+(?:of|after|from|following|ago|since|old|later|earlier)\b", after):
        return False
    article = match["count"].lower() in ("a", "an")
    if lead.endswith(_OF_PERIODS) or (lead.endswith(_OVER_ONE) and match[0].lower().endswith("period")):
        return not whole_words(load(Dates).record_cues).search(before)
    if lead.endswith(("within", "following")):
        return True
    if lead.endswith(("over", "in")):
        record = whole_words(load(Dates).record_cues).search(before)
        backwards = record or re.search(r"\b(?:for|of|with|after)\s+over$", before + lead)
        return not article and not backwards
    return lead.endswith("of") and bool(whole_words(load(Dates).process_nouns).search(before[-16:]))


def read_next(match: Match, today: dt.date | None) -> Reading | None:
    """From today to the end of a whole unit after it: "over the next decade"."""
    through = re.search(r"(?i)\b(?:within|over|in|during|for|throughout|across|course of)\s+$", match["lead"])
    return Reading(f"{today}/{_after(today, 1, match['unit'])}") if today and through else None


def _after(today: dt.date, count: int, unit: str) -> dt.date:
    unit = unit.lower()
    if unit in ("day", "week"):
        return today + dt.timedelta(days=count * (7 if unit == "week" else 1))
    return later(today, months=count * {"month": 1, "year": 12, "decade": 120}[unit])


def later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(year, dt.MAXYEAR)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _count(match: Match) -> int:
    number = " ".join(match["count"].lower().split())
    return int(number) if number.isdigit() else load(Dates).numbers[number]
