"""When an undertaking falls due: which of the dates in and beside its evidence is its deadline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from alliance_tui.extraction.commitments.candidate import PAST_TENSES, LocatedCandidate, Modality
from alliance_tui.extraction.cues import CueRole
from alliance_tui.extraction.dates.deadlines import DateExpression
from alliance_tui.extraction.dates.interpretation import DueStatus, whole_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.records import Deadline

_OPENS = re.compile(r"(?:^|[,;:—–]|\b(?:and|but|so|that|then))\s*.?$", re.IGNORECASE)
"""What stands before the words that open a clause."""
_SO_THAT = re.compile(r"[, ]*(?:to (?!.*\b(?:goals?|objectives?|century)\b)[^,;:—]*,? )?", re.IGNORECASE | re.DOTALL)
"""What a deed is done for, up to its date: ", to be operational by June", " to train 400 nurses in 2027"; not what goal
it serves.
"""
_TAKES_PLACE = re.compile(
    r",? (?:which|that) (?:(?:will|shall|to|is|are|be|being) )+(?:\w+ly )?\w+(?:ed|ing|ld|lt|pt|nt)\b[^,;:—]*",
    re.IGNORECASE,
)
"""What tells of a deed's outcome that it takes place or is done, up to its date: ", which will be held in Rome on"."""
_TELLS_ON = re.compile(
    r",? (?:with|which|whose|that|for|to be|to (?:open|arrive|enter)|both|all|each|in|at|(?:the|its) (?:first|last)) "
    r"[^;:—]*",
    re.DOTALL,
)
"""What tells more of what is done, up to its date: ", with the first sectors operational by"."""
_LASTS = re.compile(r"until|through|up to", re.IGNORECASE)
"""How a date begins up to which what comes of the deed will last: ", which will guide us until 2037"."""
_SET_OFF = re.compile(r", .*, |\s?[—–].*[—–]\s?", re.DOTALL)
"""An aside in commas or dashes."""


def find_deadline(
    found: LocatedCandidate,
    neighbours: Sequence[LocatedCandidate],
    date_expressions_in: Callable[[int, int], Sequence[DateExpression]],
) -> Deadline | None:
    """When the deed falls due: by the words of the evidence, else by those that open its clause before a first deed
    ("and that, tomorrow, she will"), that follow it, or that stand in the lead-in of its item. `neighbours` are the
    candidates of its sentence.
    """
    promised = _is_promised(found)

    def deadlines(start: int, end: int) -> Iterator[Deadline]:
        accepted = {DueStatus.DUE, DueStatus.DUE_IF_PROMISED} if promised else {DueStatus.DUE}
        return (found.deadline for found in date_expressions_in(start, end) if found.due in accepted)

    text, base = found.passage.text, found.passage.offset
    begin, end = base + found.sentence.start_char, base + found.sentence.end_char
    for deadline in deadlines(found.start, found.end):
        if not (_is_of_actor(found, deadline.span.start) or _is_of_cue(found, deadline)):
            return deadline
    ahead = found.candidate.is_first_conjunct and not found.candidate.modality & PAST_TENSES
    for deadline in deadlines(begin, found.start) if ahead else ():
        opens = _OPENS.search(text[begin - base : deadline.span.start - base])
        if opens and not text[deadline.span.end - base : found.start - base].strip(", "):
            return deadline
    for deadline in deadlines(found.end, end):
        between = (found.end - base, deadline.span.start - base)
        if _leads_on(found.passage, *between) or _tells_on(found, neighbours, deadline):
            return deadline
    lead = found.candidate.lead_in
    if lead is None:
        return None
    *_, last = lead.doc.sents
    in_lead = date_expressions_in(lead.offset + last.start_char, lead.offset + last.end_char)
    return next((found.deadline for found in in_lead if found.due is DueStatus.DUE), None)


def _tells_on(found: LocatedCandidate, neighbours: Sequence[LocatedCandidate], deadline: Deadline) -> bool:
    """Whether what is told of the deed after the quote goes on to a date before another deed begins."""
    start, base = deadline.span.start, found.passage.offset
    told = _TELLS_ON.fullmatch(found.passage.text, found.end - base, start - base)
    return bool(told) and not _LASTS.match(deadline.span.quote) and not _is_of_another(neighbours, found, start)


def _is_of_another(neighbours: Sequence[LocatedCandidate], found: LocatedCandidate, offset: int) -> bool:
    """Whether another deed begins between the quote and an offset; one that a relative clause tells is none."""
    return any(
        found.end <= other.trigger_start < offset
        and not other.candidate.modality & {Modality.RELATIVE, Modality.PARENTHETICAL}
        for other in neighbours
    )


def _is_of_actor(found: LocatedCandidate, offset: int) -> bool:
    """Whether the date at an offset only tells of who acts: "Chile, host of the 2029 Games, will"."""
    actor, anchor = found.candidate.actor, found.candidate.trigger
    date = found.passage.token_at(offset)
    if actor is None or date is None or actor.doc is not anchor.doc or not actor.i < date.i < anchor.i:
        return False
    return actor.is_ancestor(date)


def _is_of_cue(found: LocatedCandidate, deadline: Deadline) -> bool:
    """Whether a date tells when it was promised ("agreed this month to build a port") rather than by when."""
    if whole_words(load(Dates).due_leads).match(deadline.span.quote):
        return False
    date = found.passage.token_at(deadline.span.start)
    if date is None or date.i == 0 or date.doc is not found.candidate.trigger.doc or date.i > found.candidate.trigger.i:
        return False
    return any(cue.token == date.nbor(-1) and cue.token.tag_ == "VBD" for cue in found.candidate.cues)


def _is_promised(found: LocatedCandidate) -> bool:
    """Whether the evidence opens with a promise: "they will", not "they said that they will"."""
    cue = next(iter(found.candidate.cues), None)
    if cue is None or cue.role is not CueRole.MODAL or cue.token.doc != found.passage.doc:
        return False
    return not any(word.pos_ == "VERB" for word in found.passage.doc[found.start_token : cue.token.i])


def _leads_on(passage: Passage, start: int, end: int) -> bool:
    """Whether nothing parts a quote from a date but what is set off and tells no deed: ", including to farms, "."""
    between = passage.text[start:end]
    span = passage.doc.char_span(start, end, alignment_mode="contract")
    told = span is not None and any(word.pos_ == "VERB" and word.dep_ != "prep" for word in span)
    leads_on = _SO_THAT.fullmatch(between) or _TAKES_PLACE.fullmatch(between)
    return bool(leads_on) or (bool(_SET_OFF.fullmatch(between)) and not told)
