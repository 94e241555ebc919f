"""Undertakings that are part of another: what a general one includes, or leads into as a list.

Only the words of one document count: "…, including …", "… by:" and "the following steps: …" before the items of a list.
A part is an undertaking of its own: a comparison never takes it for the same as its whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from msgspec import Struct

from alliance_tui.linking.words import phrases_in
from alliance_tui.records import Agreement, Analysis, Kind


class PartOf(Struct, frozen=True):
    """An agreement that is part of another of its document: ids and titles of both, and the reason."""

    whole: str
    whole_title: str
    part: str
    part_title: str
    reason: str

    def describe(self) -> str:
        """Return why it is part of the whole, and how sure such reasons are."""
        return f"{self.reason} ({CONFIDENCE:.0%} of such are right)"


INCLUDED, LISTED = "named after “including” in its sentence", "in the list that it leads into"
"""The reasons."""
CONFIDENCE = (26 + 1) / (27 + 2)
"""The probability that a part is one, the same for all: of 27 found in unseen documents 26 were right, as one reader
judged (tests/quality/README.md). The estimate is by Laplace's rule of succession."""

_MAX_GAP = 160
"""The most characters between a general undertaking and the words that lead into its parts."""

_GAP = rf"[^.!?:;\n]{{0,{_MAX_GAP}}}?\b"
_INCLUDING = re.compile(
    rf"{_GAP}including(?: (?:by|through|in|to|with|a|an|the|its|our|their|for|new|further|plans?|efforts))*\s", re.I
)
"""The words between a general undertaking and the part that it includes."""
_LIST_LEAD = re.compile(rf"{_GAP}(?:including(?: by)?|by|through)\s?:\s*\n", re.I)
"""The words between a general undertaking and the list of its parts."""
_LINE = re.compile(r"^.*\S.*$", re.MULTILINE)
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-–—•*·▪●○‣]|\(?(?:\d{1,2}|[a-z])[.)])\s")
"""The beginning of a list item."""
_END_OF_SENTENCE = re.compile(r"[.!?][*_”\"’)\]]*\s")


def parts_of(analysis: Analysis, without: Collection[str] = ()) -> list[PartOf]:
    """Return the parts of a document's agreements in reading order, each with the nearest whole.

    `without` are ids of agreements that are neither parts nor wholes.
    """
    agreements = [each for each in analysis.agreements if each.kind is Kind.AGREEMENT and each.id not in without]
    found: dict[str, PartOf] = {}
    for place, whole in enumerate(agreements):
        for part, reason in _parts_of_one(analysis.document.text, agreements, place):
            found[part.id] = PartOf(whole.id, whole.title, part.id, part.title, reason)
    return [found[each.id] for each in agreements if each.id in found]


def parts_with(parts: Iterable[PartOf], agreement: str) -> tuple[PartOf, ...]:
    """Return those of which an agreement is the part or the whole."""
    return tuple(each for each in parts if agreement in (each.part, each.whole))


def _parts_of_one(text: str, agreements: Sequence[Agreement], place: int) -> Iterator[tuple[Agreement, str]]:
    """Yield the parts of the agreement at a place among those that follow it, each with the reason."""
    whole = agreements[place]
    end = whole.evidence.end
    for after in agreements[place + 1 : place + 2]:
        if end < after.evidence.start and _INCLUDING.fullmatch(text, end, after.evidence.start):
            yield after, INCLUDED
    items = list(_items(text, lead)) if (lead := _end_of_list_lead(text, whole)) else []
    for agreement in islice(agreements, place + 1, None):
        start = agreement.evidence.start
        if not items or start >= items[-1][1]:
            return
        if any(first <= start < stop and not _END_OF_SENTENCE.search(text, first, start) for first, stop in items):
            yield agreement, LISTED


def _end_of_list_lead(text: str, whole: Agreement) -> int:
    """Return where the list that an agreement leads into begins; 0 if it leads into none."""
    end = whole.evidence.end
    if lead := _LIST_LEAD.match(text, end):
        return lead.end()
    line_end = text.find("\n", end)
    if not end <= line_end <= end + _MAX_GAP or _END_OF_SENTENCE.search(text, end - 1, line_end):
        return 0
    return line_end + 1 if _follows_pattern().search(text[whole.evidence.start : line_end].rstrip()) else 0


@cache
def _follows_pattern() -> re.Pattern[str]:
    """Return the pattern of the end of a line that leads into a list of deeds."""
    nouns = "|".join(map(re.escape, phrases_in("deed_nouns.txt")))
    return re.compile(rf"\bfollowing\b[^.!?:;\n]{{0,60}}\b(?:{nouns})\b[^.!?:;\n]{{0,80}}:\Z", re.I)


def _items(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the items of a list that begins at an offset, each of one line, their markers left out."""
    indent: int | None = None
    for line in _LINE.finditer(text, start):
        marker = _ITEM.match(line[0])
        if not marker or (indent is not None and len(marker["indent"]) < indent):
            return
        indent = len(marker["indent"]) if indent is None else indent
        yield line.start() + marker.end(), line.end()
