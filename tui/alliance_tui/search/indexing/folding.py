"""Folding of spellings to a common form, with an alignment to the original offsets.

Case, accents, ligatures, full-width forms, soft hyphens, joiners and the dots of "U.S." are removed. Each code point is
folded by itself to none, one or several letters or digits, so a match in the folded form maps back to a span of the
original text.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose but readers type without their stroke or as two letters.
_PLAIN = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}


def fold(text: str) -> str:
    """Return the folded letters and digits of `text`, without all other characters."""
    if text.isascii() and text.isalnum():
        return text.lower()
    return "".join(map(_fold_one, text))


def fold_aligned(text: str) -> tuple[str, list[int]]:
    """Return `fold(text)` and, for each of its characters, the offset in `text` of its code point."""
    pieces = [_fold_one(character) for character in text]
    return "".join(pieces), [offset for offset, piece in enumerate(pieces) for _ in piece]


@lru_cache(maxsize=4096)
def _fold_one(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_PLAIN.get(c, c) for c in decomposed if c.isalnum())
