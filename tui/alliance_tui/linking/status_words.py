"""Words of an agreement that tell of its status: that it goes on, is not done yet, or that its date is no limit."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from importlib import resources

from msgspec import Struct

from alliance_tui.linking.words import stem_of
from alliance_tui.records import Agreement, Analysis, EntityType, Strength
from alliance_tui.search.indexing.folding import fold

_MAX_WORDS_BEFORE, _MAX_WORDS_AFTER = 3, 8
"""The most words between what says that it goes on and the trigger, before and after that: "continues to effectively
manage", "the building of six radars in Eskby is under way"."""

_NOT_DONE = re.compile(r"\b(?:will|would|shall|to be|is|are|am|being)(?:\s+[\w’'-]+){0,2}\s*$", re.IGNORECASE)
"""What goes before a trigger that is not done yet, or done again and again: "will be delivered", "is awarded"."""
_PERFECT = re.compile(r"\b(?:has|have|had|’ve|'ve|was|were)\b[^,;]*$", re.IGNORECASE)
_FUTURE = re.compile(r"\bwill\b", re.IGNORECASE)
_PAST = re.compile(r"\w+ed|sent|built|made|given|held|met|won|lent|spent|begun|done|put|cut|bought|brought|kept|paid")
_ENDS = frozenset(map(stem_of, ("completion", "conclusion", "finalization", "delivery", "opening", "release")))
"""The nouns that say that something is done."""
_START = re.compile(
    r"\b(?:from|beginning|starting|effective|as of|as early as|on or after|after|since)\b", re.IGNORECASE
)
_MAX_BEFORE_DEADLINE = 14
"""Characters before a deadline in which a word may say that it begins then."""
_OF_A_NAME = re.compile(r"(?:(?<!\w)[A-Z]\w*+|\))\s++of\s*+$")
"""What goes before the year in the name of a law: "the Safe Harbours Act (SHA) of 2031"."""
_DECLARED = re.compile(r"\b(?:proclaim|designat|declar|observ|celebrat)\w*\s+$", re.IGNORECASE)
"""What goes before a day that is proclaimed."""


class StatusWords(Struct, frozen=True):
    """What an agreement says of its status.

    `progress` are the words that say that it is under way, "" for none. `is_done` says whether one of strength
    completed is done; `is_limit` whether its deadline, if it has one, is a time by or in which it falls due.
    """

    progress: str = ""
    is_done: bool = True
    is_limit: bool = True


def status_words_of(analysis: Analysis) -> list[StatusWords]:
    """Return what each of a document's agreements says of its status, in their order."""
    persons = {entity.name for entity in analysis.entities if entity.type is EntityType.PERSON}
    return [status_words(agreement, persons) for agreement in analysis.agreements]


def status_words(agreement: Agreement, persons: Container[str] = ()) -> StatusWords:
    """Return what the words of an agreement's evidence say of its status; `persons` are the names of people.

    What a person alone has completed is no undertaking of a state or body, but their studies or career.
    """
    evidence, trigger = agreement.evidence, agreement.trigger
    before = evidence.quote[: max(0, trigger.start - evidence.start)]
    is_personal = bool(agreement.parties) and all(party in persons for party in agreement.parties)
    is_done = not is_personal and _is_done(before, fold(trigger.quote))
    return StatusWords(
        progress=_progress_words(evidence.quote, len(before), trigger.end - evidence.start),
        is_done=agreement.strength is not Strength.COMPLETED or is_done,
        is_limit=agreement.deadline is None or not _is_start(agreement),
    )


def _progress_words(quote: str, start: int, end: int) -> str:
    """Return the words that say of the trigger, at `start` to `end` of the quote, that it goes on."""
    for found in _progress_pattern().finditer(quote):
        if found.end() <= start:
            is_of_trigger = _are_near(quote[found.end() : start], _MAX_WORDS_BEFORE)
        elif found.start() >= end:
            is_complete = not found[0].lower().endswith((" to", " being"))
            is_of_trigger = is_complete and _are_near(quote[end : found.start()], _MAX_WORDS_AFTER)
        else:
            is_of_trigger = True
        if is_of_trigger:
            return " ".join(found[0].split())
    return ""


def _are_near(between: str, words: int) -> bool:
    return len(between.split()) <= words and {",", ";"}.isdisjoint(between)


@cache
def _progress_pattern() -> re.Pattern[str]:
    lines = (resources.files("alliance_tui.linking") / "data" / "progress_phrases.txt").read_text("utf-8").splitlines()
    alternatives = "|".join(r"\s+".join(map(re.escape, line.split())) for line in lines)
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


def _is_done(before: str, trigger: str) -> bool:
    """Whether a trigger, with what goes before it, says that something is done: no future, and no present passive."""
    if _FUTURE.search(before):
        return False
    if _PERFECT.search(before):
        return True
    return _NOT_DONE.search(before) is None and (bool(_PAST.fullmatch(trigger)) or stem_of(trigger) in _ENDS)


def _is_start(agreement: Agreement) -> bool:
    """Whether the date is one from which something holds, the day that is proclaimed, or the year of a law's name."""
    if agreement.deadline is None:
        return False
    span, evidence = agreement.deadline.span, agreement.evidence
    before = evidence.quote[: max(0, span.start - evidence.start)]
    if _DECLARED.search(before) or _OF_A_NAME.search(before):
        return True
    return _START.search(before[-_MAX_BEFORE_DEADLINE:] + span.quote) is not None
