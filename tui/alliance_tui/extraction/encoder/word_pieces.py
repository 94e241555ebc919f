"""Word pieces of a text: uncased WordPiece (Schuster and Nakajima 2012; Devlin et al. 2019) with offsets of words.

Words are cut as BERT cuts them but for symbols ("€"), which are words of their own. British spellings are read as
American ones, so that both give the same pieces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from alliance_tui.extraction.normalisation.british_spelling import to_american

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST_WORD = 100
_CONTINUATION = "##"
_PADDING, _UNKNOWN, _START, _SEPARATOR = SPECIAL_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


class PieceSequence(NamedTuple):
    """The pieces of a text by number, and its words: the offset of each in the text, and its first piece by index."""

    pieces: list[int]
    word_offsets: list[int]
    word_pieces: list[int]


class WordPieces:
    """Cuts texts into the pieces of a vocabulary, which are numbered in its order.

    The vocabulary has the SPECIAL_PIECES.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self._numbers[_UNKNOWN]
        self.start = self._numbers[_START]
        self.separator = self._numbers[_SEPARATOR]
        self._cache: dict[str, tuple[int, ...]] = {}

    def cut(self, text: str, offset: int = 0) -> PieceSequence:
        """Return the pieces of a text; the offsets of its words are counted from `offset`."""
        result = PieceSequence([], [], [])
        for match in _WORD.finditer(text):
            word = match[0]
            pieces = self._cache.get(word)
            if pieces is None:
                pieces = self._cache[word] = tuple(self._cut_word(word))
            result.word_offsets.append(offset + match.start())
            result.word_pieces.append(len(result.pieces))
            result.pieces.extend(pieces)
        return result

    def _cut_word(self, word: str) -> list[int]:
        """Return the pieces of a word, each the longest that fits; the unknown piece where none does."""
        decomposed = unicodedata.normalize("NFD", word.lower())
        plain = to_american("".join(character for character in decomposed if unicodedata.category(character) != "Mn"))
        if not plain or len(plain) > _LONGEST_WORD:
            return [self.unknown]
        pieces, start = [], 0
        while start < len(plain):
            prefix = _CONTINUATION if start else ""
            for end in range(len(plain), start, -1):
                number = self._numbers.get(prefix + plain[start:end])
                if number is not None:
                    break
            else:
                return [self.unknown]
            pieces.append(number)
            start = end
        return pieces
