"""Folding, tokenising and postings of any Unicode text: spellings fold to one form, offsets stay right."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.search.indexing.folding import fold, fold_aligned
from alliance_tui.search.indexing.postings import Postings
from alliance_tui.search.indexing.tokenizer import paragraph_bounds, paragraph_starts, sentence_starts, word_spans

any_text = st.text(st.characters(), max_size=80) | st.text("aé’'.U S-_\n\u0301\u00ad ﬁＫ", max_size=40)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kishida", "KISHIDA"),
        ("São", "sao"),
        ("Sa\u0303o", "São"),
        ("oﬃcial", "official"),
        ("ＦＯＲＵＭ", "forum"),
        ("co\u00adoperation", "cooperation"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("U.S.", "us"),
        ("İstanbul", "istanbul"),
    ],
)
def test_spellings_of_the_same_word_fold_to_one_form(first: str, second: str) -> None:
    assert fold(first) == fold(second)


@given(any_text)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text, any_text)
def test_each_code_point_folds_by_itself(first: str, second: str) -> None:
    assert fold(first + second) == fold(first) + fold(second)


@given(any_text)
def test_every_folded_letter_is_aligned_with_its_code_point(text: str) -> None:
    folded, offsets = fold_aligned(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(letter in fold(text[offset]) for letter, offset in zip(folded, offsets, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Self‑Defense Forces", ["Self", "Defense", "Forces"]),
        ("the U.S.-led talks", ["the", "U.S.", "led", "talks"]),
        ("Japan’s and Japan's role", ["Japan", "and", "Japan", "role"]),
        ("don’t", ["don", "t"]),
        ("F-35, 2.5%", ["F", "35", "2", "5"]),
        ("snake_case _emphasis_", ["snake", "case", "emphasis"]),
        ("Sa\u0303o Tomé", ["Sa\u0303o", "Tomé"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == expected


@given(any_text)
def test_words_are_inside_the_text_sorted_and_disjoint(text: str) -> None:
    end_before = 0
    for start, end in word_spans(text):
        assert end_before <= start < end <= len(text)
        end_before = end


@given(any_text)
def test_no_letter_but_a_possessive_s_is_outside_words(text: str) -> None:
    inside = {offset for start, end in word_spans(text) for offset in range(start, end)}
    assert {text[n].lower() for n in range(len(text)) if n not in inside and text[n].isalnum()} <= {"s", "ſ"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One ends. Another begins! A third?", 3),
        ("Mr. Kishida met Gen. Brown of the U.S. Army.", 1),
        ("A line\nA second line", 2),
        ("A line that is\nwrapped by hand", 1),
        ("A line as wide as a page that was wrapped by a careful hand in\nWashington", 1),
        ("- A bullet as wide as a page that was wrapped by a careful hand in\n- Washington", 2),
        ("He said “go.” Then he went.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len([start for start in sentence_starts(text) if start < len(text)]) == count


@given(any_text)
def test_sentences_start_inside_the_text_and_make_up_paragraphs(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert starts[-1] <= len(text)
    assert set(paragraph_starts(text)) <= set(starts)


LONG = "A line as long as those that a mail program wraps, or so it seems"
wrapped_text = st.lists(st.sampled_from([LONG, "b", ""]))


@given(any_text | wrapped_text.map("\n".join), st.data())
def test_the_paragraph_of_an_offset_is_one_of_the_text_s_paragraphs(text: str, data: st.DataObject) -> None:
    starts = [*paragraph_starts(text), len(text)]
    place = data.draw(st.integers(0, len(text)))
    start, end = paragraph_bounds(text, place)
    assert start <= place <= end
    if place < len(text):
        assert (start, end) in pairwise(starts)


@given(st.lists(any_text, min_size=1, max_size=4))
def test_postings_have_every_word_at_its_position_and_in_its_units(strings: list[str]) -> None:
    postings = Postings(strings)
    seen = 0
    for string, text in enumerate(strings):
        for number in postings.by_string.positions_in(string):
            seen += 1
            assert text[postings.start_offsets[number] : postings.end_offset(number)] == postings.spelling(number)
            assert postings.by_string.unit_of(number) == string
            assert number in postings.positions(fold(postings.spelling(number)))
            assert number in postings.by_sentence.positions_in(postings.by_sentence.unit_of(number))
            assert number in postings.by_paragraph.positions_in(postings.by_paragraph.unit_of(number))
    assert seen == len(postings) == len(postings.initials)
