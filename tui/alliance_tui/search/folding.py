"""Folding: what two spellings of the same word have in common, with every offset kept.

Case, accents, ligatures, full-width forms, soft hyphens and joiners fold away; so do the dots of "U.S.".
Each code point folds on its own to none, one or several letters or digits, so every folded letter knows
the code point it came from and a match in the folded form is a span in the text as written.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters with a stroke or of two letters, which Unicode does not decompose but readers type plainly.
_PLAIN = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}


def fold(text: str) -> str:
    """The folded letters and digits of `text`; everything else is left out."""
    if text.isascii() and text.isalnum():
        return text.lower()
    return "".join(map(_fold_one, text))


def fold_aligned(text: str) -> tuple[str, list[int]]:
    """`fold(text)`, and for each of its characters the offset in `text` of the code point that gave it."""
    pieces = [_fold_one(character) for character in text]
    return "".join(pieces), [offset for offset, piece in enumerate(pieces) for _ in piece]


@lru_cache(maxsize=4096)
def _fold_one(character: str) -> str:
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_PLAIN.get(c, c) for c in bare if c.isalnum())
