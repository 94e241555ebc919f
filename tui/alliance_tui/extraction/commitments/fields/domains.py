"""The policy field of a record, by the words of its evidence, its sentence, its paragraph and what heads them."""

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
_OF_FORM = 0.4
"""How much words for a meeting, a body or money count, which say in what form rather than in what field parties act."""
_ABOUT, _ABOUT_AT_MOST = 8.0, 3.5
"""How much the square of a field's share in the document counts, less than two words for another field in the quote."""
_NO_FIELD = frozenset({Domain.OTHER, Domain.DIPLOMACY_INSTITUTIONS})
"""What says nothing of a field, or only that parties will meet."""
_LINE = 60
"""Shorter lines are headings and places, not paragraphs."""
_TEXTS = 512
"""How many texts' marks are remembered: each record of a paragraph asks for those of the paragraph again."""
_KEYS = (2, 3, 4)
"""How many first letters of a word choose the marks to compare it with: the most that the mark has, at least two."""


class _Mark(Struct, frozen=True):
    """A word or phrase that marks a field; a `closed` one must end where it ends."""

    text: str
    closed: bool
    domain: Domain
    weight: float


@cache
def _marks() -> dict[str, tuple[_Mark, ...]]:
    lexicon = load(Domains)
    marks = defaultdict(list)
    for field, words in lexicon.marks.items():
        for word in words:
            text = to_american(word.rstrip("$"))
            weight = _OF_FORM if word in lexicon.weak_marks else 1.0 + 0.5 * word.count(" ")
            marks[text[: _KEYS[-1]]].append(_Mark(text, word.endswith("$"), field, weight))
    return {key: tuple(group) for key, group in marks.items()}


def domain_scores(texts: Iterable[tuple[str, float]]) -> dict[Domain, float]:
    """How much each field is spoken of in these texts, each with its weight; a mark counts once a text."""
    total = dict.fromkeys(Domain, 0.0)
    for text, weight in texts:
        for mark in _found(text.lower()):
            total[mark.domain] += weight * mark.weight
    return total


@lru_cache(maxsize=_TEXTS)
def _found(text: str) -> tuple[_Mark, ...]:
    marks = _marks()
    text = to_american(text)
    found: dict[_Mark, None] = {}
    for word in _WORD.finditer(text):
        start = word.start()
        for length in _KEYS:
            for mark in marks.get(text[start : start + length], ()):
                end = start + len(mark.text)
                if text.startswith(mark.text, start) and not (mark.closed and text[end : end + 1].isalnum()):
                    found[mark] = None
    return tuple(found)  # in the order of the text, so that sums come out the same in every run


def document_profile(text: str) -> dict[Domain, float]:
    """The share that each field has in the paragraphs of a document."""
    shares = dict.fromkeys(Domain, 0.0)
    for paragraph in text.split("\n"):
        found = domain_scores([(paragraph, 1.0)])
        found[Domain.DIPLOMACY_INSTITUTIONS] *= _OF_FORM
        total = sum(found.values())
        for field, score in found.items():
            shares[field] += score / total if total and len(paragraph) > _LINE else 0.0
    whole = sum(shares.values())
    return {field: share / whole if whole else 0.0 for field, share in shares.items()}


def classify_domain(texts: Sequence[tuple[str, float]], about: Mapping[Domain, float]) -> Domain:
    """The field most spoken of in the texts, of which the first is the evidence; `other` where none is. `about` is the
    profile of the document: what it is mostly about decides where the texts say little, and says little itself where it
    is about many things. Interceptors that are sold or made are a matter of industry.
    """
    found = domain_scores(texts)
    found[Domain.DIPLOMACY_INSTITUTIONS] *= _OF_FORM
    for field, share in about.items():
        if field is not Domain.DIPLOMACY_INSTITUTIONS:
            found[field] += min(_ABOUT * share**2, _ABOUT_AT_MOST)
    best = max(found, key=lambda field: found[field])
    if best is Domain.AIR_MISSILE_DEFENCE and _arms_trade().search(texts[0][0]):
        return Domain.DEFENCE_INDUSTRY
    return best if found[best] > 0 else Domain.OTHER


@cache
def _arms_trade() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{alternation(load(Domains).arms_trade.stems)})")


def carry_domains_forward(records: Sequence[Agreement]) -> list[Agreement]:
    """Records in reading order; one that points back ("talks on those changes") without a field of its own has that of
    the agreement before it in its section.
    """
    carried: list[Agreement] = []
    last: Agreement | None = None
    for record in records:
        if record.kind is Kind.AGREEMENT:
            if record.domain in _NO_FIELD and last and last.section == record.section and _points_back(record):
                record = structs.replace(record, domain=last.domain)
            last = record
        carried.append(record)
    return carried


def _points_back(record: Agreement) -> bool:
    return re.search(r"\b(?:this|that|these|those|such)\b", record.evidence.quote, re.IGNORECASE) is not None
