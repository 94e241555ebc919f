"""Text is wrapped without losing, moving or tearing anything."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from alliance_tui.explorer.rendering.wrapping import (
    NOT_SINGLE_WIDTH,
    WrappedRows,
    paragraphs,
    paragraphs_at,
    shorten,
    wrap,
)

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("ab éß’“–—…  \n\n日本Ａ́̃👩‍🚀🇯🇵"), st.characters(exclude_categories=("Cs", "Cc")))
)
WIDTHS = st.integers(2, 40)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_counts_as_narrow_is_one_cell_for_one_character(text: str) -> None:
    if not NOT_SINGLE_WIDTH.search(text):
        assert cell_len(text) == len(text)


def test_every_narrow_character_is_one_cell() -> None:
    for code in range(0x3000):
        if not NOT_SINGLE_WIDTH.search(chr(code)):
            assert cell_len(chr(code)) == 1, hex(code)


@given(TEXTS, st.integers(3, 40))
@example("日本とフィリピンの共同声明", 9)
def test_a_shortened_text_fits_the_width_and_begins_as_the_whole_does(text: str, width: int) -> None:
    shortened = shorten(text, width, " …")
    assert cell_len(shortened) <= max(width, 4)
    assert shortened == text or text.startswith(shortened.removesuffix(" …"))


@given(TEXTS, WIDTHS)
def test_rows_hold_all_but_spaces_and_fit_the_width(text: str, width: int) -> None:
    for start, end in paragraphs(text):
        rows = list(wrap(text, start, end, width))
        assert "".join(text[a:b] for a, b in rows).replace(" ", "") == text[start:end].replace(" ", "")
        assert all(cell_len(text[a:b]) <= width for a, b in rows)
        assert all(b <= c for (_, b), (c, _) in pairwise(rows))


@given(TEXTS, WIDTHS)
@example("00 \N{COMBINING GRAVE ACCENT}", 2)
def test_every_offset_is_found_in_the_row_that_shows_it(text: str, width: int) -> None:
    rows = WrappedRows(text, width)
    for offset, character in enumerate(text):
        row = rows.row_at(offset)
        if not character.isspace():
            assert rows.starts[row] <= offset < rows.ends[row]


@given(TEXTS, WIDTHS, st.integers(1, 50))
def test_growing_in_steps_gives_the_same_rows_as_all_at_once(text: str, width: int, step: int) -> None:
    at_once, in_steps = WrappedRows(text, width), WrappedRows(text, width)
    at_once.grow(1 << 30)
    while not in_steps.complete:
        in_steps.grow(step)
    assert in_steps.starts == at_once.starts
    assert in_steps.ends == at_once.ends


@given(TEXTS, WIDTHS, st.data())
def test_a_fold_hides_nothing_that_is_to_be_kept(text: str, width: int, data: st.DataObject) -> None:
    parts = list(paragraphs(text))
    keep = data.draw(st.sets(st.integers(0, max(0, len(parts) - 1))))
    rows = WrappedRows(text, width, frozenset(keep))
    rows.grow(1 << 30)

    spans = [span for row, span in enumerate(zip(rows.starts, rows.ends, strict=True)) if row not in rows.folds]
    shown = {offset for span in spans for offset in range(*span)}
    for number in keep & set(range(len(parts))):
        assert all(offset in shown or text[offset] == " " for offset in range(*parts[number]))


def test_a_fold_tells_how_many_paragraphs_it_hides_and_keeps_the_heading_above() -> None:
    text = "One.\nTwo.\nHeading\n\nThree, the one to keep.\nFour."
    rows = WrappedRows(text, 40, frozenset({4}))
    rows.grow(1 << 30)

    assert list(rows.folds.values()) == [2, 1]
    assert [text[start:end] for start, end in zip(rows.starts, rows.ends, strict=True) if start < end] == [
        "Heading",
        "Three, the one to keep.",
    ]


def test_paragraphs_are_found_by_the_places_in_them() -> None:
    text = "one\ntwo\n\nthree"
    assert paragraphs_at(text, [(4, 7), (10, 12)]) == {1, 3}
