"""Words of an agreement that tell of its status: that it goes on, is not done yet, or that its date is no limit."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from msgspec import Struct

from alliance_tui.linking.deadline_limits import is_engagement, is_limit
from alliance_tui.linking.words import is_accomplished, is_begun, may_be_past, names_a_promise, phrases_in, stem_of
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
_NOT_SAID = re.compile(
    r"\b(?:(?:when|once|if|until|unless|whether)\s|to\s+(?:have|be|get)\b)[^,;]*$|^\W*(?:has|have|had)\b", re.IGNORECASE
)
"""Words that make an action a condition ("when they have built") or a purpose ("to be built"), or begin a clause
without its subject."""
_ABLE = re.compile(r"\b(?:can|could|may|might|able|would|allow\w*)\b[^,;]*$", re.IGNORECASE)
"""Words before "continue" that say that somebody could."""
_ONGOING_ONE = re.compile(r"\ban?\s+(?:[\w-]+,?\s+){0,2}ongoing$", re.IGNORECASE)
"""Something ongoing that is still to be: "commit to a regular, ongoing review"."""
_VERB_OF_NOUN = re.compile(r"(?:(?<!\S)(?!(?:to|of|for|that|which|who|and|by|in|on|with|from|as)\s)[\w’'-]+\s+){1,5}$")
"""The words before a noun in which its verb may be: no preposition or conjunction stands between."""
_TO_VERB = re.compile(r"(?<!\s)\s+to\s+(?=[a-z])")
_PARTICLE = re.compile(r"\s+(?:off|out|up)\b")
_ENDS = frozenset(map(stem_of, ("completion", "conclusion", "finalization", "delivery", "opening", "release")))
"""The nouns that say that something is done, where it is welcomed."""
_WELCOMED = re.compile(r"\b(?:welcom|applaud|celebrat|commend|congratulat|mark|prais|hail)\w*\b[^,;]*$", re.IGNORECASE)
_OF_CAREERS = re.compile(r"\b(?:nominat|nominee|appoint|hires?\b|staff\b)", re.IGNORECASE)
"""Words in the titles of documents that tell the careers of people."""

_CONTINUING = stem_of("continue")


class StatusWords(Struct, frozen=True):
    """What an agreement says of its status.

    `progress` are the words that say that it is under way, "" for none. `is_done` says whether one of strength
    completed is done, `is_act` whether one of another strength tells of an act that is done (published, rescinded).
    `is_limit` says whether its deadline, if it has one, is a time by or in which it falls due, `is_engagement` whether
    it is to meet, visit or talk then.
    """

    progress: str = ""
    is_done: bool = True
    is_limit: bool = True
    is_act: bool = False
    is_engagement: bool = False


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
    from_trigger = evidence.quote[len(before) :]
    is_personal = tells_careers or (bool(agreement.parties) and all(party in persons for party in agreement.parties))
    is_completed = agreement.strength is Strength.COMPLETED
    is_promise = _is_of_a_promise(from_trigger)
    act = "" if is_personal or is_completed or is_promise else _told_act(agreement, before)
    goes_on = _progress_words(evidence.quote, len(before), trigger.end - evidence.start) or _continuing_cue(agreement)
    return StatusWords(
        progress=goes_on or (act if is_begun(_stem_of_verb(act)) else ""),
        is_done=not is_completed or (not (is_personal or is_promise) and _is_done(before, fold(trigger.quote))),
        is_limit=is_limit(agreement, is_begun=bool(goes_on) or _has_happened(agreement, before)),
        is_act=is_accomplished(_stem_of_verb(act)),
        is_engagement=is_engagement(agreement),
    )


def _is_of_a_promise(from_trigger: str) -> bool:
    """Return whether what is done is a promise: "reached an agreement to build radars"."""
    head, *infinitive = _TO_VERB.split(from_trigger, maxsplit=1)
    words = head.split()[1:]
    return bool(infinitive and words) and names_a_promise(fold(words[-1]))


def _told_act(agreement: Agreement, before: str) -> str:
    """Return the verb in the past that an event is told with ("released", "rolled out"); "" where none is.

    It is the trigger, or the verb of a noun that is the trigger ("issued new guidance").
    """
    if agreement.strength is None or agreement.strength.rank < Strength.AGREED.rank:
        return ""
    trigger = fold(agreement.trigger.quote)
    if may_be_past(trigger):
        after = agreement.evidence.quote[len(before) + len(agreement.trigger.quote) :]
        particle = _PARTICLE.match(after)
        return trigger + (particle[0] if particle else "") if _is_done(before, trigger) else ""
    of_noun = _VERB_OF_NOUN.search(before)
    words = of_noun[0].split() if of_noun else []
    verb = next((word for word in words if word.islower() and may_be_past(word)), "")
    return verb if verb and _is_done(before[: before.rindex(verb)], verb) else ""


def _stem_of_verb(words: str) -> str:
    return stem_of(words.partition(" ")[0])


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
        if is_of_trigger and not _is_still_to_be(quote[: found.end()], found[0]):
            return " ".join(found[0].split())
    return ""


def _is_still_to_be(quote: str, words: str) -> bool:
    """Return whether a quote that ends with words of progress says that it may go on, or that it will be ongoing."""
    return _ONGOING_ONE.search(quote) is not None or _ABLE.search(quote[: -len(words)]) is not None


def _are_near(between: str, words: int) -> bool:
    return len(between.split()) <= words and {",", ";"}.isdisjoint(between)


@cache
def _progress_pattern() -> re.Pattern[str]:
    phrases = phrases_in("progress_phrases.txt")
    alternatives = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


def _is_done(before: str, trigger: str) -> bool:
    """Return whether a trigger, with what goes before it, says that something is done: no future or present passive.

    A noun says so only of what is welcomed: a release that is announced may be still to come.
    """
    if _FUTURE.search(before) or _NOT_SAID.search(before):
        return False
    if may_be_past(trigger):
        return _PERFECT.search(before) is not None or _NOT_DONE.search(before) is None
    return stem_of(trigger) in _ENDS and _WELCOMED.search(before) is not None


def _has_happened(agreement: Agreement, before: str) -> bool:
    """Return whether the trigger tells of the past, so that a date says when it was: "signed in May"."""
    is_event = agreement.strength is not None and agreement.strength.rank >= Strength.AGREED.rank
    trigger = fold(agreement.trigger.quote)
    return is_event and may_be_past(trigger) and _is_done(before, trigger)
