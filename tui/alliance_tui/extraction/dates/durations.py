"""Durations from the reference date on: "within two years", "over a five-year period", "over the next decade"."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from alliance_tui.extraction.dates.interpretation import DateValue, Match, whole_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates

_PERIOD_OF_LEADS = ("over a period of", "within a period of")
_PERIOD_LEADS = ("over a", "over an", "within a", "within an")
"""The words before a duration that is called a period: "over a five-year period"."""


def interpret_duration(match: Match, reference_date: dt.date | None) -> DateValue | None:
    """Interpret a duration as the period from the reference date to its end: "within two years"."""
    if not reference_date or not _is_deadline(match):
        return None
    return DateValue(f"{reference_date}/{_add_units(reference_date, _unit_count(match), match['unit'])}")


def _is_deadline(match: Match) -> bool:
    """Whether a duration ("two years") begins now and ends when something falls due."""
    if match["which"]:
        return True
    lead = " ".join(match["lead"].lower().split())
    before = match.string[max(0, match.start() - 60) : match.start()]
    after = match.string[match.end() : match.end() + 40]
    if match[0].lower().endswith(("from now", "from today")) or re.match(r"[’']?\s+time\b", after):
        return True
    noun = whole_words(load(Dates).process_nouns).search(after)
    if noun and not lead and re.fullmatch(r"[-\s](?:\w+\s){0,2}", after[: noun.start()]):
        return True
    if lead.endswith("within") and re.match(r"\s+(?:of|after|from|following) (?:[\w’']+ ){0,4}this\b", after):
        return True  # "within thirty days of the adoption of this Communiqué"
    if re.match(r"\s+(?:of|after|from|following|ago|since|old|later|earlier)\b", after):
        return False
    article = match["count"].lower() in ("a", "an")
    if lead.endswith(_PERIOD_OF_LEADS) or (lead.endswith(_PERIOD_LEADS) and match[0].lower().endswith("period")):
        return not whole_words(load(Dates).record_cues).search(before)
    if lead.endswith(("within", "following")):
        return True
    if lead.endswith(("over", "in")):
        record = whole_words(load(Dates).record_cues).search(before)
        is_past = record or re.search(r"\b(?:for|of|with|after)\s+over$", before + lead)
        return not article and not is_past
    return lead.endswith("of") and bool(whole_words(load(Dates).process_nouns).search(before[-16:]))


def interpret_coming_unit(match: Match, reference_date: dt.date | None) -> DateValue | None:
    """Interpret a coming unit as the period from the reference date to its end: "over the next decade"."""
    through = re.search(r"(?i)\b(?:within|over|in|during|for|throughout|across|course of)\s+$", match["lead"])
    return (
        DateValue(f"{reference_date}/{_add_units(reference_date, 1, match['unit'])}")
        if reference_date and through
        else None
    )


def _add_units(reference_date: dt.date, count: int, unit: str) -> dt.date:
    unit = unit.lower()
    if unit in ("day", "week"):
        return reference_date + dt.timedelta(days=count * (7 if unit == "week" else 1))
    return add_months(reference_date, months=count * {"month": 1, "year": 12, "decade": 120}[unit])


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day that many months later, or the last day of that month. Raises OverflowError past the year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        raise OverflowError
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _unit_count(match: Match) -> int:
    number = " ".join(match["count"].lower().split())
    return int(number) if number.isdigit() else load(Dates).numbers[number]
