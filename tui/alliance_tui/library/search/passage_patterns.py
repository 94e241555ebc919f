"""Patterns of adjacent words: a quick test of a passage before its words are indexed.

A pattern may match where the words do not count as adjacent (they are in two sentences, or have other capitals), but
never fails where they do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.tokenizer import INSIDE_WORDS
from alliance_tui.search.lookup.word_lookup import VocabularyMatch
from alliance_tui.search.plan.readings import Meaning

_MAX_ALTERNATIVES = 20  # of more words only the common prefix is looked for
_LONGEST_DOTTED = 6  # letters of a word that may be written with dots ("U.S.")
_LETTER_OR_DIGIT = r"[^\W_]"
_BETWEEN_WORDS = r"\.?(?:['’]s)?[\W_]+"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_INSIDE_WORD = re.compile(f"[{INSIDE_WORDS}]")


def passage_pattern(meaning: Meaning) -> re.Pattern[str]:
    """Return the pattern of all readings that are words, for passages of `fold_passage`; it fails if there are none."""
    readings = (_BETWEEN_WORDS.join(map(_any_of, reading.words)) for reading in meaning.readings if reading.words)
    return re.compile("|".join(f"(?<!{_LETTER_OR_DIGIT}){reading}" for reading in readings) or r"(?!)")


class AdjacentWords(NamedTuple):
    """The readings of a meaning that are words, and the pattern of passages with them.

    Where references are mentioned, the index tells.
    """

    meaning: Meaning
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, meaning: Meaning) -> AdjacentWords:
        """Return the readings of a meaning that are words."""
        of_words = replace(meaning, readings=tuple(reading for reading in meaning.readings if reading.words))
        return cls(of_words, passage_pattern(of_words))


def fold_passage(text: str) -> str:
    """Return a text with its words folded; what stands between them still does so."""
    return (text if text.isascii() else _NOT_ASCII.sub(_fold_match, text)).lower()


def _fold_match(match: re.Match[str]) -> str:
    return match.group().translate(_FOLDED)


def _any_of(matches: Sequence[VocabularyMatch]) -> str:
    words = [match.word for match in matches]
    if len(words) > _MAX_ALTERNATIVES:
        return rf"{_spelled(_common_prefix(words))}[\w.]*"
    return rf"(?:{'|'.join(map(_spelled, words))})(?!{_LETTER_OR_DIGIT})"


def _common_prefix(words: Sequence[str]) -> str:
    first, last = min(words), max(words)
    length = next((n for n, letters in enumerate(zip(first, last, strict=False)) if len(set(letters)) > 1), len(first))
    return first[:length]


def _spelled(word: str) -> str:
    return r"\.?".join(word) if len(word) <= _LONGEST_DOTTED else word


class _FoldedCharacters(dict[int, str]):
    """The folded form of each character by its code point; a space for a character that is no part of a word."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        separator = "" if _INSIDE_WORD.match(character) else character if character in ".'’" else " "
        self[code] = fold(character) or separator
        return self[code]


_FOLDED = _FoldedCharacters()
