"""Word pieces of a text; with a vocabulary of a few pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.encoder.word_pieces import SPECIAL_PIECES, WordPieces

VOCABULARY = [*SPECIAL_PIECES, "ch", "##ile", "will", "lend", "cafe", "organize", "##d", ".", "’", "€", "5", "##0", "_"]
PIECES = WordPieces(VOCABULARY)


def cut(text: str) -> list[str]:
    return [VOCABULARY[piece] for piece in PIECES.cut(text).pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Chile WILL lend.", ["ch", "##ile", "will", "lend", "."]),
        ("Café", ["cafe"]),
        ("Cafe\u0301", ["cafe", "[UNK]"]),
        ("organised", ["organize", "##d"]),
        ("€50", ["€", "5", "##0"]),
        ("will_lend", ["will", "_", "lend"]),
        ("chx lend", ["[UNK]", "lend"]),
        ("w" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces(text: str, pieces: list[str]) -> None:
    assert cut(text) == pieces


def test_words_have_their_offset_and_their_first_piece() -> None:
    sequence = PIECES.cut("Chile will lend", offset=100)
    assert sequence.word_offsets == [100, 106, 111]
    assert sequence.word_pieces == [0, 2, 3]


@given(st.text())
def test_each_word_begins_with_a_visible_character_at_its_offset(text: str) -> None:
    sequence = PIECES.cut(text)
    assert sequence.word_offsets == sorted(set(sequence.word_offsets))
    assert all(not text[offset].isspace() for offset in sequence.word_offsets)
    assert all(first < len(sequence.pieces) for first in sequence.word_pieces)
