"""Relations between spellings of one name, and the words of a text that are spellings of a name.

In this order: two words that a list holds as spellings of one name; that a rule leads to a common key; that are
romanisations of one Chinese or Korean family name; of which one is a short form of the other. Where both words are
listed, but never together, they are two names (Mahmud, Mohammed), whatever the looser rules say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

from alliance_tui.search.lookup.dictionary import is_english_word, is_known_name
from alliance_tui.search.names.lists import (
    family_names,
    is_english_given_name,
    is_short_for,
    listed_forms,
    national_forms,
    people,
)
from alliance_tui.search.names.romanisation import PINYIN_SYLLABLE, SHORT_VOWELS, SYLLABIC, romanisation_keys
from alliance_tui.search.names.skeleton import skeletons

_EAST_ASIAN_SYLLABLE = re.compile(
    rf"{PINYIN_SYLLABLE}|(?:[bcdghjkmnprst]|ch|kk|jj)?(?:y?eo|eu|ae|ye|y?[aou]|i|e)(?:ng|[klmn])?"
)
_EAST_ASIAN_SYLLABLES = re.compile(rf"(?:{_EAST_ASIAN_SYLLABLE.pattern}){{1,8}}")
_DOUBLED_VOWEL = re.compile(r"([aeiou])\1+")
_MASCULINE = re.compile(r"(?:[oe]v|in|yn)$")
_LEAST_SIMILARITY = 0.4
_SHORTEST_ALONE = 4
_SHORTEST_SYLLABIC_ALONE = 6
_CLOSE = 0.8
"""The similarity above which a spelling of an English given name (Michael) needs no further evidence."""
_STRICT = frozenset({"Cyrillic", "Indonesian", "Japanese", "diacritics"}) | SYLLABIC
"""Schemes by which different names of a list are rarely alike."""
_SAME_ANYWAY = 0.7
"""The similarity of two spellings above which a list is taken to hold one name twice."""


class Relation(NamedTuple):
    """How surely two words are one name (from 0 to 1), and whether that is enough without the rest of a full name."""

    quality: float
    is_enough: bool


class NameVariant(NamedTuple):
    """A word of a text that is a spelling of a name."""

    word: str
    quality: float
    is_enough: bool


@lru_cache(maxsize=8192)
def relate(typed: str, name: str) -> Relation | None:
    """Return the relation of two folded words that are spellings of one name; None for different names."""
    if typed == name:
        return Relation(1.0, True)
    similarity = Indel.normalized_similarity(typed, name)
    schemes = _common_schemes(typed, name)
    is_close = not schemes.isdisjoint(_STRICT) or (bool(schemes) and similarity >= _CLOSE)
    is_distinct = is_close or not (is_english_given_name(typed) or is_english_given_name(name))
    if name in people().others(typed):
        quality, is_enough = 0.9, is_distinct
    elif schemes and not _are_listed_apart(typed, name, schemes):
        rules = schemes - SYLLABIC - {SHORT_VOWELS}
        shortest = _SHORTEST_ALONE if rules else _SHORTEST_SYLLABIC_ALONE
        quality, is_enough = 0.85 if rules else 0.7, is_distinct and min(len(typed), len(name)) >= shortest
    else:
        quality, is_enough = _quality_beside_other_words(typed, name), False
    return Relation(quality * (0.6 + 0.4 * similarity), is_enough) if quality else None


def _common_schemes(typed: str, name: str) -> set[str]:
    """Return the schemes by which two words have a common key."""
    schemes = {scheme for scheme, _ in romanisation_keys(typed) & romanisation_keys(name)}
    if all(_EAST_ASIAN_SYLLABLE.fullmatch(word) for word in (typed, name)):
        return schemes & SYLLABIC  # other rules would join Zhang and Zheng, Jong and Yong
    return schemes


def _quality_beside_other_words(typed: str, name: str) -> float:
    """Return the quality of a relation that needs the rest of a full name as evidence; 0 for different names."""
    if name in national_forms().others(typed) or _has_national_form(typed, name) or _has_national_form(name, typed):
        return 0.85
    if _DOUBLED_VOWEL.sub(r"\1", typed) == _DOUBLED_VOWEL.sub(r"\1", name):  # Suu, Su
        return 0.9
    if name in family_names().others(typed) or is_short_for(typed, name) or is_short_for(name, typed):
        return 0.8
    return 0.0


def are_alike_run_together(typed: str, name: str) -> bool:
    """Whether two folded names, of which one is words run together, may be one: syllables by their own rules only."""
    if not all(_EAST_ASIAN_SYLLABLES.fullmatch(word) for word in (typed, name)):
        return True
    return typed == name or any(scheme in SYLLABIC for scheme, _ in romanisation_keys(typed) & romanisation_keys(name))


def are_different_names(typed: str, name: str) -> bool:
    """Whether two folded words that are alike are two names, neither of them misspelt.

    So are the names of a man and of a woman (Ivanov, Ivanova), and two syllables of East Asian names (Jong, Yong).
    """
    shorter, longer = sorted((typed, name), key=len)
    if longer == f"{shorter}a" and _MASCULINE.search(shorter):
        return True
    return typed != name and all(_EAST_ASIAN_SYLLABLE.fullmatch(word) for word in (typed, name))


def _has_national_form(name: str, form: str) -> bool:
    """Whether a name is a spelling of a listed form that another language gives to `form` (Wladimir, Volodymyr)."""
    keys = romanisation_keys(name)
    return any(
        ("Cyrillic", key) in keys
        for other in national_forms().others(form)
        for scheme, key in romanisation_keys(other)
        if scheme == "Cyrillic"
    )


def _are_listed_apart(typed: str, name: str, schemes: set[str]) -> bool:
    """Whether the lists know both words, and as different ones, so that no loose rule may join them."""
    if schemes == {SHORT_VOWELS}:
        return any(_is_everyday(word) or word in people() for word in (typed, name))
    if not schemes.isdisjoint(_STRICT):
        return _is_everyday(typed) and _is_everyday(name)
    if Indel.normalized_similarity(typed, name) >= _SAME_ANYWAY:
        return False
    are_listed = all(_is_everyday(word) or word in people() for word in (typed, name))
    return are_listed and people().others(typed).isdisjoint(people().others(name))


@lru_cache(maxsize=2048)
def _is_everyday(word: str) -> bool:
    """Whether English readers know the word: a common word, or a listed name."""
    return is_english_word(word) or is_known_name(word)


class NameWords:
    """The words of names, by the skeletons of their consonants, so that spellings of a name are found among few."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if word.isalpha():
                for skeleton in skeletons(word):
                    self._by_skeleton[skeleton].append(word)

    def variants(self, word: str) -> list[NameVariant]:
        """Return the words that are other spellings of a folded name, best first."""
        alike = {name for skeleton in skeletons(word) for name in self._by_skeleton.get(skeleton, ())}
        candidates = {name for name in alike if Indel.normalized_similarity(word, name) >= _LEAST_SIMILARITY}
        candidates.update(name for name in listed_forms(word) if name in self)
        variants = [NameVariant(name, *relation) for name in candidates - {word} if (relation := relate(word, name))]
        return sorted(variants, key=lambda variant: (-variant.quality, variant.word))

    def __contains__(self, word: str) -> bool:
        return any(word in self._by_skeleton.get(skeleton, ()) for skeleton in skeletons(word))
