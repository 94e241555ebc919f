"""Abbreviations and their long forms, in either order: "Trade Forum (TF)", "TF (Trade Forum)".

After A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
text", Pacific Symposium on Biocomputing 8 (2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_BRACKETS = re.compile(r"\((?P<inner>[^()\n]{2,120})\)")
_SHORT = re.compile(r"[A-Z0-9][\w&+/.-]{1,11}")
_WORD_AND_SPACE = re.compile(r"(?P<word>\S+)\s+")
_POSSESSIVE_END = re.compile(r"[’']s?$")
_CONNECTIVES = {"of", "for", "and", "the", "on", "in", "to", "&", "through", "with", "at", "by", "de", "des", "et", "a"}


_MAX_REACH = 1_000
"""The greatest distance from the start of a long form to its abbreviation: many more characters than its words take."""


class Abbreviation(Struct, frozen=True):
    """Short form that the text defines and its long form (code points, end exclusive).

    `is_name`: it abbreviates a name (Trade Forum) and no common noun (liquefied natural gas), by most words' capitals.
    """

    long_start: int
    long_end: int
    short: str
    short_start: int
    is_name: bool

    @property
    def long_span(self) -> tuple[int, int]:
        """Start and end of the long form."""
        return self.long_start, self.long_end

    @property
    def short_end(self) -> int:
        """End of the short form."""
        return self.short_start + len(self.short)


def find_abbreviations(text: str) -> Iterator[Abbreviation]:
    """Yield the abbreviations that the text defines, by offset."""
    for match in _BRACKETS.finditer(text):
        inner = match["inner"].strip("“”\"‘’' ")
        inner_start = text.index(inner, match.start())
        if _SHORT.fullmatch(inner) and sum(c.isupper() for c in inner) >= 2:
            reach = max(0, match.start() - _MAX_REACH)
            line = max(reach, text.rfind("\n", reach, match.start()) + 1)
            preceding = text[line : match.start()].rstrip()
            start = _long_form_start(preceding, inner)
            if start is not None:
                yield _abbreviation(text, line + start, line + len(preceding), inner, inner_start)
        else:
            before = re.search(r"([A-Z][\w&+/-]{1,11}) $", text[max(0, match.start() - 14) : match.start()])
            if before and sum(c.isupper() for c in before[1]) >= 2 and _long_form_start(inner, before[1]) == 0:
                short_start = match.start() - len(before[1]) - 1
                yield _abbreviation(text, inner_start, inner_start + len(inner), before[1], short_start)


def _abbreviation(text: str, start: int, end: int, short: str, short_start: int) -> Abbreviation:
    end -= len(text[start:end]) - len(_POSSESSIVE_END.sub("", text[start:end]))
    content_words = [w for w in re.findall(r"[\w’'&-]+", text[start:end]) if w.lower() not in _CONNECTIVES]
    is_name = len(content_words) >= 2 and sum(w[0].isupper() for w in content_words) * 2 > len(content_words)
    return Abbreviation(start, end, short, short_start, is_name)


def _long_form_start(before: str, short: str) -> int | None:
    """Return where the long form of `short` begins that ends at the end of `before`.

    The characters of the short form are matched from right to left, the first of them at the beginning of a word.
    """
    characters = [c.lower() for c in short if c.isalnum()]
    words = list(re.finditer(r"\S+", before))
    limit = words[-min(len(words), max(len(characters) + 5, len(characters) * 2))].start() if words else 0
    at = len(before)
    for i in range(len(characters) - 1, -1, -1):
        at -= 1
        while at >= limit and (before[at].lower() != characters[i] or (i == 0 and at > 0 and before[at - 1].isalnum())):
            at -= 1
        if at < limit:
            return None
    at = _skip_connectives(before, at)
    return at if before.count("(", at) == before.count(")", at) else None


def _skip_connectives(before: str, at: int) -> int:
    """Return where a long form begins, past what only joins it to the text: "and Kenya’s Agency", "’s Service"."""
    word = _WORD_AND_SPACE.match(before, at)
    while word and word.end() < len(before) and (before[at - 1 : at] in ("’", "'") or word["word"] in _CONNECTIVES):
        at = word.end()
        word = _WORD_AND_SPACE.match(before, at)
    return at
