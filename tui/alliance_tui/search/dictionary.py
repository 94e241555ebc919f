"""English words and names, known by sight: a reader who types one means it, and no other that looks like it.

The lists are SCOWL's, of everyday size (data/LICENSE); tests/quality/search/word_lists.py makes them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

SHORTEST_LISTED = 4
"""Letters of the shortest words that are listed; shorter ones are never taken for misspelt anyway."""

# British and American spellings of one word, each written one way.
_SPELLINGS = (
    (re.compile(r"(?<=[iy])z|(?<=n)c(?=e)"), "s"),  # organize, defence
    (re.compile(r"(?<=[a-z]{3})our"), "or"),  # labour, but not four
    (re.compile(r"(?<=[bdtv])re(?=s?$)"), "er"),  # centre
    (re.compile(r"(?<=[a-z]{3}[aeou]l)l(?=ed|ing|ers?$|ors?$)|(?<=ogram)me|(?<=log)ue|(?<=dg)e(?=ment)"), ""),
)
_SIBILANT = re.compile(r"(?:[sxzo]|ch|sh)$")
_WHOLE_STEM = re.compile(r".{5}|[^aeiou][^aeiou]$")  # a shorter one would have had its last letter doubled


def is_english_word(word: str) -> bool:
    """Whether a folded word is an English one that is no name."""
    return _contains_line(word, _word_list("words"))


def is_known_name(word: str) -> bool:
    """Whether a folded word is known as part of a name: of a country, a place, a person."""
    return _contains_line(word, _word_list("names"))


def is_same_word(one: str, other: str) -> bool:
    """Whether two folded words are one, inflected otherwise (agreement, agreements) or spelt as overseas (defence)."""
    return not _base_forms(one).isdisjoint(_base_forms(other))


def stem(word: str) -> str:
    """How the inflections of a folded word begin (polic for policies)."""
    return min(_base_forms(word), key=len)[:-1]


@cache
def _word_list(name: str) -> str:
    """A list as one string, in order, a line a word: looked up as it is, it costs no time to build."""
    return files("alliance_tui.search").joinpath(f"data/{name}.txt").read_text(encoding="ascii")


def _contains_line(word: str, lines: str) -> bool:
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


def _base_forms(word: str) -> set[str]:
    """What a word may be an inflection of, itself included."""
    for pattern, plain in _SPELLINGS:
        word = pattern.sub(plain, word)
    bases = {word}
    if word.endswith(("ies", "ied")):
        bases.add(f"{word[:-3]}y")
    elif word.endswith("s") and not word.endswith("ss"):
        bases.add(word[:-1])
        if word.endswith("es") and _SIBILANT.search(word[:-2]):
            bases.add(word[:-2])
    elif word.endswith("ed"):
        bases.add(word[:-1])
        if _WHOLE_STEM.search(word[:-2]):
            bases.add(word[:-2])
    elif word.endswith("ing"):
        bases.add(f"{word[:-3]}e")
        if _WHOLE_STEM.search(word[:-3]):
            bases.add(word[:-3])
    return bases
