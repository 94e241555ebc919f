"""When an undertaking falls due: which of the dates in and beside its evidence is its deadline."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from alliance_tui.extraction.agreements.places import Found
from alliance_tui.extraction.parsing import Passage
from alliance_tui.records import Deadline

_OPENS = re.compile(r"(?:^|[,;:—–]|\b(?:and|but|so|that|then))\s*.?$", re.IGNORECASE)
"""What stands before the words that open a clause."""
_SO_THAT = re.compile(r"[, ]*(?:to (?!.*\b(?:goals?|objectives?|century)\b)[^,;:—]*,? )?", re.IGNORECASE | re.DOTALL)
"""What a deed is done for, up to its date: ", to be operational by June", " to train 400 nurses in 2027"; not what goal
it serves.
"""
_SET_OFF = re.compile(r", .*, |\s?[—–].*[—–]\s?", re.DOTALL)
"""An aside in commas or dashes."""


def due(found: Found, deadlines_of: Callable[[int, int], Sequence[Deadline]]) -> Deadline | None:
    """When the deed falls due: by the words of the evidence, else by those that open its clause before a first deed
    ("and that, tomorrow, she will") or that follow it.
    """
    inside = next(iter(deadlines_of(found.start, found.end)), None)
    if inside is not None:
        return inside
    text, base = found.passage.text, found.passage.offset
    begin, end = base + found.sentence.start_char, base + found.sentence.end_char
    ahead = found.candidate.first and not found.candidate.notes & {"past", "perfect"}
    for deadline in deadlines_of(begin, found.start) if ahead else ():
        opens = _OPENS.search(text[begin - base : deadline.span.start - base])
        if opens and not text[deadline.span.end - base : found.start - base].strip(", "):
            return deadline
    for deadline in deadlines_of(found.end, end):
        if _leads_on(found.passage, found.end - base, deadline.span.start - base):
            return deadline
    return None


def _leads_on(passage: Passage, start: int, end: int) -> bool:
    """Whether nothing parts a quote from a date but what is set off and tells no deed: ", including to farms, "."""
    between = passage.text[start:end]
    words = passage.doc.char_span(start, end, alignment_mode="contract")
    told = words is not None and any(word.pos_ == "VERB" and word.dep_ != "prep" for word in words)
    return bool(_SO_THAT.fullmatch(between)) or (bool(_SET_OFF.fullmatch(between)) and not told)
