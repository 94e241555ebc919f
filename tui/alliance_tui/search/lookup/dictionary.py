"""English dictionary of words and names, with inflections and spelling variants.

A query word of the dictionary is not taken for a misspelling of another. The lists are SCOWL's, of a common size
(data/LICENSE), made by tests/quality/search/word_lists.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from alliance_tui.search.indexing.vocabulary import Vocabulary

SHORTEST_LISTED = 4
"""The least length of a listed word; shorter query words are never taken for misspelt."""

# British spellings, reduced to American ones or to a form that both share.
_SPELLING_RULES = (
    (re.compile(r"(?<=[iy])z|(?<=n)c(?=e)"), "s"),  # organize, defence
    (re.compile(r"(?<=[a-z]{3})our"), "or"),  # labour, but not four
    (re.compile(r"(?<=[bdtv])re(?=s?$)"), "er"),  # centre
    (re.compile(r"(?<=[a-z]{3}[aeou]l)l(?=ed|ing|ers?$|ors?$)|(?<=ogram)me|(?<=log)ue|(?<=dg)e(?=ment)"), ""),
)
_FIRST_VARIABLE_LETTER = re.compile(
    r"(?<=[iy])[sz]|(?<=n)[cs](?=e)|(?<=[a-z]{3})ou?r|(?<=[bdtv])(?:re|er)(?=s?$)|(?<=[a-z]{3}[aeou]l)"
)
"""The first letter in which two spellings of one word may differ."""
_SHORTEST_STEM = 3
_FORMED_OF_VERB = re.compile(r"(?P<stem>[a-z]{4,}[iy])[sz](?:e[sd]?|ing|ations?)")
_SIBILANT = re.compile(r"(?:[sxzo]|ch|sh)$")
_CACHED_WORDS = 1 << 12
_ENDED_VERB = re.compile(r"(?!.eed$)(?P<stem>[b-df-hj-np-tv-xz]*[aeiouy][a-z]*)(?:ed|ing)")  # not seed, nor thing
# Stems to which -ed and -ing are added as they are (act, need, stay, veto), and those with one more letter (plann).
_UNCHANGED_STEM = re.compile(r".{5}|(?:[^aeiou][^aeiou]|[aeiou]{2}[^aeiou]?|[aeou][wxy]|[^aeiou]o)$")
_LENGTHENED_STEM = re.compile(r".{2}(?:([bdfgklmnprtvz])\1|[^aeiou]ick)$")


@lru_cache(maxsize=_CACHED_WORDS)
def is_english_word(word: str) -> bool:
    """Whether a folded word is an English common word."""
    return _contains_line(word, _word_list("words")) or word in _irregular_forms()


@lru_cache(maxsize=_CACHED_WORDS)
def is_known_name(word: str) -> bool:
    """Whether a folded word is part of a listed name of a country, a place or a person."""
    return _contains_line(word, _word_list("names"))


def is_dictionary_word(word: str) -> bool:
    """Whether a folded word is an English word or a part of a listed name, and so hardly misspelt."""
    return is_english_word(word) or is_known_name(word)


def is_same_word(first: str, second: str) -> bool:
    """Whether two folded words are inflections (agreement, agreements) or spelling variants (defence) of one word."""
    return not _base_forms(first).isdisjoint(_base_forms(second))


def same_words(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words of a vocabulary that are other inflections or spellings of a folded word."""
    bases = _base_forms(word)
    alternatives = {irregular for base in bases for irregular in _irregular_forms().get(base, ())}
    yield from (other for other in alternatives if other != word and other in vocabulary)
    if len(word) < SHORTEST_LISTED:
        if not word.endswith("s") and f"{word}s" in vocabulary:
            yield f"{word}s"
        return
    if not word.isalpha():
        return
    for candidate in vocabulary.with_prefix(_shared_stem(word, bases)):
        if candidate != word and candidate not in alternatives and not bases.isdisjoint(_base_forms(candidate)):
            yield candidate


def words_with_stem(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the words of a vocabulary that are formed from the same verb in -ise or -yse, in any spelling."""
    formed = _FORMED_OF_VERB.fullmatch(word)
    if not formed:
        return
    stems = tuple(f"{formed['stem']}{letter}" for letter in "sz")
    for candidate in vocabulary.with_prefix(formed["stem"]):
        if candidate.startswith(stems):
            yield candidate


def inflections(word: str) -> set[str]:
    """Return likely plurals of a folded noun, and its other spellings."""
    plurals = {f"{word[:-1]}ies"} if word.endswith("y") else {f"{word}es" if _SIBILANT.search(word) else f"{word}s"}
    spellings = {word.replace("iz", "is"), word.replace("ense", "ence")}
    spellings |= {plural.replace("iz", "is") for plural in plurals}
    return (plurals | spellings | set(_irregular_forms().get(word, ()))) - {word}


def _shared_stem(word: str, bases: Iterable[str]) -> str:
    """Return the prefix that the inflections and spellings of a folded word share (polic for policies)."""
    length = len(min(bases, key=len)) - 1
    variable = _FIRST_VARIABLE_LETTER.search(word)
    return word[: max(_SHORTEST_STEM, min(length, variable.start() if variable else length))]


@cache
def _irregular_forms() -> dict[str, tuple[str, ...]]:
    """Return the forms of each word with irregular ones, or with spellings that no rule covers."""
    lines = files("alliance_tui.search.lookup").joinpath("data/irregular_forms.txt").read_text(encoding="ascii")
    groups = [tuple(line.split()) for line in lines.splitlines() if not line.startswith("#")]
    return {form: group for group in groups for form in group}


@cache
def _word_list(name: str) -> str:
    """Return a sorted word list as one string, a word a line; bisecting it needs no set to be built first."""
    return files("alliance_tui.search.lookup").joinpath(f"data/{name}.txt").read_text(encoding="ascii")


def _contains_line(word: str, lines: str) -> bool:
    """Bisect sorted lines for a word."""
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind("\n", 0, (low + high) // 2) + 1
        end = lines.index("\n", start)
        line = lines[start:end]
        if line == word:
            return True
        if line < word:
            low = end + 1
        else:
            high = start
    return False


@lru_cache(maxsize=1 << 14)
def _base_forms(word: str) -> frozenset[str]:
    """Return the words of which `word` may be an inflection, itself included."""
    bases = _regular_base_forms(word)
    irregular = {group[0] for base in bases for group in (_irregular_forms().get(base),) if group}
    return frozenset(bases | irregular)


def _regular_base_forms(word: str) -> set[str]:
    for pattern, replacement in _SPELLING_RULES:
        word = pattern.sub(replacement, word)
    bases = {word}
    if word.endswith(("ies", "ied")):
        bases.add(f"{word[:-3]}y")
    elif word.endswith("s") and not word.endswith("ss"):
        bases.add(word[:-1])
        if word.endswith("es") and _SIBILANT.search(word[:-2]):
            bases.add(word[:-2])
    elif verb := _ENDED_VERB.fullmatch(word):
        stem = verb["stem"]
        bases.add(f"{stem}e")
        if _UNCHANGED_STEM.search(stem):
            bases.add(stem)
        if _LENGTHENED_STEM.search(stem):
            bases.add(stem[:-1])
    return bases
