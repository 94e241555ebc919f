"""Names that a bad copy has glued to the next word ("Japanfollowing"), split without moving an offset."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import CapitalisedNames, States
from alliance_tui.extraction.regex import literal_alternation

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SHORTEST = 3
"""The letters of a word that follows a name: shorter ones make words of their own ("Omanis")."""
_SHORTEST_NAME = 3
"""A name has more letters than these."""


def split_glued(doc: Doc) -> None:
    """Split the glued names of a doc that has only been tokenised."""
    pattern = name_and_word(_SHORTEST)
    # A pattern of all states is slow, and few words are as long as a name and another word.
    long = (token for token in doc if len(token) > _SHORTEST_NAME + _SHORTEST)
    glued = [(token, match.end("name")) for token in long if (match := pattern.fullmatch(token.text))]
    if glued:
        with doc.retokenize() as retokenizer:
            for token, seam in glued:
                parts = [token.text[:seam], token.text[seam:]]
                retokenizer.split(token, parts, heads=[(token, 1), (token, 1)])


@cache
def name_and_word(shortest: int = 1) -> re.Pattern[str]:
    """A state's name (the group `name`) glued to one of the words that follow names, which has so many letters at
    least. Nothing else stands in the word.
    """
    names = literal_alternation(name for name in load(States).states if len(name) > _SHORTEST_NAME and name.isalpha())
    words = literal_alternation(word for word in load(CapitalisedNames).glued_words if len(word) >= shortest)
    return re.compile(rf"(?<!\w)(?P<name>{names})(?:{words})(?!\w)")
