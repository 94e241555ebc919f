"""Places where the text means parties together without naming them: "the two leaders", "both sides"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from alliance_tui.extraction.mentions.name_lexicon import roles
from alliance_tui.extraction.nlp.spacy_pipeline import Passage

if TYPE_CHECKING:
    from spacy.tokens import Token

Resolve = Callable[[Passage, "Token"], tuple[str, ...]]
GroupMention = tuple[int, int, tuple[str, ...]]
"""A stretch of the text and the canonical names of the parties that it means."""

_MARKS = {"the", "both", "our", "their", "these", "two", "three", "four", "five", "all"}


def find_group_mentions(passages: Sequence[Passage], resolve: Resolve) -> Iterator[GroupMention]:
    """Where a set of two parties or more is meant (code points, end exclusive), and the parties' canonical names."""
    words = frozenset(roles().group_nouns.parties)
    for passage in (passage for passage in passages if passage.parsed):
        for token in passage.doc:
            if token.lower_ not in words or not any(child.lower_ in _MARKS for child in token.lefts):
                continue
            names = resolve(passage, token)
            if len(names) > 1:
                first = passage.doc[token.left_edge.i]
                yield passage.offset + first.idx, passage.offset + token.idx + len(token), names
