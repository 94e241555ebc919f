"""Content words of undertakings: their stems, and how much a shared stem says.

Weights are inverse document frequencies over the sentences of a background corpus (`data/word_counts.txt`, made by
`tests.quality.linking.word_counts`), so that the similarity of two records is the same in every library.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import snowballstemmer

from alliance_tui.search.indexing.tokenizer import folded_words

_DATA = resources.files("alliance_tui.linking") / "data"
_RAREST = 3
"""The count of a stem that the background corpus lacks, or has so seldom that it is not listed."""

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_NUMBER_WEIGHT = 0.5
"""The weight of a number that is no year: amounts and dates are compared by value."""


def content_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text that are no function words, in reading order; long names abbreviated."""
    words = _abbreviated(folded_words(text))
    return tuple(word for word in words if stem_of(word) not in _stems_in("function_words.txt"))


def _abbreviated(words: Sequence[str]) -> list[str]:
    """Return the words with abbreviations in place of the names that they stand for ("gross domestic product")."""
    names = _abbreviations()
    kept: list[str] = []
    place = 0
    while place < len(words):
        known = names.get(words[place], ())
        name, short = next((each for each in known if tuple(words[place : place + len(each[0])]) == each[0]), ((), ""))
        kept.append(short or words[place])
        place += len(name) or 1
    return kept


@cache
def _abbreviations() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the abbreviated names by their first words, each with its abbreviation, the longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for line in sorted(phrases_in("abbreviations.txt"), key=len, reverse=True):
        short, *name = line.split()
        by_first[name[0]].append((tuple(name), short))
    return dict(by_first)


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """Return the distinct stems of folded words."""
    return frozenset(map(stem_of, words))


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """Return the stem of a folded English word (Snowball)."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=50_000)
def background_weight(stem: str) -> float:
    """Return what a shared stem says, from 0 for a word of every sentence to 1 for one that is hardly ever used."""
    if stem.isdigit() and len(stem) != 4:
        return _NUMBER_WEIGHT
    sentences, counts = _counts()
    return math.log(sentences / (counts.get(stem, _RAREST) + 1)) / math.log(sentences / (_RAREST + 1))


@lru_cache(maxsize=50_000)
def content_weight(stem: str) -> float:
    """Return the background weight of a stem; 0 for one of the formulas of state documents ("do hereby proclaim")."""
    return 0.0 if stem in _stems_in("formula_words.txt") else background_weight(stem)


def names_a_document(stem: str) -> bool:
    """Whether a stem says what kind of document a title is of (remarks, fact sheet, press conference)."""
    return stem in _stems_in("document_words.txt")


def names_an_occasion(trigger: str) -> bool:
    """Whether the stem of a trigger is a deed that recurs (meet, visit): said again later, it is another occasion."""
    return trigger in _stems_in("recurring_triggers.txt")


def names_an_engagement(stem: str) -> bool:
    """Whether a stem is a meeting, visit or talk, as a verb or a noun: what takes place at its time or not at all."""
    return stem in _stems_in("engagement_words.txt")


def is_accomplished(stem: str) -> bool:
    """Whether a stem is an act that is done once it is told in the past (publish, rescind)."""
    return stem in _stems_in("accomplished_acts.txt")


def is_begun(stem: str) -> bool:
    """Whether a stem is an act that leaves something under way once it is told in the past (launch, begin)."""
    return stem in _stems_in("begun_acts.txt")


def may_be_past(word: str) -> bool:
    """Whether a folded word may be the past or the past participle of a verb."""
    return (word.endswith("ed") and not word.endswith("eed")) or word in _words_in("past_forms.txt")


def names_a_promise(word: str) -> bool:
    """Whether a folded word names what is promised and not done (agreement, pledge)."""
    return stem_of(word) in _stems_in("promise_nouns.txt")


def phrases_in(name: str) -> list[str]:
    """Return the lines of a file of data, each a phrase."""
    return (_DATA / name).read_text("utf-8").splitlines()


def increments_in(words: Iterable[str]) -> frozenset[str]:
    """Return the stems that say which of its kind something is, or that it is one more (second, additional, 2nd)."""
    listed = _stems_in("increment_words.txt")
    return frozenset(stem for word in words if (stem := stem_of(word)) in listed or _ORDINAL.fullmatch(word))


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")


@cache
def _stems_in(name: str) -> frozenset[str]:
    """Return the stems of the words in a file of data."""
    return stems_of(_words_in(name))


@cache
def _words_in(name: str) -> frozenset[str]:
    return frozenset((_DATA / name).read_text("utf-8").split())


@cache
def _counts() -> tuple[int, dict[str, int]]:
    """Return the number of sentences of the background corpus, and how many of them have each stem."""
    first, *lines = (_DATA / "word_counts.txt").read_text("utf-8").splitlines()
    return int(first), {stem: int(count) for stem, count in (line.split() for line in lines)}
