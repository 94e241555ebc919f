"""Windows of a document's segments; the vocabulary is that of the text itself."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.encoder.windows import LONGEST_WINDOW, Window, windows
from alliance_tui.extraction.encoder.word_pieces import SPECIAL_PIECES, WordPieces
from alliance_tui.extraction.layout.segments import Segment, segment

TEXT = """Joint Statement of Chile and Kenya
4 June 2031

Maritime Safety

Kenya thanked Chile for its help after the storm of last winter.
The two sides will:
- Lamu: Build a lighthouse. It will be tall.
- repair the old pier
"""


def vocabulary_of(text: str) -> list[str]:
    return [*SPECIAL_PIECES, *sorted({word.lower() for word in re.findall(r"\w+|[^\w\s]", text)})]


def read(text: str, segments: list[Segment] | None = None) -> tuple[list[str], list[list[Window]]]:
    """The vocabulary of a text, and the windows of each of its segments."""
    vocabulary = vocabulary_of(text)
    pieces = WordPieces(vocabulary)
    segments = segment(text) if segments is None else segments
    return vocabulary, [list(windows(text, segments, index, pieces)) for index in range(len(segments))]


def words(window: Window, vocabulary: list[str]) -> str:
    return " ".join(vocabulary[piece] for piece in window.pieces)


def test_a_window_has_headings_what_comes_before_and_the_passage() -> None:
    vocabulary, by_segment = read(TEXT)
    texts = [words(window, vocabulary) for windows_ in by_segment for window in windows_]
    assert texts[-2] == (
        "[CLS] maritime safety lamu [SEP] the two sides will : [SEP] build a lighthouse . it will be tall . [SEP]"
    )
    assert texts[-1] == "[CLS] maritime safety [SEP] the two sides will : [SEP] repair the old pier [SEP]"
    assert texts[-3] == (
        "[CLS] maritime safety [SEP] kenya thanked chile for its help after the storm of last winter . [SEP] "
        "the two sides will : [SEP]"
    )


def test_titles_and_headings_have_no_window() -> None:
    _, by_segment = read(TEXT)
    assert [len(windows_) for windows_ in by_segment][:3] == [0, 0, 0]


def test_a_long_passage_is_cut_at_the_end_of_a_sentence() -> None:
    text = "Title\n\n" + "Kenya will repair the old pier at Lamu. " * 30
    vocabulary, by_segment = read(text)
    body = by_segment[-1]
    assert len(body) > 1
    starts = [window.word_offsets[0] for window in body]
    assert all(text[start:].startswith("Kenya") for start in starts)
    assert words(body[1], vocabulary).count("[SEP]") == 3


@given(st.lists(st.sampled_from(["pier", "lamp", ".", "and", ";", "”"]), min_size=1, max_size=400))
def test_each_word_is_in_the_core_of_one_window(tokens: list[str]) -> None:
    text = " ".join(tokens)
    pieces = WordPieces(vocabulary_of(text))
    whole = Segment(kind=segment("x")[0].kind, start=0, end=len(text), body=0)
    found = list(windows(text, [whole], 0, pieces))
    assert [offset for window in found for offset in window.word_offsets] == pieces.cut(text).word_offsets
    assert all(len(window.pieces) <= LONGEST_WINDOW for window in found)
    for window in found:
        firsts = [window.pieces[piece] for piece in window.word_pieces]
        assert firsts == [pieces.cut(text[offset:].split()[0]).pieces[0] for offset in window.word_offsets]
        assert [window.piece_at(offset) for offset in window.word_offsets] == window.word_pieces
