"""Skeletons of names: the classes of their consonants, which all spellings of a name share.

They only narrow down where the spellings of a name are looked for; `romanisation` tells whether they are one name.
"""

from __future__ import annotations

import re
from itertools import product

_CLASSES = str.maketrans("gkqcxszjdtbpvfwlrmn", "kkkkkkkkttpppppllnn", "aeiouhy")
_REPEATED = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"(?:(?<=^abd)[aeou]{1,2}|^[ae])[lrsnzdt]{1,2}(?=[a-z]{4})")
# Letters that some spellings sound otherwise: German "j" is a vowel, Arabic "th" and "dh" may be "s" and "z",
# Ukrainian "h" is Russian "g", Japanese "hu" is "fu", Wade-Giles "j" is "r".
_AMBIGUOUS = re.compile(r"dsch|tsch|tsh|tch|dzh|ts|tz|th|dh|dj|ds|dz|kh|ch|fu|[jwg]")
_ALTERNATIVES = {
    **dict.fromkeys(("dsch", "tsch", "tsh", "tch", "dzh", "ts", "tz", "ds", "dz"), ("k",)),
    **dict.fromkeys(("th", "dh", "dj"), ("t", "k")),
    **dict.fromkeys(("kh", "ch", "g"), ("k", "")),
    **dict.fromkeys(("w", "fu"), ("", "p")),
    "j": ("", "k", "l"),
}
_MAX_AMBIGUOUS = 3


def skeletons(word: str) -> set[str]:
    """Return the skeletons of a folded word, one for each reading of its ambiguous letters."""
    without_article = _ARTICLE.sub("", word, count=1)
    return _of_word(word) if without_article == word else _of_word(word) | _of_word(without_article)


def _of_word(word: str) -> set[str]:
    found = _AMBIGUOUS.findall(word)[:_MAX_AMBIGUOUS]
    if not found:
        return {_reduced(word)}
    rest = _AMBIGUOUS.split(word, _MAX_AMBIGUOUS)
    choices = product(*(_ALTERNATIVES[letters] for letters in found))
    return {_reduced("".join(map("".join, zip(rest, (*choice, ""), strict=True)))) for choice in choices}


def _reduced(word: str) -> str:
    return _REPEATED.sub(r"\1", word.translate(_CLASSES))
