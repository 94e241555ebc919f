"""Domain of a record: its policy field, by the words of its evidence, sentence, paragraph and headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct, structs

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Domains
from alliance_tui.extraction.normalisation.british_spelling import to_american
from alliance_tui.extraction.regex import alternation
from alliance_tui.records import Agreement, Domain, Kind

_WORD = re.compile(r"\w+")
_WEAK_WEIGHT = 0.4
"""The weight of words for meetings, bodies and money, which say how parties act rather than in what field."""
_STRONG_WEIGHT = 2.5
"""The weight of words that name the deed itself, against those for what it is about: "fellowships in space law"."""
_PROFILE_WEIGHT, _PROFILE_LIMIT = 8.0, 3.5
"""Weight of the squared share of a domain in the document, and its limit: less than two words of the quote."""
_UNSPECIFIC_DOMAINS = frozenset({Domain.OTHER, Domain.DIPLOMACY_INSTITUTIONS})
_MIN_PARAGRAPH = 60
"""Shorter lines are headings and places, not paragraphs."""
_CACHED_TEXTS = 512
"""Texts whose marks are cached: the records of a paragraph share it."""
_PREFIX_LENGTHS = (2, 3, 4)
"""Lengths of the prefixes by which marks are looked up: as much of the mark as there is, at least two letters."""
_DEMONSTRATIVE = re.compile(r"\b(?:this|that|these|those|such)\b", re.IGNORECASE)


class _Mark(Struct, frozen=True):
    """A word or phrase, or the start of one, that indicates a domain."""

    text: str
    is_whole_word: bool
    domain: Domain
    weight: float


@cache
def _marks_by_prefix() -> dict[str, tuple[_Mark, ...]]:
    lexicon = load(Domains)
    marks = defaultdict(list)
    for domain, words in lexicon.marks.items():
        for word in words:
            text = to_american(word.rstrip("$"))
            marks[text[: _PREFIX_LENGTHS[-1]]].append(_Mark(text, word.endswith("$"), domain, _weight(word, lexicon)))
    return {prefix: tuple(group) for prefix, group in marks.items()}


def _weight(mark: str, lexicon: Domains) -> float:
    if mark in lexicon.weak_marks:
        return _WEAK_WEIGHT
    return _STRONG_WEIGHT if mark in lexicon.strong_marks else 1.0 + 0.5 * mark.count(" ")


def domain_scores(texts: Iterable[tuple[str, float]]) -> dict[Domain, float]:
    """Return the score of each domain in texts with weights; a mark counts once in each text."""
    scores = dict.fromkeys(Domain, 0.0)
    for text, weight in texts:
        for mark in _marks_in(text.lower()):
            scores[mark.domain] += weight * mark.weight
    return scores


@lru_cache(maxsize=_CACHED_TEXTS)
def _marks_in(text: str) -> tuple[_Mark, ...]:
    """Return the distinct marks of a text in reading order, so that sums of floats are reproducible."""
    by_prefix = _marks_by_prefix()
    text = to_american(text)
    marks: dict[_Mark, None] = {}
    for word in _WORD.finditer(text):
        start = word.start()
        for length in _PREFIX_LENGTHS:
            for mark in by_prefix.get(text[start : start + length], ()):
                end = start + len(mark.text)
                if text.startswith(mark.text, start) and not (mark.is_whole_word and text[end : end + 1].isalnum()):
                    marks[mark] = None
    return tuple(marks)


def document_profile(text: str) -> dict[Domain, float]:
    """Return the share of each domain in the paragraphs of a document."""
    totals = dict.fromkeys(Domain, 0.0)
    for paragraph in text.split("\n"):
        scores = domain_scores([(paragraph, 1.0)])
        scores[Domain.DIPLOMACY_INSTITUTIONS] *= _WEAK_WEIGHT
        total = sum(scores.values())
        for domain, score in scores.items():
            totals[domain] += score / total if total and len(paragraph) > _MIN_PARAGRAPH else 0.0
    whole = sum(totals.values())
    return {domain: total / whole if whole else 0.0 for domain, total in totals.items()}


def classify_domain(texts: Sequence[tuple[str, float]], profile: Mapping[Domain, float]) -> Domain:
    """Return the domain with the highest score in texts with weights, the evidence first; `other` without any mark.

    The profile of the document decides where the texts have few marks, the more the fewer domains share it. Air and
    missile defence that is sold or made counts as defence industry.
    """
    scores = domain_scores(texts)
    scores[Domain.DIPLOMACY_INSTITUTIONS] *= _WEAK_WEIGHT
    for domain, share in profile.items():
        if domain is not Domain.DIPLOMACY_INSTITUTIONS:
            scores[domain] += min(_PROFILE_WEIGHT * share**2, _PROFILE_LIMIT)
    best = max(scores, key=lambda domain: scores[domain])
    if best is Domain.AIR_MISSILE_DEFENCE and _arms_trade().search(texts[0][0]):
        return Domain.DEFENCE_INDUSTRY
    return best if scores[best] > 0 else Domain.OTHER


@cache
def _arms_trade() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{alternation(load(Domains).arms_trade.stems)})")


def carry_domains_forward(
    records: Sequence[Agreement], readings: Mapping[str, Mapping[Domain, float]]
) -> list[Agreement]:
    """Give records without a specific domain that of the agreement to which they refer back: "talks on those changes".

    Only the agreement right before in the same section counts, and only if the encoder holds its domain for likelier.

    Args:
        records: The records in reading order.
        readings: The log probability of each domain by the encoder, by the record's ID.
    """
    carried: list[Agreement] = []
    last: Agreement | None = None
    for record in records:
        if record.kind is Kind.AGREEMENT:
            if last is not None and last.section == record.section and _takes_domain(record, last, readings):
                record = structs.replace(record, domain=last.domain)
            last = record
        carried.append(record)
    return carried


def _takes_domain(record: Agreement, last: Agreement, readings: Mapping[str, Mapping[Domain, float]]) -> bool:
    if record.domain not in _UNSPECIFIC_DOMAINS or not _DEMONSTRATIVE.search(record.evidence.quote):
        return False
    reading = readings.get(record.id)
    return reading is not None and last.domain is not None and reading[last.domain] > reading[record.domain]
