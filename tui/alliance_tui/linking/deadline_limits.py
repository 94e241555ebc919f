"""Whether the date of an agreement is a limit: a time by or in which something falls due.

Each rule names a sense in which a date is no limit; the rules are tried in order, and the first that holds decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property

from alliance_tui.linking.words import may_be_past, names_an_engagement, phrases_in, stem_of
from alliance_tui.records import Agreement, Span
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.tokenizer import folded_words

_MAX_BEFORE = 14
"""Characters before a date in which a word may say that something begins or ends then."""

_LIMIT = re.compile(
    r"\b(?:by|before|within|than)\s+(?:(?:the|its|end|close|middle|mid|beginning|start|early|late|later|first|second|half|of|in|next"
    r"|this|around|about|no)[\s-]+)*$",
    re.IGNORECASE,
)
"""What goes directly before a date that is a limit; not the "by" of an agent: "hosted by Norland next week"."""
_LIMIT_OF_DATE = re.compile(r"(?:no\s+later\s+than|not\s+later\s+than|by|before|within)\b", re.IGNORECASE)
_START = re.compile(
    r"\b(?:from|beginning|starting|effective|as of|as early as|on or after|after|since)\b", re.IGNORECASE
)
_DURATION = re.compile(r"\b(?:until|till|through|throughout|during)\b", re.IGNORECASE)
_FOR = re.compile(r"(?:^|\s)for\s+(?:the\s+)?$", re.IGNORECASE)
_FOR_FIRST = re.compile(r"for\s", re.IGNORECASE)
"""What makes a date the year of a budget: "six million for 2031"."""
_AFTER_SOMETHING = re.compile(r"\b(?:after|since|following|upon)\b[^,;]*$", re.IGNORECASE)
"""Words before a date that is of what goes before: "after the moratorium ends on 1 June"."""
_RESTRAINT = re.compile(r"(?:\b(?:not|never|no longer|cease|refrain)\b|n[’']t\b)[^,;]*$", re.IGNORECASE)
"""Words before the trigger of something that is forgone: it falls due at no time."""
_DECLARED = re.compile(r"\b(?:proclaim|designat|declar|observ|celebrat)\w*\s+$", re.IGNORECASE)
"""What goes before a day that is proclaimed."""
_OF_A_NAME = re.compile(r"(?:(?<!\w)[A-Z]\w*+|\))\s++of\s*+$")
"""What goes before the year in the name of a law: "the Safe Harbours Act (SHA) of 2031"."""
_YEAR = re.compile(r"(?:(?:FY|fiscal year)\s*[’']?\d{2,4}|\d{4})", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:\b(?:the|a|an|our|its|their|his|her)|[’']s)\s+$", re.IGNORECASE)
"""Words before a year that is part of a name: "the 2031 Summit"."""
_OF_AN_EVENT = re.compile(r"\b(?:held|hosted|convened|taking\s+place|takes\s+place)\b[^,;]*$", re.IGNORECASE)
"""Words before the date of an event at which something is done: "at the talks to be held in Eskby on 1 June"."""
_TOWARDS = re.compile(r"\b(?:towards?|ahead\s+of|for)\s", re.IGNORECASE)
"""Words before an event that something leads up to: "work towards a conference in 2031"."""
_END_OF_PHRASE = re.compile(r"[,;]")
_TOGETHER = re.compile(r"\w+\s+together\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:in|on|at|of)\s+(?:the\s+)?$|\b(?:in|on|at|of)$", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:will|shall|would)\b", re.IGNORECASE)
_PASSIVE_OR_INFINITIVE = re.compile(r"\b(?:is|are|be|been|being|to)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LAPSES = frozenset(map(stem_of, ("expire", "lapse", "end")))
"""The triggers of what ends by itself."""
_BE, _BRING = "be", "bring"
_MAX_EFFECT = 40
"""The most characters from the trigger in which it may be said that something takes effect."""
_MAX_WORDS_OF_NOUN = 8
"""The most words after "there will be" in which a meeting may be named."""


class _DatedClause:
    """The evidence of an agreement with a deadline, cut at its trigger and at the date."""

    def __init__(self, agreement: Agreement, date: Span, *, is_begun: bool) -> None:
        self.evidence = agreement.evidence
        self.is_begun = is_begun
        self.trigger = fold(agreement.trigger.quote)
        self._trigger_start = max(0, agreement.trigger.start - self.evidence.start)
        self._trigger_end = self._trigger_start + len(agreement.trigger.quote)
        self._date_start = date.start - self.evidence.start
        self.date = date.quote

    @cached_property
    def before_trigger(self) -> str:
        return self.evidence.quote[: self._trigger_start]

    @cached_property
    def from_trigger(self) -> str:
        return self.evidence.quote[self._trigger_start :]

    @cached_property
    def before_date(self) -> str:
        """What goes before the date; nothing where it is before the evidence."""
        return self.evidence.quote[: max(0, self._date_start)]

    @cached_property
    def after_date(self) -> str:
        return self.evidence.quote[max(0, self._date_start + len(self.date)) :]

    @cached_property
    def between(self) -> str:
        """What goes between the trigger and the date, whichever comes first."""
        quote, trigger, date = self.evidence.quote, self._trigger_start, self._date_start
        if date < trigger:
            return quote[max(0, date + len(self.date)) : trigger]
        return quote[self._trigger_end : date]

    @property
    def is_date_first(self) -> bool:
        return self._date_start < self._trigger_start

    @property
    def near_date(self) -> str:
        """The date with the few characters before it."""
        return self.before_date[-_MAX_BEFORE:] + self.date


def _is_forgone(clause: _DatedClause) -> bool:
    return _RESTRAINT.search(clause.before_trigger) is not None


def _comes_by_itself(clause: _DatedClause) -> bool:
    """Return whether something lapses or takes effect then: "shall take effect on 1 May"."""
    stems = " ".join(map(stem_of, folded_words(clause.from_trigger[:_MAX_EFFECT])))
    return stem_of(clause.trigger) in _LAPSES or stems.startswith(_effect_phrases())


def _is_declared(clause: _DatedClause) -> bool:
    return _DECLARED.search(clause.before_date) is not None


def _is_in_a_name(clause: _DatedClause) -> bool:
    """Return whether a year is part of a name: of a law, or of a thing that follows it ("our 2031 budget")."""
    if _OF_A_NAME.search(clause.before_date):
        return True
    is_followed = re.match(r"\s+\w", clause.after_date) is not None
    return (
        is_followed and _YEAR.fullmatch(clause.date) is not None and _DETERMINER.search(clause.before_date) is not None
    )


def _is_when_something_else_ends(clause: _DatedClause) -> bool:
    return not clause.is_date_first and _AFTER_SOMETHING.search(clause.between) is not None


def _begins_or_lasts(clause: _DatedClause) -> bool:
    return _START.search(clause.near_date) is not None or _DURATION.search(clause.near_date) is not None


def _is_of_a_budget(clause: _DatedClause) -> bool:
    return _FOR.search(clause.before_date) is not None or _FOR_FIRST.match(clause.date) is not None


def _is_of_a_participle(clause: _DatedClause) -> bool:
    """Return whether the date is that of a participle after the trigger: "use the samples gathered in 2031"."""
    if clause.is_date_first:
        return False
    words = _WORD.findall(_PREPOSITION.sub("", clause.between.rstrip()))
    is_passive = len(words) > 1 and _PASSIVE_OR_INFINITIVE.fullmatch(words[-2]) is not None
    return bool(words) and _is_lower_past(words[-1]) and not is_passive


def _is_of_an_event(clause: _DatedClause) -> bool:
    if clause.is_date_first:
        return False
    return _leads_up_to_an_event(clause) or _OF_AN_EVENT.search(clause.between) is not None


def _leads_up_to_an_event(clause: _DatedClause) -> bool:
    phrase = _END_OF_PHRASE.split(_PREPOSITION.sub("", clause.between.rstrip()))[-1]
    towards = _TOWARDS.search(phrase)
    words = _WORD.findall(phrase, towards.end()) if towards else []
    return bool(words) and names_an_engagement(stem_of(fold(words[-1])))


def _is_of_an_earlier_act(clause: _DatedClause) -> bool:
    """Return whether the date opens a clause that tells of the past: "This month, the ministry announced that …"."""
    if not clause.is_date_first or _FUTURE.search(clause.between):
        return False
    words = _WORD.findall(clause.between)
    first = next((index for index, word in enumerate(words) if _is_lower_past(word)), None)
    return first is not None and not any(_PASSIVE_OR_INFINITIVE.fullmatch(word) for word in words[:first])


def _is_lower_past(word: str) -> bool:
    return word.islower() and may_be_past(fold(word))


def _goes_on_or_has_happened(clause: _DatedClause) -> bool:
    return clause.is_begun


_Rule = Callable[[_DatedClause], bool]

_IN_ANY_CASE: tuple[_Rule, ...] = (
    _is_forgone,
    _comes_by_itself,
    _is_declared,
    _is_in_a_name,
)
"""The senses in which a date is no limit, whatever word is before it."""

_WITHOUT_A_WORD_OF_LIMIT: tuple[_Rule, ...] = (
    _begins_or_lasts,
    _is_when_something_else_ends,
    _is_of_a_budget,
    _is_of_a_participle,
    _is_of_an_event,
    _is_of_an_earlier_act,
    _goes_on_or_has_happened,
)
"""Those that hold only where no word says that the date is a limit ("by", "within")."""


def is_limit(agreement: Agreement, *, is_begun: bool) -> bool:
    """Return whether the deadline of an agreement, if it has one, is a time by or in which something falls due.

    `is_begun` tells that it goes on or has happened, so that a date says for how long, or when it was.
    """
    if agreement.deadline is None:
        return True
    clause = _DatedClause(agreement, agreement.deadline.span, is_begun=is_begun)
    if any(rule(clause) for rule in _IN_ANY_CASE):
        return False
    return _says_limit(clause) or not any(rule(clause) for rule in _WITHOUT_A_WORD_OF_LIMIT)


def is_engagement(agreement: Agreement) -> bool:
    """Return whether an agreement is to meet, visit or talk at its date, and not by it.

    That such a date is past says nothing: such things take place, and hardly any document says so.
    """
    if agreement.deadline is None:
        return False
    clause = _DatedClause(agreement, agreement.deadline.span, is_begun=False)
    return not _says_limit(clause) and _is_of_meeting(clause)


def _says_limit(clause: _DatedClause) -> bool:
    return _LIMIT.search(clause.before_date) is not None or _LIMIT_OF_DATE.match(clause.date) is not None


def _is_of_meeting(clause: _DatedClause) -> bool:
    if clause.trigger == _BE:
        words = folded_words(clause.from_trigger)[1:_MAX_WORDS_OF_NOUN]
        return any(names_an_engagement(stem_of(word)) for word in words)
    if stem_of(clause.trigger) == _BRING and _TOGETHER.match(clause.from_trigger):
        return True
    return any(names_an_engagement(stem_of(word)) for word in folded_words(clause.trigger))


@cache
def _effect_phrases() -> tuple[str, ...]:
    """Return what says that something takes effect, as stems; the trigger is its verb."""
    return tuple(" ".join(map(stem_of, phrase.split())) for phrase in phrases_in("effect_phrases.txt"))
