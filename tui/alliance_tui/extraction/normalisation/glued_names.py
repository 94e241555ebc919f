"""Names of states that a bad copy has glued to the next word ("Japanfollowing"): split without moving an offset."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.lexicon import load
from alliance_tui.extraction.lexicon.schemas import CapitalisedNames, States
from alliance_tui.extraction.regex import literal_alternation

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MIN_WORD_LETTERS = 3
"""Shorter words after a name may form another word with it ("Omanis")."""
_MAX_ABBREVIATION_LETTERS = 3
"""Names of states have more letters."""


def split_glued_names(doc: Doc) -> None:
    """Split the glued names of a doc that is only tokenised."""
    pattern = glued_name_pattern(_MIN_WORD_LETTERS)
    # A pattern of all states is slow, and few words are as long as a name and another word.
    candidates = (token for token in doc if len(token) > _MAX_ABBREVIATION_LETTERS + _MIN_WORD_LETTERS)
    glued = [(token, match.end("name")) for token in candidates if (match := pattern.fullmatch(token.text))]
    if glued:
        with doc.retokenize() as retokenizer:
            for token, name_end in glued:
                parts = [token.text[:name_end], token.text[name_end:]]
                retokenizer.split(token, parts, heads=[(token, 1), (token, 1)])


@cache
def glued_name_pattern(min_word_letters: int = 1) -> re.Pattern[str]:
    """Pattern of a token that is a state's name (the group `name`) glued to a word of at least that many letters."""
    names = (name for name in load(States).states if len(name) > _MAX_ABBREVIATION_LETTERS and name.isalpha())
    words = (word for word in load(CapitalisedNames).glued_words if len(word) >= min_word_letters)
    return re.compile(rf"(?<!\w)(?P<name>{literal_alternation(names)})(?:{literal_alternation(words)})(?!\w)")
