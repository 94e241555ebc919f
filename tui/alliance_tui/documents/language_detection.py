"""Language detection by function words and scripts; records are extracted from English only."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import msgspec

_ENGLISH = "en"

_SAMPLE_CHARACTERS = 20_000
"""Characters of the text that are read: more would not change the result."""
_WORD = re.compile(r"[^\W\d_]+")
_MIN_SCORE = 2.0
"""The sum of weights below which a language is not certain; a function word of one language alone weighs 1."""
_MIN_WORD_SHARE = 0.05
"""The share of function words among all words: a third or more in running text, none in a list of names."""
_MIN_SCRIPT_SHARE = 0.2
"""The share of the script's letters among all letters: Japanese mixes its own with Chinese characters."""


class _LanguageData(msgspec.Struct, frozen=True):
    """The tables of languages.toml, each by ISO 639-1 code."""

    names: dict[str, str]
    words: dict[str, str]
    scripts: dict[str, list[str]]


def detect_language(text: str) -> str | None:
    """Return the language of the text (ISO 639-1), or None where the text is too short or the language unknown."""
    head = text[:_SAMPLE_CHARACTERS]
    words = _WORD.findall(head.lower())
    weights = _word_weights()
    scores: defaultdict[str, float] = defaultdict(float)
    for word in words:
        for code, weight in weights.get(word, ()):
            scores[code] += weight
    best = max(scores, key=lambda code: scores[code], default=None)
    if best and scores[best] >= max(_MIN_SCORE, _MIN_WORD_SHARE * len(words)):
        return best
    letters = sum(map(len, words))
    scripts = ((code, len(pattern.findall(head))) for code, pattern in _script_patterns().items())
    return next((code for code, count in scripts if count > _MIN_SCRIPT_SHARE * letters), None)


def is_supported_language(code: str | None) -> bool:
    """Return whether records are extracted from this language: English, and texts of no certain language."""
    return code in (_ENGLISH, None)


def language_name(code: str) -> str:
    """Return the English name of a language."""
    return _language_data().names.get(code, code)


def unsupported_message(code: str) -> str:
    """Return the message for a document in a language without extraction."""
    return f"In {language_name(code)}: it can be read and searched; records are made for English only"


@cache
def _language_data() -> _LanguageData:
    source = Path(__file__).with_name("languages.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), _LanguageData)


@cache
def _word_weights() -> dict[str, list[tuple[str, float]]]:
    """Return the languages of each function word, with its weight: 1 divided by the number of its languages."""
    languages: dict[str, list[str]] = {}
    for code, words in _language_data().words.items():
        for word in words.split():
            languages.setdefault(word, []).append(code)
    return {word: [(code, 1 / len(codes)) for code in codes] for word, codes in languages.items()}


@cache
def _script_patterns() -> dict[str, re.Pattern[str]]:
    """Return a pattern of the letters of each language with a script of its own."""
    return {
        code: re.compile("[" + "".join("\\u{}-\\u{}".format(*block.split("-")) for block in blocks) + "]")
        for code, blocks in _language_data().scripts.items()
    }
