"""Group mentions: spans that refer to several parties without naming them ("the two leaders", "both sides")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from alliance_tui.extraction.mentions.names.name_lexicon import roles
from alliance_tui.extraction.nlp.spacy_pipeline import Passage
from alliance_tui.extraction.parties.party_mapping import PartyNames

if TYPE_CHECKING:
    from spacy.tokens import Token

Resolve = Callable[[Passage, "Token"], PartyNames]
"""Party resolution of the noun phrase that a token heads."""

_DETERMINERS = {"the", "both", "our", "their", "these", "two", "three", "four", "five", "all"}


class GroupMention(NamedTuple):
    """A span of the text (code points, end exclusive) and the parties that it refers to."""

    start: int
    end: int
    parties: PartyNames


def find_group_mentions(passages: Sequence[Passage], resolve: Resolve) -> Iterator[GroupMention]:
    """Yield the group nouns with a determiner that refer to two parties or more."""
    group_nouns = roles().group_nouns.parties
    for passage in (passage for passage in passages if passage.parsed):
        for token in passage.doc:
            if token.lower_ not in group_nouns or not any(child.lower_ in _DETERMINERS for child in token.lefts):
                continue
            parties = resolve(passage, token)
            if len(parties) > 1:
                first = passage.doc[token.left_edge.i]
                end = passage.offset + token.idx + len(token)
                yield GroupMention(passage.offset + first.idx, end, parties)
