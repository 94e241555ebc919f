"""Dates that a document gives itself: the day of a speech, and the dates of named events ("at the Summit")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from alliance_tui.documents.publication_date import parse_date_line
from alliance_tui.extraction.dates.deadlines import NAME_WORD, NAME_WORDS, DateExpression, find_date_expressions
from alliance_tui.extraction.dates.interpretation import DueStatus, parse_reference_date
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates
from alliance_tui.extraction.regex import alternation, flexible_whitespace
from alliance_tui.records import Deadline, Span

_BETWEEN_NAME_AND_DATE = flexible_whitespace(
    r"(?:,? (?:of|for|on|in|at|the|and|to be|will be|which|is|being|held|hosted|taking place|here"
    rf"|{NAME_WORD}))*[\s,(]*"
)
"""The words between an event's name and its date: " on Fisheries, to be held in Mombasa, "."""
_MAX_DISTANCE = 90
"""Characters between an event's name and its date, at most."""
_HEAD_CHARACTERS = 1_000
"""The beginning of a transcript, which may state its day."""
_IN_BRACKETS = re.compile(r"^\((.{8,40})\)\s*$", re.MULTILINE)
_PUBLISHED_WITHIN = dt.timedelta(days=7)


def find_reference_date(text: str, date: str | None) -> str | None:
    """The date (ISO) against which a document's relative dates are resolved; None without a date.

    It is the document's date, or for a transcript the day in brackets at its head, "(May 3, 2024)", which may be some
    days before the publication date.
    """
    reference_date = parse_reference_date(date)
    if reference_date is None:
        return None
    for match in _IN_BRACKETS.finditer(text[:_HEAD_CHARACTERS]):
        day = parse_date_line(match[1])
        if day and dt.timedelta() <= reference_date - dt.date.fromisoformat(day) <= _PUBLISHED_WITHIN:
            return day
    return date


@cache
def _event_name() -> re.Pattern[str]:
    """Pattern of an event's name: "Ports Summit"."""
    return re.compile(rf"(?P<name>{NAME_WORDS})(?P<noun>{alternation(load(Dates).event_nouns)})\b")


@cache
def _event_reference() -> re.Pattern[str]:
    """Pattern of a reference to an event: "at the Summit", "will join the Ports Summit"."""
    when = r"(?P<words>(?:at|during|in|by|by the time of|ahead of|before|after) )"
    leads = rf"(?i:(?:attend|join|host|conven|hold)\w* |{when})"
    return flexible_whitespace(rf"\b{leads}(?P<event>(?i:the|this|our|a|its) {_event_name().pattern})")


class NamedEvent(Struct, frozen=True):
    """An event that has not ended on the reference date: capitalised words of its name, its noun, and its date."""

    words: frozenset[str]
    noun: str
    date: Deadline


class NamedEvents:
    """The events of a text that it dates; `date` is the reference date (ISO), without which there are none."""

    def __init__(self, text: str, date: str | None) -> None:
        self._text = text
        self._events = list(_find_events(text, date)) if date else []

    def date_expressions(self, start: int, end: int) -> list[DateExpression]:
        """The references to one of the events in `text[start:end]`; only promises fall due then."""
        expressions = []
        for match in _event_reference().finditer(self._text, start, end) if self._events else ():
            dates = {event.date.edtf: event.date for event in self._events if _refers_to(match, event)}
            if len(dates) == 1:
                (date,) = dates.values()
                begin = match.start("words" if match["words"] else "event")
                quote = Span(begin, match.end(), self._text[begin : match.end()])
                deadline = Deadline(date.edtf, quote, date.earliest, date.latest)
                expressions.append(DateExpression(deadline, DueStatus.DUE_IF_PROMISED))
        return expressions


def _refers_to(match: re.Match[str], event: NamedEvent) -> bool:
    return match["noun"] == event.noun and _capitalised_words(match["name"]) <= event.words


def _find_events(text: str, date: str) -> Iterator[NamedEvent]:
    for match in _event_name().finditer(text):
        before = find_date_expressions(text, max(0, match.start() - _MAX_DISTANCE), match.start("noun"), date)[-1:]
        after = find_date_expressions(text, match.end(), match.end() + _MAX_DISTANCE, date)[:1]
        adjacent = [found.deadline for found in before if _is_before_name(text, found.deadline.span.end, match)]
        adjacent += [found.deadline for found in after if _is_after_name(text, match.end(), found.deadline.span.start)]
        for deadline in adjacent[:1]:
            if deadline.latest and deadline.latest >= date and len(deadline.edtf) > len("2024"):
                yield NamedEvent(_capitalised_words(match["name"]), match["noun"], deadline)


def _is_before_name(text: str, end: int, match: re.Match[str]) -> bool:
    """Whether a date that ends at `end` is directly before the event's name."""
    return bool(re.fullmatch(rf"\s{NAME_WORDS}", text[end : match.start("noun")]))


def _is_after_name(text: str, start: int, end: int) -> bool:
    """Whether a date at `end` follows the event's name in one line: a line below a title has the document's date."""
    return "\n" not in text[start:end] and bool(_BETWEEN_NAME_AND_DATE.fullmatch(text, start, end))


def _capitalised_words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Z][\w’'-]*", name))
