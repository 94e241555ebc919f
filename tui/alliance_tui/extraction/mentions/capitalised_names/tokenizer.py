"""Tokens of names: abbreviations whole, possessive endings apart."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from alliance_tui.extraction.mentions.names.name_lexicon import capitalised_names
from alliance_tui.extraction.regex import literal_alternation

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}(?:[-–][^\W_](?:\w|[-–.](?=\w))*)*"  # U.S., U.S.-Japan
    r"|[^\W_](?:[\w&+]|[-–’'./](?=\w)|\.(?=-))*"
)
_SPACES = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"[’']s?$")


@cache
def _abbreviation() -> re.Pattern[str]:
    """An abbreviation before its full stop."""
    names = capitalised_names()
    words = literal_alternation((*names.final_abbreviations, *names.initial_abbreviations))
    return re.compile(rf"(?:{words}|[A-Z]|(?:.*[^\w])?[A-Z]\.[A-Z])$")


class NameToken(Struct, frozen=True):
    """A word of the text without its possessive ending (code points, end exclusive).

    `gap` is the text between it and the token before, any white space as one space.
    """

    start: int
    end: int
    text: str
    gap: str
    possessive: str = ""

    @property
    def is_capitalised(self) -> bool:
        """Whether the token begins with a capital, or with a figure and has a capital (3M)."""
        return self.text[0].isupper() or (self.text[0].isdigit() and any(c.isupper() for c in self.text))


def tokenize(text: str, start: int, end: int) -> list[NameToken]:
    """Return the tokens in `start` to `end`; offsets index the whole text."""
    tokens: list[NameToken] = []
    last = start
    for match in _WORD.finditer(text, start, end):
        word_end = match.end()
        form = match.group()
        if text[word_end : word_end + 1] == "." and word_end < end and _abbreviation().match(form):
            word_end += 1
            form += "."
        possessive = _POSSESSIVE.search(form)
        following = text[word_end : word_end + 2]
        if possessive is None and following[:1] in "’'" and form.endswith("s") and following != "’ve":
            ending = following[:1]
        else:
            ending = possessive.group() if possessive else ""
            word_end -= len(ending)
        gap = _SPACES.sub(" ", text[last : match.start()])
        tokens.append(NameToken(match.start(), word_end, text[match.start() : word_end], gap, ending))
        last = word_end + len(ending)
    return tokens
