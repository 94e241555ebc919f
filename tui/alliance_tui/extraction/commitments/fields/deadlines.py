"""Deadline of an undertaking: which of the dates in and around its evidence is linked to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from alliance_tui.extraction.commitments.candidate import PAST_TENSES, LocatedCandidate, Modality
from alliance_tui.extraction.cues import CueRole
from alliance_tui.extraction.dates.deadlines import DateExpression
from alliance_tui.extraction.dates.interpretation import DueStatus, whole_words
from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Dates
from alliance_tui.records import Deadline

_CLAUSE_OPENING = re.compile(r"(?:^|[,;:—–]|\b(?:also|and|but|now|so|that|then))\s*.?$", re.IGNORECASE)
"""The words and marks before the start of a clause."""
_PURPOSE = re.compile(r"[, ]*(?:to (?!.*\b(?:goals?|objectives?|century)\b)[^,;:—]*,? )?", re.IGNORECASE | re.DOTALL)
"""The purpose of an event up to its date: ", to be operational by June", " to train 400 nurses in 2027".

An infinitive that names a goal is none of these.
"""
_OUTCOME = re.compile(
    r",? (?:which|that) (?:(?:will|shall|to|is|are|be|being) )+(?:\w+ly )?\w+(?:ed|ing|ld|lt|pt|nt)\b[^,;:—]*",
    re.IGNORECASE,
)
"""A relative clause on what the event brings about, up to its date: ", which will be held in Rome on"."""
_DETAIL = re.compile(
    r",? (?:with|which|whose|that|for|to be|to (?:open|arrive|enter)|both|all|each|in|at|(?:the|its) (?:first|last)) "
    r"[^;:—]*",
    re.DOTALL,
)
"""Further detail on the event, up to its date: ", with the first sectors operational by"."""
_DURATION_END = re.compile(r"until|through|up to", re.IGNORECASE)
"""The start of a date up to which a state lasts: ", which will guide us until 2037"."""
_PARENTHESIS = re.compile(r", .*, |\s?[—–].*[—–]\s?", re.DOTALL)


def find_deadline(
    located: LocatedCandidate,
    neighbours: Sequence[LocatedCandidate],
    date_expressions_in: Callable[[int, int], Sequence[DateExpression]],
) -> Deadline | None:
    """Return the deadline of a candidate: a date in its evidence, else before it, after it, or in its lead-in.

    Args:
        located: The candidate.
        neighbours: All candidates of its sentence.
        date_expressions_in: Finds the dates between two offsets of the document.
    """
    statuses = {DueStatus.DUE, DueStatus.DUE_IF_PROMISED} if _is_promised(located) else {DueStatus.DUE}

    def deadlines(start: int, end: int) -> Iterator[Deadline]:
        return (date.deadline for date in date_expressions_in(start, end) if date.due in statuses)

    base = located.passage.offset
    sentence_start, sentence_end = base + located.sentence.start_char, base + located.sentence.end_char
    for deadline in deadlines(located.start, located.end):
        if not _dates_actor(located, deadline) and not _dates_cue(located, deadline):
            return deadline
    if located.candidate.is_first_conjunct and not located.candidate.modality & PAST_TENSES:
        for deadline in deadlines(sentence_start, located.start):
            if _opens_clause(located, deadline):
                return deadline
    for deadline in deadlines(located.end, sentence_end):
        if _is_adjacent(located, deadline) or _dates_detail(located, neighbours, deadline):
            return deadline
    return _deadline_in_lead_in(located, date_expressions_in)


def _deadline_in_lead_in(
    located: LocatedCandidate, date_expressions_in: Callable[[int, int], Sequence[DateExpression]]
) -> Deadline | None:
    """Return the first deadline in the last sentence of the lead-in."""
    lead_in = located.candidate.lead_in
    if lead_in is None:
        return None
    *_, sentence = lead_in.doc.sents
    dates = date_expressions_in(lead_in.offset + sentence.start_char, lead_in.offset + sentence.end_char)
    return next((date.deadline for date in dates if date.due is DueStatus.DUE), None)


def _opens_clause(located: LocatedCandidate, deadline: Deadline) -> bool:
    """Whether a date opens the candidate's clause, right before its evidence: "and that, tomorrow, she will"."""
    text, base = located.passage.text, located.passage.offset
    before = text[located.sentence.start_char : deadline.span.start - base]
    between = text[deadline.span.end - base : located.start - base]
    return _CLAUSE_OPENING.search(before) is not None and not between.strip(", ")


def _dates_detail(located: LocatedCandidate, neighbours: Sequence[LocatedCandidate], deadline: Deadline) -> bool:
    """Whether a date belongs to further detail after the evidence, before another candidate's trigger."""
    start, base = deadline.span.start, located.passage.offset
    detail = _DETAIL.fullmatch(located.passage.text, located.end - base, start - base)
    if detail is None or _DURATION_END.match(deadline.span.quote):
        return False
    return not any(
        located.end <= other.trigger_start < start
        and not other.candidate.modality & {Modality.RELATIVE, Modality.PARENTHETICAL}
        for other in neighbours
    )


def _dates_actor(located: LocatedCandidate, deadline: Deadline) -> bool:
    """Whether a date only describes the actor: "Chile, host of the 2029 Games, will"."""
    actor, trigger = located.candidate.actor, located.candidate.trigger
    date = located.passage.token_at(deadline.span.start)
    if actor is None or date is None or actor.doc is not trigger.doc or not actor.i < date.i < trigger.i:
        return False
    return actor.is_ancestor(date)


def _dates_cue(located: LocatedCandidate, deadline: Deadline) -> bool:
    """Whether a date says when something was promised, not by when it is due: "agreed this month to build a port"."""
    if whole_words(load(Dates).due_leads).match(deadline.span.quote):
        return False
    trigger = located.candidate.trigger
    date = located.passage.token_at(deadline.span.start)
    if date is None or date.i == 0 or date.doc is not trigger.doc or date.i > trigger.i:
        return False
    return any(cue.token == date.nbor(-1) and cue.token.tag_ == "VBD" for cue in located.candidate.cues)


def _is_promised(located: LocatedCandidate) -> bool:
    """Whether the evidence opens with a promise: "they will", not "they said that they will"."""
    cue = next(iter(located.candidate.cues), None)
    doc = located.passage.doc
    if cue is None or cue.role is not CueRole.MODAL or cue.token.doc != doc:
        return False
    return not any(word.pos_ == "VERB" for word in doc[located.start_token : cue.token.i])


def _is_adjacent(located: LocatedCandidate, deadline: Deadline) -> bool:
    """Whether only purpose, outcome or a parenthesis without a verb is between the evidence and a date."""
    passage = located.passage
    start, end = located.end - passage.offset, deadline.span.start - passage.offset
    between = passage.text[start:end]
    if _PURPOSE.fullmatch(between) or _OUTCOME.fullmatch(between):
        return True
    if not _PARENTHESIS.fullmatch(between):
        return False
    span = passage.doc.char_span(start, end, alignment_mode="contract")
    return span is None or not any(word.pos_ == "VERB" and word.dep_ != "prep" for word in span)
