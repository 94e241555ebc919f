"""The days of a document's own: the one on which it was spoken, and those of the events that it tells and names again
("at the Summit").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from alliance_tui.documents.publication_date import parse_date_line
from alliance_tui.extraction.dates.deadlines import NAME_WORD, NAME_WORDS, Period, find_periods
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates
from alliance_tui.extraction.regex import alternation, flexible_whitespace
from alliance_tui.records import Deadline, Span

_AFTER = flexible_whitespace(
    r"(?:,? (?:of|for|on|in|at|the|and|to be|will be|which|is|being|held|hosted|taking place|here"
    rf"|{NAME_WORD}))*[\s,(]*"
)
"""What may stand between an event's name and its days: " on Fisheries, to be held in Mombasa, "."""
_NEAR = 90
"""How many characters from its name an event's days may be told."""
_HEAD = 1_000
"""How many characters from its beginning a talk tells its day."""
_IN_BRACKETS = re.compile(r"^\((.{8,40})\)\s*$", re.MULTILINE)
_PUBLISHED_WITHIN = dt.timedelta(days=7)


def spoken_on(text: str, date: str | None) -> str | None:
    """The day against which a document's relative dates count (ISO): its date, or for a talk the day in brackets at its
    head, "(May 3, 2024)", which may be some days before the date that its page bears.
    """
    if date is None:
        return None
    for match in _IN_BRACKETS.finditer(text[:_HEAD]):
        day = parse_date_line(match[1])
        if day and dt.timedelta() <= dt.date.fromisoformat(date) - dt.date.fromisoformat(day) <= _PUBLISHED_WITHIN:
            return day
    return date


@cache
def _named() -> re.Pattern[str]:
    """An event by its name: "the Ports Summit"."""
    return re.compile(rf"(?P<name>{NAME_WORDS})(?P<kind>{alternation(load(Dates).event_nouns)})\b")


@cache
def _again() -> re.Pattern[str]:
    """Where something is said to be done at an event: "at the Summit", "will join the Ports Summit"."""
    when = r"(?P<words>(?:at|during|in|by|by the time of|ahead of|before|after) )"
    leads = rf"(?i:(?:attend|join|host|conven|hold)\w* |{when})"
    return flexible_whitespace(rf"\b{leads}(?P<event>(?i:the|this|our|a|its) {_named().pattern})")


class Occasion(Struct, frozen=True):
    """An event still to come or under way on the document's date: the words of its name, its kind, and its days."""

    words: frozenset[str]
    kind: str
    days: Deadline


class Occasions:
    """The events of a text whose days it tells; `date` is the document's (ISO), without which there are none."""

    def __init__(self, text: str, date: str | None) -> None:
        self._text = text
        self._known = list(_occasions(text, date)) if date else []

    def periods(self, start: int, end: int) -> list[Period]:
        """Where `text[start:end]` speaks of one of the events, as a period in which that falls due which is promised
        for then.
        """
        found = []
        for match in _again().finditer(self._text, start, end) if self._known else ():
            days = {one.days.edtf: one.days for one in self._known if _is_meant(match, one)}
            if len(days) == 1:
                (known,) = days.values()
                begin = match.start("words" if match["words"] else "event")
                quote = Span(begin, match.end(), self._text[begin : match.end()])
                found.append(Period(Deadline(known.edtf, quote, known.earliest, known.latest), None))
        return found


def _is_meant(match: re.Match[str], occasion: Occasion) -> bool:
    return match["kind"] == occasion.kind and _words(match["name"]) <= occasion.words


def _occasions(text: str, date: str) -> Iterator[Occasion]:
    for match in _named().finditer(text):
        before = find_periods(text, max(0, match.start() - _NEAR), match.start("kind"), date)[-1:]
        after = find_periods(text, match.end(), match.end() + _NEAR, date)[:1]
        told = [each for each in before if _leads_to(text, each.deadline.span.end, match)]
        told += [each for each in after if _follows(text, match.end(), each.deadline.span.start)]
        for period in told[:1]:
            days = period.deadline
            if days.latest and days.latest >= date and len(days.edtf) > len("2024"):
                yield Occasion(_words(match["name"]), match["kind"], days)


def _leads_to(text: str, end: int, match: re.Match[str]) -> bool:
    """Whether a date stands directly before the event's name."""
    return bool(re.fullmatch(rf"\s{NAME_WORDS}", text[end : match.start("kind")]))


def _follows(text: str, start: int, end: int) -> bool:
    """Whether a date follows the event's name in the same line: below a title stands the document's own."""
    return "\n" not in text[start:end] and bool(_AFTER.fullmatch(text, start, end))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Z][\w’'-]*", name))
