"""What a document is looked up by: the words that a search may meet in it, and what stands for its names."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from alliance_tui.records import Analysis
from alliance_tui.search.acronyms import is_acronym
from alliance_tui.search.folding import fold
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.words import FUNCTION_WORDS, words


class Role(StrEnum):
    """What a key is."""

    WORD = "word"
    """A folded word of the text or of a record."""
    NAME_WORD = "name word"
    """A folded word of an entity's name or other form."""
    NAME = "name"
    """A whole name, its folded words run together."""
    INITIALS = "initials"
    """The first letters of a name's words, with and without those of its function words."""


def keys(analysis: Analysis) -> dict[tuple[Role, str], int]:
    """The keys of a document, each with how often it stands in the text if it is a word of it, else 1."""
    index = SearchIndex.of(analysis.document.text, analysis)
    text = index.text
    return {
        **{(Role.WORD, word): 1 for word in index.records.vocabulary},
        **{(Role.WORD, word): sum(len(text.at[s]) for s in text.spellings(word)) for word in text.vocabulary},
        **{(Role.NAME_WORD, word): 1 for word in index.name_words},
        **{(Role.NAME, name): 1 for name in index.names},
        **{(Role.INITIALS, letters): 1 for name in index.names.values() for letters in _initials(name)},
    }


def _initials(name: str) -> Iterator[str]:
    folded = [word for word in (fold(name[start:end]) for start, end in words(name)) if word]
    for kept in (folded, [word for word in folded if word not in FUNCTION_WORDS]):
        letters = "".join(word[0] for word in kept)
        if is_acronym(letters):
            yield letters
