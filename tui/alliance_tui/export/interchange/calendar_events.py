"""Deadlines as events of a calendar (iCalendar, RFC 5545): whole days, from the first day of a period to its last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from alliance_tui.export.labels import collapse_whitespace
from alliance_tui.export.provenance import PROGRAM, provenance_line
from alliance_tui.records import Agreement
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

_LINE_OCTETS = 75
"""Octets of a line, after which it is folded."""
_NO_TIME = "19700101T000000Z"
"""The time stamp of what nobody has reviewed: it does not depend on when it is exported."""


def to_icalendar(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield a calendar with an event for each deadline whose days are known."""
    return calendar(
        _event(reviewed, record, record.deadline.earliest, record.deadline.latest)
        for reviewed in documents
        for record in reviewed.analysis.agreements
        if record.deadline and record.deadline.earliest and record.deadline.latest
    )


def calendar(events: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a calendar of events, each given as its lines (see `event_lines`)."""
    yield from _lines(["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{PROGRAM}//EN"])
    for event in events:
        yield from _lines(event)
    yield from _lines(["END:VCALENDAR"])


def event_lines(
    *,
    uid: str,
    days: tuple[str, str],
    summary: str,
    details: Iterable[str],
    category: str | None = None,
    stamp: str = _NO_TIME,
) -> Iterator[str]:
    """Yield the lines of an event from its first day to its last (ISO); `uid` is unique among this program's."""
    last = date.fromisoformat(days[1])
    after = last + timedelta(days=1) if last < date.max else last
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@alliance-tui"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{days[0].replace('-', '')}"
    yield f"DTEND;VALUE=DATE:{after.isoformat().replace('-', '')}"
    yield f"SUMMARY:{_escape(collapse_whitespace(summary))}"
    yield f"DESCRIPTION:{_escape(chr(10).join(filter(None, details)))}"
    if category:
        yield f"CATEGORIES:{_escape(category)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _event(reviewed: ReviewedAnalysis, record: Agreement, earliest: str, latest: str) -> Iterator[str]:
    document, review = reviewed.analysis.document, reviewed.reviews.get(record.id)
    parties = f"{', '.join(record.parties)}: " if record.parties else ""
    details = [
        f"“{collapse_whitespace(record.evidence.quote)}”",
        ", ".join(filter(None, [document.title, document.date])),
        f"strength: {record.strength}" if record.strength else "",
        f"{review.judgement} by {review.author}, {review.time}" if review and review.judgement else "",
        provenance_line(reviewed),
    ]
    return event_lines(
        uid=f"{record.id}.{document.id}",
        days=(earliest, latest),
        summary=parties + record.title,
        details=details,
        category=record.domain,
        stamp=_stamp(review.time) if review and review.time else _NO_TIME,
    )


def _stamp(time: str) -> str:
    return time[:19].replace("-", "").replace(":", "") + "Z"


def _escape(text: str) -> str:
    for character in "\\;,":
        text = text.replace(character, "\\" + character)
    return text.replace("\n", "\\n")


def _lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, folded between characters and ended with CRLF."""
    for line in lines:
        folded, size = "", 0
        for character in line:
            octets = len(character.encode())
            if size + octets > _LINE_OCTETS:
                folded, size = folded + "\r\n ", 1
            folded, size = folded + character, size + octets
        yield folded + "\r\n"
