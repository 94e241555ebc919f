"""British spellings read as American ones, in which the lists are kept and the model's texts were written."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Spelling
from alliance_tui.extraction.regex import literal_alternation

_WORDS = 8_192
"""How many texts are remembered, most of them single words."""
_ENDINGS = "e|es|ed|er|ers|ing|ingly|ation|ations|ational|able"


@lru_cache(maxsize=_WORDS)
def american(text: str) -> str:
    """A text in small letters with its British spellings replaced; what they end in stays."""
    return _british().sub(_replaced, text)


def is_british(text: str) -> bool:
    """Whether a text in small letters holds a British spelling."""
    return any(american(word) != word for word in set(text.split()))  # most words have been asked before


def _replaced(match: re.Match[str]) -> str:
    found = match[0]
    match match.lastgroup:
        case "ise" | "yse":
            return f"{found[:-1]}z"
        case "doubled":
            return f"{found}l"
        case "single":
            return found[:-1]
    return load(Spelling).american[found]


@cache
def _british() -> re.Pattern[str]:
    words = load(Spelling)
    single = literal_alternation(f"{verb}l" for verb in words.single_l)
    return re.compile(
        rf"\b(?:(?P<ise>(?:{literal_alternation(words.ise_stems)})is)(?=(?:{_ENDINGS})\b)"
        rf"|(?P<yse>(?:{literal_alternation(words.yse_stems)})ys)(?=(?:e|ed|er|ers|ing)\b)"
        rf"|(?P<doubled>{literal_alternation(words.doubled_l)})(?=(?:s|ment|ments)?\b)"
        rf"|(?P<single>{single})(?=(?:ed|er|ers|ing)\b)"
        rf"|(?P<word>{literal_alternation(words.american)})(?!d\b))"
    )
