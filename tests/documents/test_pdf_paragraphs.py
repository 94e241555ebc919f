"""Paragraphs from printed lines: what belongs together is joined, what a page adds is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.documents.readers.pdf_paragraphs import PrintedLine, lay_out_pages

LEADING = 12.0
FULL = "The two governments will link their radars along the whole coast and"


def page(*texts: str, top: float = 700.0, x: float = 90.0, size: float = 10.0) -> list[PrintedLine]:
    """Return lines one below the other; an empty text is a gap, each space before a text an indent of one point."""
    lines = []
    for number, text in enumerate(texts):
        if text:
            indent = len(text) - len(text.lstrip(" "))
            lines.append(PrintedLine(text.strip(), x + indent, top - number * LEADING, size))
    return lines


def paragraphs(*pages: list[PrintedLine]) -> list[str]:
    return [line for line in lay_out_pages(pages).text.split("\n") if line]


def test_lines_are_joined_until_a_gap() -> None:
    lines = page(FULL, "will share what they show.", "", FULL, "more.")
    assert paragraphs(lines) == [f"{FULL} will share what they show.", f"{FULL} more."]


def test_without_gaps_a_line_that_ends_early_ends_the_paragraph() -> None:
    lines = page(*[FULL, FULL, "will share them."] * 4)
    assert paragraphs(lines) == [f"{FULL} {FULL} will share them."] * 4


def test_an_indent_begins_a_paragraph() -> None:
    ended = FULL[:-4] + "now."
    lines = page(f"          {FULL}", ended, f"          {FULL}", ended)
    assert paragraphs(lines) == [f"{FULL} {ended}"] * 2


def test_a_paragraph_goes_on_over_the_page_and_the_column() -> None:
    left, right = page(FULL, FULL, top=200), page(FULL, "will share them.", top=700, x=320)
    assert paragraphs(left + right) == [f"{FULL} {FULL} {FULL} will share them."]
    assert paragraphs(left, right) == [f"{FULL} {FULL} {FULL} will share them."]


def test_a_heading_at_the_foot_of_a_page_stays_a_heading() -> None:
    lines = page(FULL, FULL, "will share them.", "", "Trade and energy")
    assert paragraphs(lines, page(FULL, FULL, "more."))[1] == "Trade and energy"


def test_larger_type_is_a_heading() -> None:
    heading = PrintedLine("Harbour Accord", 90, 712, 14)
    assert paragraphs([heading, *page(FULL, "more.")]) == ["Harbour Accord", f"{FULL} more."]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    names = ("Norland", "Westmark", "Eastmark", "Sudland")
    pages = [
        page(f"Gazette no. {n}", "", f"{name}: {FULL}", f"will give {name} all.", "", f"- {n} -")
        for n, name in enumerate(names)
    ]
    assert paragraphs(*pages) == [f"{name}: {FULL} will give {name} all." for name in names]


def test_list_items_are_a_line_each_with_their_depth() -> None:
    lines = page(
        "They will:", "• build a harbour", "          ◦ of stone", "•", "  mend the pier", "1. and", "2. so on."
    )
    assert lay_out_pages([lines]).text == (
        "They will:\n\n- build a harbour\n  - of stone\n- mend the pier\n1. and\n2. so on.\n"
    )


def test_an_abbreviation_at_a_line_end_ends_nothing() -> None:
    full = "The two governments and the coast guards of the whole U.S."
    assert paragraphs(page(full, "          Navy will meet.")) == [f"{full} Navy will meet."]


def test_hyphens_of_the_typesetter_go_and_those_of_words_stay() -> None:
    lines = page(
        "their co-",
        "operation",
        "",
        "a well-",
        "known cooperation",
        "",
        "U.S.-",
        "Norland ties",
        "",
        "the har-",
        "bour",
    )
    assert paragraphs(lines) == ["their cooperation", "a well-known cooperation", "U.S.-Norland ties", "the harbour"]


words = st.text(alphabet="abc .-•1", min_size=1, max_size=12)


@given(st.lists(st.lists(st.tuples(words, st.integers(50, 300), st.sampled_from([9.0, 12.0])), max_size=8), max_size=5))
def test_pages_begin_where_their_words_do(drawn: list[list[tuple[str, int, float]]]) -> None:
    pages = [
        [
            PrintedLine(" ".join(text.split()), float(x), 700.0 - 12 * at, size)
            for at, (text, x, size) in enumerate(lines)
            if text.split()
        ]
        for lines in drawn
    ]
    raw = lay_out_pages(pages)
    text, starts = raw.text, raw.pages
    assert len(starts) == len(pages)
    assert list(starts) == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)
    assert "\n\n\n" not in text
