"""Which language a text is in, told by its commonest words or its script: the records are made for English only."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import msgspec

_ENGLISH = "en"

_SAMPLE_CHARACTERS = 20_000  # characters: as telling as a whole book
_WORD = re.compile(r"[^\W\d_]+")
_MIN_SCORE = 2.0  # function words of one language alone; fewer tell nothing
_MIN_WORD_SHARE = 0.05  # of all words; in running text they make a third or more, in a list of names none
_MIN_SCRIPT_SHARE = 0.2  # of all letters; Japanese mixes its own letters with Chinese ones


class _LanguageData(msgspec.Struct, frozen=True):
    names: dict[str, str]
    words: dict[str, str]
    scripts: dict[str, list[str]]


def detect_language(text: str) -> str | None:
    """The language of the text (ISO 639-1), or None where it cannot be told: too short, or none that is known."""
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
    """Whether records are looked for in texts of this language: in English, and in what cannot be told."""
    return code in (_ENGLISH, None)


def language_name(code: str) -> str:
    """The English name of a language."""
    return _language_data().names.get(code, code)


def unsupported_message(code: str) -> str:
    """What to tell the reader of a document in a language for which no records are made."""
    return f"In {language_name(code)}: it can be read and searched; records are made for English only"


@cache
def _language_data() -> _LanguageData:
    source = Path(__file__).with_name("languages.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), _LanguageData)


@cache
def _word_weights() -> dict[str, list[tuple[str, float]]]:
    """The languages that have each word, each with a part of it: a word of many tells little."""
    languages: dict[str, list[str]] = {}
    for code, words in _language_data().words.items():
        for word in words.split():
            languages.setdefault(word, []).append(code)
    return {word: [(code, 1 / len(codes)) for code in codes] for word, codes in languages.items()}


@cache
def _script_patterns() -> dict[str, re.Pattern[str]]:
    """The letters of each script."""
    return {
        code: re.compile("[" + "".join("\\u{}-\\u{}".format(*block.split("-")) for block in blocks) + "]")
        for code, blocks in _language_data().scripts.items()
    }
