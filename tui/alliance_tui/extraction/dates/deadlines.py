"""When an undertaking falls due: the dates and periods that a text names, as the coding manual writes them in EDTF.

The notation is EDTF (Library of Congress, 2019), level 1, and one form beyond it for days whose year is unknown
("XXXX-11-01"). Relative dates ("by the end of the year") are resolved against the document's date; vague ones ("in the
coming months") and recurring periods ("annually") are no deadlines and are not given. What the words around a date say
of it is data, in data/dates.toml.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.dates.interpretation import Reading, whole_words
from alliance_tui.extraction.dates.recognition import forms
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates
from alliance_tui.extraction.regex import alternation
from alliance_tui.records import Deadline, Span

_PLAIN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?")
"""A year or a month, which are most of the dates."""
_NEAR_DAY = re.compile(r"today|tomorrow|tonight|this evening|later .*", re.IGNORECASE)
"""What is no part of a name, whatever follows: "Tomorrow Minister Moreno will"."""
_LOOK_BACK = 120
"""How many characters before a date may hold the words that tell its tense."""
_YEARS = re.compile(r"\d{4}(?:[-–]\d{2,4})?")
"""A year or a span of years, which may end a name: "the Seed Strategy 2026–2030"."""
NAME_WORD = r"\(?[A-Z][\w.’'&/–-]*\)?"
"""A capitalised word of an event's name, or the short form of one: "(APC)"."""
NAME_WORDS = rf"(?:(?:{NAME_WORD}|of|for|on|and|the)\s+){{0,8}}"
"""The words of an event's name before what it is ("Summit")."""


class Period(Struct, frozen=True):
    """A date or period that the text names. `due` tells whether something may fall due then (not "since 2015"); None
    that only what is promised does ("on Tuesday they will").
    """

    deadline: Deadline
    due: bool | None


def find_deadlines(text: str, start: int, end: int, date: str | None) -> list[Deadline]:
    """The dates and periods in `text[start:end]` by which, on which or from which something may fall due.

    They come in reading order; their spans index `text` and hold the qualifier ("no later than June 2024"). `date` is
    the document's (ISO); without it relative dates are left out and a day without its year is "XXXX-MM-DD".
    """
    return [period.deadline for period in find_periods(text, start, end, date) if period.due]


def find_periods(text: str, start: int, end: int, date: str | None) -> list[Period]:
    """All dates and periods named in `text[start:end]`, the past ones too; otherwise as find_deadlines."""
    today = dt.date.fromisoformat(date) if date else None
    found: list[Period] = []
    reached = start
    for match, reading in sorted(_readings(text, start, end, today), key=_first_and_longest):
        if match.start("core") < reached:
            continue
        begin = max(match.start(), reached)
        reached = match.end()
        earliest, latest = bounds(reading.edtf)
        deadline = Deadline(reading.edtf, Span(begin, reached, text[begin:reached]), earliest, latest)
        found.append(Period(deadline, _is_due(text, start, match, reading, latest, today)))
    return found


@cache
def bounds(edtf: str) -> tuple[str | None, str | None]:
    """The first and the last day (ISO) of an EDTF date or period; None where its year is not known."""
    if edtf.startswith("XXXX"):
        return None, None
    if plain := _PLAIN.fullmatch(edtf):
        year, month = int(plain["year"]), int(plain["month"] or 0)
        last = calendar.monthrange(year, month or 12)[1]
        return f"{edtf}-01" if month else f"{edtf}-01-01", f"{edtf}-{last}" if month else f"{edtf}-12-{last}"
    from edtf import parse_edtf  # here, since its grammar takes a tenth of a second to build, and each date much

    parsed = parse_edtf(edtf)
    first, last = parsed.lower_strict(), parsed.upper_strict()
    return dt.date(*first[:3]).isoformat(), dt.date(*last[:3]).isoformat()


def _readings(text: str, start: int, end: int, today: dt.date | None) -> Iterator[tuple[re.Match[str], Reading]]:
    """What each form of date reads in the stretch; several may read the same words."""
    if not whole_words(load(Dates).date_hints).search(text, start, end):
        return
    for pattern, read in forms():
        for match in pattern.finditer(text, start, end):
            if reading := read(match, today):
                yield match, reading


def _first_and_longest(found: tuple[re.Match[str], Reading]) -> tuple[int, int]:
    match, _ = found
    return match.start("core"), -match.end()


def _is_due(
    text: str, start: int, match: re.Match[str], reading: Reading, latest: str | None, today: dt.date | None
) -> bool | None:
    """Whether something may fall due then: by the words before the date, by the calendar, and by the tense; None where
    none of them tells.
    """
    lead = match["lead"].strip()
    if whole_words(load(Dates).past_leads).search(lead) or (latest and today and latest < today.isoformat()):
        return False
    if whole_words(load(Dates).due_leads).search(lead):
        return True
    if _is_name(text, match, lead):
        return False
    if reading.certain is not False:
        return reading.certain
    before = text[max(start, match.start() - _LOOK_BACK) : match.start()]
    told = list(whole_words(load(Dates).past_cues).finditer(before))
    behind = told and not before[told[-1].end() :].strip() and not re.search(r"\bbe\s+$", before[: told[-1].start()])
    if behind:
        return False
    return True if whole_words(load(Dates).future_cues).search(before) else None


@cache
def _of_event() -> re.Pattern[str]:
    """The name of an event behind its days: "the November 18-19 Ports Forum"."""
    return re.compile(rf"\s{NAME_WORDS}(?i:{alternation(load(Dates).event_nouns)})\b")


def _is_name(text: str, match: re.Match[str], lead: str) -> bool:
    """Whether the date is part of a name: "Vision 2030", "the 2030 Agenda"."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 80]
    if not match["core"].isdigit() and (_of_event().match(after) or _NEAR_DAY.fullmatch(match["core"])):
        return False
    opens = re.search(r"(?i)(?:^|\bthe)$", lead) and re.match(r"\s[A-Z]", after)
    closes = (
        not lead
        and _YEARS.fullmatch(match["core"])
        and (whole_words(load(Dates).name_leads).search(before) or re.search(r"[A-Z]\w+\s$", before))
    )
    return bool(opens or closes)
