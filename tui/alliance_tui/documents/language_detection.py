"""Which language a text is in, told by its commonest words or its script: the records are made for English only."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path

import msgspec

_ENGLISH = "en"

_READ = 20_000  # characters: as telling as a whole book
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 2.0  # function words of one language alone; fewer tell nothing
_LEAST_SHARE = 0.05  # of all words; in running text they make a third or more, in a list of names none
_LEAST_SCRIPT = 0.2  # of all letters; Japanese mixes its own letters with Chinese ones


class _Data(msgspec.Struct, frozen=True):
    names: dict[str, str]
    words: dict[str, str]
    scripts: dict[str, list[str]]


def language(text: str) -> str | None:
    """The language of the text (ISO 639-1), or None where it cannot be told: too short, or none that is known."""
    head = text[:_READ]
    words = _WORD.findall(head.lower())
    weights = _weights()
    score: defaultdict[str, float] = defaultdict(float)
    for word in words:
        for code, weight in weights.get(word, ()):
            score[code] += weight
    best = max(score, key=lambda code: score[code], default=None)
    if best and score[best] >= max(_FEWEST, _LEAST_SHARE * len(words)):
        return best
    letters = sum(map(len, words))
    scripts = ((code, len(pattern.findall(head))) for code, pattern in _scripts().items())
    return next((code for code, count in scripts if count > _LEAST_SCRIPT * letters), None)


def has_records(code: str | None) -> bool:
    """Whether records are looked for in texts of this language: in English, and in what cannot be told."""
    return code in (_ENGLISH, None)


def language_name(code: str) -> str:
    """The English name of a language."""
    return _data().names.get(code, code)


def no_records(code: str) -> str:
    """What to tell the reader of a document in a language for which no records are made."""
    return f"In {language_name(code)}: it can be read and searched; records are made for English only"


@cache
def _data() -> _Data:
    source = Path(__file__).with_name("languages.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(source), _Data)


@cache
def _weights() -> dict[str, list[tuple[str, float]]]:
    """The languages that have each word, each with a part of it: a word of many tells little."""
    languages: dict[str, list[str]] = {}
    for code, words in _data().words.items():
        for word in words.split():
            languages.setdefault(word, []).append(code)
    return {word: [(code, 1 / len(codes)) for code in codes] for word, codes in languages.items()}


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    """The letters of each script."""
    return {
        code: re.compile("[" + "".join("\\u{}-\\u{}".format(*block.split("-")) for block in blocks) + "]")
        for code, blocks in _data().scripts.items()
    }
