"""American for British spellings: the lexicons and the texts of spaCy's model have American ones."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import Spelling
from alliance_tui.extraction.regex import literal_alternation

_CACHE_SIZE = 8_192
"""Most of the cached texts are single words."""
_ENDINGS = "e|es|ed|er|ers|ing|ingly|ation|ations|ational|able"


@lru_cache(maxsize=_CACHE_SIZE)
def to_american(text: str) -> str:
    """Replace the British spellings of a lower-case text; inflections stay."""
    return _british_pattern().sub(_american_form, text)


def has_british_spelling(text: str) -> bool:
    """Whether a lower-case text has a British spelling."""
    return any(to_american(word) != word for word in set(text.split()))  # most words are cached


def _american_form(match: re.Match[str]) -> str:
    spelling = match[0]
    match match.lastgroup:
        case "ise" | "yse":
            return f"{spelling[:-1]}z"
        case "doubled":
            return f"{spelling}l"
        case "single":
            return spelling[:-1]
    return load(Spelling).american[spelling]


@cache
def _british_pattern() -> re.Pattern[str]:
    words = load(Spelling)
    single = literal_alternation(f"{verb}l" for verb in words.single_l)
    return re.compile(
        rf"\b(?:(?P<ise>(?:{literal_alternation(words.ise_stems)})is)(?=(?:{_ENDINGS})\b)"
        rf"|(?P<yse>(?:{literal_alternation(words.yse_stems)})ys)(?=(?:e|ed|er|ers|ing)\b)"
        rf"|(?P<doubled>{literal_alternation(words.doubled_l)})(?=(?:s|ment|ments)?\b)"
        rf"|(?P<single>{single})(?=(?:ed|er|ers|ing)\b)"
        rf"|(?P<word>{literal_alternation(words.american)})(?!d\b))"
    )
