"""Date expressions and deadlines: the dates and periods that a text names, in EDTF.

The notation is EDTF (Library of Congress, 2019), level 1, and one form beyond it for days whose year is unknown
("XXXX-11-01"). Relative dates ("by the end of the year") are resolved against the reference date; vague ones ("in the
coming months") and recurring periods ("annually") are left out. The words around a date that decide whether something
falls due then are in data/dates.toml.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.dates.interpretation import (
    DateValue,
    DueStatus,
    is_supported,
    parse_reference_date,
    whole_words,
)
from alliance_tui.extraction.dates.recognition import Interpreter, date_patterns
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates
from alliance_tui.extraction.regex import alternation
from alliance_tui.records import Deadline, Span

_YEAR_OR_MONTH = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?")
"""EDTF of most dates."""
_DAY_ADVERB = re.compile(r"today|tomorrow|tonight|this evening|later .*", re.IGNORECASE)
"""Dates that are no part of a name, whatever follows: "Tomorrow Minister Moreno will"."""
_TENSE_WINDOW = 120
"""Characters before a date that are searched for its tense."""
_YEARS = re.compile(r"\d{4}(?:[-–]\d{2,4})?")
"""A year or a span of years, which may end a name: "the Seed Strategy 2026–2030"."""
_PERIOD = re.compile(
    r"between\b[^\0]*\0\s+and\s+\0.*"
    r"|(?:from|start(?:ing|s)?|beginning|commencing)\b[^\0]*\0"
    r"(?:\s+(?:up )?to\s+\0.*|\s+\0(?:until|till|through|up to)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
"""The first date of a period, the words between, and the last date, each parted by a null character."""
_FROM_NOW = re.compile(r"\b(?:between now and|from (?:now|today)(?: on)?)\s+$", re.IGNORECASE)
_FROM_NOW_LENGTH = 24
NAME_WORD = r"\(?[A-Z][\w.’'&/–-]{0,60}\)?"
"""A capitalised word of an event's name, or its abbreviation: "(APC)". Bounded, as one may begin at each capital."""
NAME_WORDS = rf"(?:(?:{NAME_WORD}|of|for|on|and|the)\s+){{0,8}}"
"""The words of an event's name before its noun ("Summit")."""


class DateExpression(Struct, frozen=True):
    """A date or period that the text names, whether or not something may fall due then."""

    deadline: Deadline
    due: DueStatus


def find_deadlines(text: str, start: int, end: int, date: str | None) -> list[Deadline]:
    """The dates and periods in `text[start:end]` by which, on which or from which something may fall due.

    They come in reading order; their spans index `text` and include the qualifier ("no later than June 2024"). `date`
    is the reference date (ISO); without it relative dates are left out and a day without its year is "XXXX-MM-DD".
    """
    expressions = find_date_expressions(text, start, end, date)
    return [expression.deadline for expression in expressions if expression.due is DueStatus.DUE]


def find_date_expressions(text: str, start: int, end: int, date: str | None) -> list[DateExpression]:
    """All dates and periods in `text[start:end]`, past ones included; otherwise as find_deadlines."""
    reference_date = parse_reference_date(date)
    expressions: list[DateExpression] = []
    previous_end = start
    for match, value in sorted(_match_dates(text, start, end, reference_date), key=_first_and_longest):
        if match.start("core") < previous_end:
            continue
        begin = max(match.start(), previous_end)
        previous_end = match.end()
        due = _due_status(text, start, match, value)
        deadline = _deadline(text, value.edtf, begin, previous_end)
        from_now = _FROM_NOW.search(text, max(start, begin - _FROM_NOW_LENGTH), begin) if reference_date else None
        is_to_come = bool(deadline.latest and reference_date and deadline.latest >= reference_date.isoformat())
        if from_now and is_to_come and "/" not in value.edtf:
            deadline = _deadline(text, f"{reference_date}/{value.edtf}", from_now.start(), previous_end)
        elif expressions and (period := _join_period(text, expressions[-1].deadline, deadline)):
            deadline, due = period, expressions.pop().due
        is_past = bool(deadline.latest and reference_date and deadline.latest < reference_date.isoformat())
        expressions.append(DateExpression(deadline, DueStatus.NOT_DUE if is_past else due))
    return expressions


def _deadline(text: str, edtf: str, start: int, end: int) -> Deadline:
    return Deadline(edtf, Span(start, end, text[start:end]), *edtf_bounds(edtf))


def _join_period(text: str, first: Deadline, last: Deadline) -> Deadline | None:
    """Return the period whose two ends are dates of their own: "between the end of 2026 and the summer of 2027"."""
    between = text[first.span.end : last.span.start]
    if not _PERIOD.fullmatch(f"{first.span.quote}\0{between}\0{last.span.quote}"):
        return None
    if first.earliest is None or last.latest is None or first.earliest > last.latest:
        return None
    edtf = f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}"
    return _deadline(text, edtf, first.span.start, last.span.end)


@cache
def edtf_bounds(edtf: str) -> tuple[str | None, str | None]:
    """First and last day (ISO) of an EDTF date or period; None where its year is unknown."""
    if edtf.startswith("XXXX"):
        return None, None
    if short := _YEAR_OR_MONTH.fullmatch(edtf):
        year, month = int(short["year"]), int(short["month"] or 0)
        last = calendar.monthrange(year, month or 12)[1]
        return f"{edtf}-01" if month else f"{edtf}-01-01", f"{edtf}-{last}" if month else f"{edtf}-12-{last}"
    from edtf import parse_edtf  # here, since its grammar takes a tenth of a second to build, and each date much

    parsed = parse_edtf(edtf)
    first, last = parsed.lower_strict(), parsed.upper_strict()
    return dt.date(*first[:3]).isoformat(), dt.date(*last[:3]).isoformat()


def _match_dates(
    text: str, start: int, end: int, reference_date: dt.date | None
) -> Iterator[tuple[re.Match[str], DateValue]]:
    """Yield the matches of all date patterns, which may overlap, with their values."""
    if not whole_words(load(Dates).date_hints).search(text, start, end):
        return
    for pattern, interpret in date_patterns():
        for match in pattern.finditer(text, start, end):
            value = _interpret(interpret, match, reference_date)
            if value and is_supported(value.edtf):
                yield match, value


def _interpret(interpret: Interpreter, match: re.Match[str], reference_date: dt.date | None) -> DateValue | None:
    try:
        return interpret(match, reference_date)
    except OverflowError:  # past the calendar's last year, 9999
        return None


def _first_and_longest(found: tuple[re.Match[str], DateValue]) -> tuple[int, int]:
    match, _ = found
    return match.start("core"), -match.end()


def _due_status(text: str, start: int, match: re.Match[str], value: DateValue) -> DueStatus:
    """Due status of a date that is not past: by the words before it, its form, and the tense of its clause."""
    words = load(Dates)
    lead = match["lead"].strip()
    if whole_words(words.past_leads).search(lead):
        return DueStatus.NOT_DUE
    if whole_words(words.due_leads).search(lead):
        return DueStatus.DUE
    if _is_part_of_name(text, match, lead):
        return DueStatus.NOT_DUE
    return value.due or _status_by_tense(text[max(start, match.start() - _TENSE_WINDOW) : match.start()])


def _status_by_tense(before: str) -> DueStatus:
    """Due status by the words before a date: not after a past tense ("signed on 3 May"), unless "to be" precedes it."""
    words = load(Dates)
    past = list(whole_words(words.past_cues).finditer(before))
    if past and not before[past[-1].end() :].strip() and not re.search(r"\bbe\s+$", before[: past[-1].start()]):
        return DueStatus.NOT_DUE
    return DueStatus.DUE if whole_words(words.future_cues).search(before) else DueStatus.DUE_IF_PROMISED


@cache
def _event_after_date() -> re.Pattern[str]:
    """Pattern of an event's name after its date: "the November 18-19 Ports Forum"."""
    return re.compile(rf"\s{NAME_WORDS}(?i:{alternation(load(Dates).event_nouns)})\b")


def _is_part_of_name(text: str, match: re.Match[str], lead: str) -> bool:
    """Whether the date is part of a name: "Vision 2030", "the 2030 Agenda"."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 80]
    if not match["core"].isdigit() and (_event_after_date().match(after) or _DAY_ADVERB.fullmatch(match["core"])):
        return False
    opens = re.search(r"(?i)(?:^|\bthe)$", lead) and re.match(r"\s[A-Z]", after)
    closes = (
        lead.lower() in ("", "of")
        and _YEARS.fullmatch(match["core"])
        and (
            whole_words(load(Dates).name_leads).search(f"{before}{lead} ")
            or (not lead and re.search(r"[A-Z]\w+\s$", before))
        )
    )
    return bool(opens or closes)
