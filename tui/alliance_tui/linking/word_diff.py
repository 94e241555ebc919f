"""Word diffs: what two quotes have in common, and what only one of them says."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

from alliance_tui.search.indexing.folding import fold


class Side(StrEnum):
    """In which of two texts words are."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"


class DiffRun(Struct, frozen=True):
    """Adjacent words, as they are written in the text that has them; those of both as the second has them."""

    side: Side
    words: str


_WORD = re.compile(r"\S+")
_MARKS = " .,;:!?()[]“”‘’\"'"


def word_diff(first: str, second: str) -> list[DiffRun]:
    """Return the words of two texts in one sequence; case, accents and marks around a word make no difference."""
    words = _WORD.findall(first), _WORD.findall(second)
    keys: list[list[str]] = [[str(fold(word.strip(_MARKS)) or word) for word in each] for each in words]
    runs: list[DiffRun] = []
    for kind, i, j, k, m in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(DiffRun(Side.BOTH, " ".join(words[1][k:m])))
            continue
        if i < j:
            runs.append(DiffRun(Side.FIRST, " ".join(words[0][i:j])))
        if k < m:
            runs.append(DiffRun(Side.SECOND, " ".join(words[1][k:m])))
    return runs
