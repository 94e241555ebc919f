"""The words of a stretch of text, as the reading of names needs them."""

from __future__ import annotations

import re

from msgspec import Struct

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}(?:[-–][^\W_](?:\w|[-–.](?=\w))*)*"  # U.S., U.S.-Japan
    r"|[^\W_](?:[\w&+]|[-–’'./](?=\w)|\.(?=-))*"
)
_ABBREVIATED = re.compile(r"(?:Inc|Corp|Co|Ltd|Jr|Sr|St|Mt|Ft|Bros|[A-Z]|(?:.*[^\w])?(?:[A-Z]\.)*[A-Z]\.[A-Z])$")
_SPACES = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"[’']s?$")


class NameToken(Struct, frozen=True):
    """A word of the text: code points `start` to `end`, without its possessive ending.

    `gap` is what stands before it, any white space as one space.
    """

    start: int
    end: int
    text: str
    gap: str
    possessive: str = ""

    @property
    def is_capitalised(self) -> bool:
        """Whether it can be part of a name: it begins with a capital, or a figure is followed by one (3M)."""
        return self.text[0].isupper() or (self.text[0].isdigit() and any(c.isupper() for c in self.text))


def tokenize(text: str, start: int, end: int) -> list[NameToken]:
    """The words in `start` to `end`, in order; offsets index the whole text."""
    found: list[NameToken] = []
    last = start
    for match in _WORD.finditer(text, start, end):
        stop = match.end()
        form = match.group()
        if text[stop : stop + 1] == "." and stop < end and _ABBREVIATED.match(form):
            stop += 1
            form += "."
        ending = _POSSESSIVE.search(form)
        if ending is None and text[stop : stop + 1] in "’'" and form.endswith("s") and text[stop : stop + 2] != "’ve":
            ending_text = text[stop : stop + 1]
        else:
            ending_text = ending.group() if ending else ""
            stop -= len(ending_text)
        gap = _SPACES.sub(" ", text[last : match.start()])
        found.append(NameToken(match.start(), stop, text[match.start() : stop], gap, ending_text))
        last = stop + len(ending_text)
    return found
