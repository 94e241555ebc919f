"""Why two documents are compared, and what is asked of a link between their records for that reason.

The model of links has learnt from documents that a reader puts side by side. Most documents of a library have nothing
to do with each other, and their forms and formulas are alike: more is asked of a link that nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from alliance_tui.linking.pair_features import PairFeatures, PreparedRecord, containment


class Setting(StrEnum):
    """Why two documents are compared."""

    SIDE_BY_SIDE = "side by side"
    """A reader chose them, and they may be of one occasion."""
    YEARS_APART = "years apart"
    """A reader chose them, and they are of different months or years."""
    ONE_OCCASION = "one occasion"
    """They are of the same days and much alike."""
    APART = "apart"
    """They share rare words."""


def setting_of_dates(one: str | None, other: str | None) -> Setting:
    """Return the setting of documents that a reader chose, by their dates."""
    days = _days_apart(one, other)
    return Setting.SIDE_BY_SIDE if days is None or days <= _MAX_DAYS_SIDE_BY_SIDE else Setting.YEARS_APART


def may_be_of_same_days(one: str | None, other: str | None) -> bool:
    """Whether documents of these dates may be of one occasion; one without a day may be of any.

    Their words must agree too (`is_related`). Where only days and names are compared (library.occasions), a document
    without a day is of no occasion.
    """
    days = _days_apart(one, other)
    return days is None or days <= MAX_DAYS_OF_OCCASION


def _days_apart(one: str | None, other: str | None) -> int | None:
    """Return the days between two dates; None where one of them is missing, or a month or year."""
    try:
        return abs((date.fromisoformat(one or "") - date.fromisoformat(other or "")).days)
    except ValueError:
        return None


MAX_DAYS_OF_OCCASION = 3
"""The most days between two documents of one occasion."""
_MAX_DAYS_SIDE_BY_SIDE = 31


def holds_in(setting: Setting, confidence: float, features: PairFeatures) -> bool:
    """Whether a link of the model holds where the two documents were compared for this reason."""
    match setting:
        case Setting.SIDE_BY_SIDE:
            return True
        case Setting.YEARS_APART:
            return confidence >= _MIN_CONFIDENCE_YEARS_APART
        case Setting.ONE_OCCASION:
            return _is_sure(confidence, features) and _may_be_of_occasion(features)
        case Setting.APART:
            return _says_the_same(features)


def _is_sure(confidence: float, features: PairFeatures) -> bool:
    """Whether a link is sure enough for documents that nobody chose; more is asked of one without the same words."""
    same = features.same_instrument or features.same_words >= _SOME_SAME_WORDS
    return confidence >= (_MIN_CONFIDENCE_OF_SAME_WORDS if same else _MIN_CONFIDENCE)


def _may_be_of_occasion(features: PairFeatures) -> bool:
    """Return whether two records of documents of one occasion can be the same.

    They need a party in common, no other figure or deadline, and words that say something; forms and references to
    their own document are of different things on one day too. More of the same words is asked where each has a party
    that the other has not, whatever instrument both name, or where one of them has a better match.
    """
    if not features.has_shared_party or features.deictic == 1:
        return False
    if features.other_party and features.similar_wording < _NEARLY_SAME_WORDING:
        return False
    if features.rivals and features.same_words < _MIN_SAME_WORDS_OF_SECOND_BEST:
        return False
    if features.other_value or features.other_amount or features.other_deadline:
        return False
    is_form = _FORM_LETTER <= features.related_documents < _COPY
    return not is_form and features.shared_content >= _MIN_CONTENT_OF_OCCASION


_MIN_CONFIDENCE_YEARS_APART = 0.8
_MIN_CONFIDENCE, _MIN_CONFIDENCE_OF_SAME_WORDS, _SOME_SAME_WORDS = 0.95, 0.85, 0.5
_MIN_CONTENT_OF_OCCASION = 0.8
_NEARLY_SAME_WORDING = 0.9
_MIN_SAME_WORDS_OF_SECOND_BEST = 0.55
_MIN_SAME_WORDS, _MIN_SAME_WORDS_OF_ACTION = 0.75, 0.6
"""The least similarity of words of documents apart; less where action and instrument are the same."""
_MIN_SHARED_CONTENT = 1.1
_MIN_RAREST_CONTENT, _MIN_RAREST_OF_INSTRUMENT, _MIN_RAREST_OF_NEARLY_SAME = 0.68, 0.66, 0.62
_NEARLY_SAME_WORDS = 0.95
_FORM_LETTER = 0.75
"""The relatedness of documents written by one form: proclamations, orders, notices. Their words alike say nothing."""
_COPY = 0.9
"""The relatedness of copies of one document, such as both governments' texts of their joint statement."""


_MIN_CONTAINMENT = 0.33
"""The least containment of documents of one occasion: see tests/quality/README.md."""


def are_acts_of_one_form(one: str, other: str) -> bool:
    """Return whether two titles are those of legal acts of one form, such as two executive orders.

    Each is an act of its own, however much of its wording is that of all acts of its form.
    """
    return not _forms_in(one).isdisjoint(_forms_in(other))


def _forms_in(title: str) -> set[str]:
    return {found.lower().removesuffix("s") for found in _legal_form_pattern().findall(title)}


@cache
def _legal_form_pattern() -> re.Pattern[str]:
    lines = (resources.files("alliance_tui.linking") / "data" / "legal_forms.txt").read_text("utf-8").splitlines()
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, lines))})\b", re.IGNORECASE)


def is_related(first: Sequence[PreparedRecord], second: Sequence[PreparedRecord]) -> bool:
    """Whether two documents may be of one occasion by their words."""
    return containment(first, second) >= _MIN_CONTAINMENT


def _says_the_same(features: PairFeatures) -> bool:
    """Whether two records are the same undertaking whatever their documents: mostly the same rare words, the same
    parties, no other figure, date, name or instrument, and neither form letters nor meetings that may be others."""
    if features.related_documents >= _FORM_LETTER or features.shared_parties < 1:
        return False
    if features.other_value or features.other_amount or features.other_date or features.other_name:
        return False
    if features.other_instrument or features.other_deadline or features.other_increment or features.deictic:
        return False
    if features.is_occasion and not (features.same_date or features.same_year):
        return False
    enough = features.shared_content >= _MIN_SHARED_CONTENT and features.rarest_content >= _least_rarest(features)
    same_action = features.same_instrument and features.same_trigger
    return enough and features.same_words >= (_MIN_SAME_WORDS_OF_ACTION if same_action else _MIN_SAME_WORDS)


def _least_rarest(features: PairFeatures) -> float:
    """Return how rare the rarest shared word must be: less where nearly all words, or the instrument, are the same."""
    if features.same_words >= _NEARLY_SAME_WORDS:
        return _MIN_RAREST_OF_NEARLY_SAME
    return _MIN_RAREST_OF_INSTRUMENT if features.same_instrument else _MIN_RAREST_CONTENT
