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

_COMPLETE = re.compile(
    r"\b(?:(?:is|are|was|were|be|been|remains?)\s+(?:\w+\s+)?(?:under\s+way|underway|ongoing)|ha(?:s|ve)\s+(?:begun|started))$",
    re.IGNORECASE,
)
"""Words that say of a noun before them that it goes on; "ongoing" alone says so of the noun after it."""
_NOT_DONE = re.compile(r"\b(?:will|would|shall|be|is|are|am|being)(?:\s+[\w’'-]+){0,2}\s*$", re.IGNORECASE)
"""What goes before a trigger that is not done yet, or done again and again: "will be delivered", "is awarded"."""
_PERFECT = re.compile(r"\b(?:has|have|had|’ve|'ve|was|were)\b[^,;]*$", re.IGNORECASE)
_FUTURE = re.compile(r"\bwill\b", re.IGNORECASE)
_NOT_SAID = re.compile(r"\b(?:when|once|if|until|unless|whether)\s[^,;]*$|^\W*(?:has|have|had)\b", re.IGNORECASE)
"""Words that make an action a condition ("when they have built"), or begin a clause without its subject."""
_PAST = re.compile(r"\w+ed|sent|built|made|given|held|met|won|lent|spent|begun|done|put|cut|bought|brought|kept|paid")
_ENDS = frozenset(map(stem_of, ("completion", "conclusion", "finalization", "delivery", "opening", "release")))
"""The nouns that say that something is done, where it is welcomed."""
_WELCOMED = re.compile(r"\b(?:welcom|applaud|celebrat|commend|congratulat|mark|prais|hail)\w*\b[^,;]*$", re.IGNORECASE)
_OF_CAREERS = re.compile(r"\b(?:nominat|nominee|appoint|hires?\b|staff\b)", re.IGNORECASE)
"""Words in the titles of documents that tell the careers of people."""

_START = re.compile(
    r"\b(?:from|beginning|starting|effective|as of|as early as|on or after|after|since)\b", re.IGNORECASE
)
_DURATION = re.compile(r"\b(?:until|till|through)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|before|within|than)\b", re.IGNORECASE)
_MAX_BEFORE_DEADLINE = 14
"""Characters before a deadline in which a word may say that it begins or ends then."""
_LAPSES = frozenset(map(stem_of, ("expire", "lapse", "end")))
"""The triggers of what ends by itself."""
_RESTRAINT = re.compile(r"(?:\b(?:not|never|no longer|cease|refrain)\b|n[’']t\b)[^,;]*$", re.IGNORECASE)
"""Words before the trigger of something that is forgone: it falls due at no time."""
_OF_A_NAME = re.compile(r"(?:(?<!\w)[A-Z]\w*+|\))\s++of\s*+$")
"""What goes before the year in the name of a law: "the Safe Harbours Act (SHA) of 2031"."""
_YEAR = re.compile(r"(?:FY|fiscal year)?\s*\d{4}", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:\b(?:the|a|an|our|its|their|his|her)|[’']s)\s+$", re.IGNORECASE)
"""Words before a year that is part of a name: "the 2031 Summit"."""
_DECLARED = re.compile(r"\b(?:proclaim|designat|declar|observ|celebrat)\w*\s+$", re.IGNORECASE)
"""What goes before a day that is proclaimed."""
_CONTINUING = stem_of("continue")


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
    tells_careers = _OF_CAREERS.search(analysis.document.title) is not None
    return [status_words(agreement, persons, tells_careers=tells_careers) for agreement in analysis.agreements]


def status_words(agreement: Agreement, persons: Container[str] = (), *, tells_careers: bool = False) -> StatusWords:
    """Return what the words of an agreement's evidence say of its status; `persons` are the names of people.

    What a person alone has completed, or what is completed in a document that `tells_careers`, is no undertaking of a
    state or body, but somebody's studies or career.
    """
    evidence, trigger = agreement.evidence, agreement.trigger
    before = evidence.quote[: max(0, trigger.start - evidence.start)]
    is_personal = bool(agreement.parties) and all(party in persons for party in agreement.parties)
    is_done = not (is_personal or tells_careers) and _is_done(before, fold(trigger.quote))
    progress = _progress_words(evidence.quote, len(before), trigger.end - evidence.start)
    return StatusWords(
        progress=progress or _continuing_cue(agreement),
        is_done=agreement.strength is not Strength.COMPLETED or is_done,
        is_limit=agreement.deadline is None or _is_limit(agreement, before),
    )


def _continuing_cue(agreement: Agreement) -> str:
    """Return the first cue of a restatement that says that it goes on ("will continue"); "" for none."""
    if not agreement.reaffirms:
        return ""
    return next((cue.quote for cue in agreement.cues if stem_of(fold(cue.quote)) == _CONTINUING), "")


def _progress_words(quote: str, start: int, end: int) -> str:
    """Return the words that say of the trigger, at `start` to `end` of the quote, that it goes on."""
    for found in _progress_pattern().finditer(quote):
        if found.end() <= start:
            is_of_trigger = _are_near(quote[found.end() : start], _MAX_WORDS_BEFORE)
        elif found.start() >= end:
            is_complete = _COMPLETE.search(quote[: found.end()]) is not None
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
    """Return whether a trigger, with what goes before it, says that something is done: no future or present passive.

    A noun says so only of what is welcomed: a release that is announced may be still to come.
    """
    if _FUTURE.search(before) or _NOT_SAID.search(before):
        return False
    if _PAST.fullmatch(trigger):
        return _PERFECT.search(before) is not None or _NOT_DONE.search(before) is None
    return stem_of(trigger) in _ENDS and _WELCOMED.search(before) is not None


def _is_limit(agreement: Agreement, before: str) -> bool:
    """Return whether the deadline is a time by or in which something falls due.

    It is none if something begins, lasts or is forgone until then, has happened then, or if it is the day that is
    proclaimed or a year in a name. `before` is what goes before the trigger.
    """
    if agreement.deadline is None or _RESTRAINT.search(before):
        return False
    if stem_of(fold(agreement.trigger.quote)) in _LAPSES:
        return False
    span, evidence = agreement.deadline.span, agreement.evidence
    before_date = evidence.quote[: max(0, span.start - evidence.start)]
    if _DECLARED.search(before_date) or _is_in_a_name(before_date, span.quote, evidence.quote[len(before_date) :]):
        return False
    words = before_date[-_MAX_BEFORE_DEADLINE:] + span.quote
    if _BY.search(words):
        return True
    return not (_START.search(words) or _DURATION.search(words) or _has_happened(agreement, before))


def _is_in_a_name(before: str, date: str, from_date: str) -> bool:
    """Return whether a year is part of a name: of a law, or of a thing that follows it ("our 2031 budget")."""
    if _OF_A_NAME.search(before):
        return True
    is_followed = re.match(r"\s+\w", from_date[len(date) :]) is not None
    return is_followed and _YEAR.fullmatch(date) is not None and _DETERMINER.search(before) is not None


def _has_happened(agreement: Agreement, before: str) -> bool:
    """Return whether the trigger tells of the past, so that a date says when it was: "signed in May"."""
    is_event = agreement.strength is not None and agreement.strength.rank >= Strength.AGREED.rank
    trigger = fold(agreement.trigger.quote)
    return is_event and _PAST.fullmatch(trigger) is not None and _is_done(before, trigger)
