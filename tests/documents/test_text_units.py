"""The words, the sentence and the paragraph around an offset."""

from __future__ import annotations

import pytest

from alliance_tui.documents.text_units import paragraph_at, sentence_at, stepped, word_at, words_around

TEXT = "  The ministers met (in Oslo). They agreed, –\nand left.  "


@pytest.mark.parametrize(
    ("at", "word"),
    [("The", "The"), ("isters", "ministers"), (" met", "met"), ("(in", "in"), ("Oslo", "Oslo"), (",", "and")],
)
def test_the_word_at_an_offset_or_the_next_one_without_closing_punctuation(at: str, word: str) -> None:
    start, end = word_at(TEXT, TEXT.index(at))
    assert TEXT[start:end] == word


def test_a_dash_alone_is_no_word() -> None:
    start, end = word_at(TEXT, TEXT.index("–"))
    assert TEXT[start:end] == "and"


def test_after_the_last_word_it_is_the_last_and_without_any_there_is_none() -> None:
    start, end = word_at(TEXT, len(TEXT))
    assert TEXT[start:end] == "left"
    assert word_at("", 0) == (0, 0)
    assert word_at(" \n ", 1) == (1, 1)


def test_no_word_is_cut_where_the_surroundings_end() -> None:
    text = "abcdefg " * 2_000
    words = [text[start:end] for start, end in words_around(text, 8_003)]
    assert set(words) == {"abcdefg"}
    assert len(words) > 100


def test_the_paragraph_is_the_line_around_an_offset() -> None:
    for at, paragraph in ((0, "The ministers met (in Oslo). They agreed, –"), (len(TEXT) - 4, "and left.")):
        start, end = paragraph_at(TEXT, at)
        assert TEXT[start:end] == paragraph


def test_a_step_goes_from_one_offset_to_another_and_ends_at_the_last() -> None:
    assert [stepped([0, 4, 9], 4, by) for by in (-9, -1, 0, 1, 9)] == [0, 0, 4, 9, 9]
    assert [stepped([0, 4, 9], 5, by) for by in (-1, 1)] == [4, 9]
    assert stepped([], 3, 1) == 3


@pytest.mark.parametrize(
    ("text", "offset", "sentence"),
    [
        ("One. Two words. Three", 6, "Two words"),
        ("One.\nTwo words.\n", 6, "Two words"),
        ("  Only one  ", 4, "Only one"),
        ("“One.” Two (2). Three", 9, "Two (2)"),
        ("The U.S. and Japan met. Then", 10, "The U.S. and Japan met"),
        ("He met President Joseph R. Ode and Gen. Lee. Then", 30, "He met President Joseph R. Ode and Gen. Lee"),
        ("Ms. Sato and U.S. President Ode met. Then", 20, "Ms. Sato and U.S. President Ode met"),
        ("They met in the U.S. The talks went on.", 5, "They met in the U.S."),
        ("They met in the U.S.", 5, "They met in the U.S."),
        ("Two lines\nof Ms. Sato", 15, "of Ms. Sato"),
        ("Done. Next", 8, "Next"),
        ("A ship sails. It returns.", 14, "It returns"),
        ("A ship sails. “It returns,” he said.", 14, "“It returns,” he said"),
        ("", 0, ""),
    ],
)
def test_the_sentence_around_an_offset(text: str, offset: int, sentence: str) -> None:
    start, end = sentence_at(text, offset)
    assert text[start:end] == sentence
