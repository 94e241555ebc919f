"""Parts of lines keep to their width, and what is lit stays in sight."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from alliance_tui.explorer.rendering.strips import excerpt, parts_width, visible_window

PLAIN, MATCH = Style(), Style(reverse=True)
TEXTS = st.text(alphabet="ab é日𝔘 \u0301", max_size=60)


def shown(text: str, ranges: list[tuple[int, int]], width: int) -> str:
    """The text of an excerpt."""
    return "".join(part for part, _ in excerpt(text, ranges, width, PLAIN, MATCH, "⋯"))


def test_the_beginning_is_shown_as_long_as_the_match_is_in_it() -> None:
    assert shown("one two three four", [], 10) == "one two t⋯"
    assert shown("one two three four", [(4, 7)], 10) == "one two t⋯"
    assert shown("one two three four", [(4, 7)], 18) == "one two three four"


def test_a_match_further_on_is_shown_with_the_words_around_it() -> None:
    assert shown("one two three four five six", [(14, 18)], 12) == "⋯four five⋯"
    assert shown("one two three four five six", [(24, 27)], 12) == "⋯five six"


def test_a_match_too_long_for_the_room_is_shown_from_its_beginning() -> None:
    assert shown("one two three four", [(4, 18)], 8) == "⋯two th⋯"


@given(TEXTS, st.data(), st.integers(1, 30))
def test_an_excerpt_keeps_to_its_width_and_shows_the_first_range(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ranges = [(start, end)] if start < end else []
    parts = excerpt(text, ranges, width, PLAIN, MATCH, "⋯")
    assert parts_width(parts) <= width
    if ranges and parts_width([(text[start:end], PLAIN)]) <= width - 2:
        assert "".join(part for part, style in parts if style == MATCH) == text[start:end]
        first, last = visible_window(text, ranges, width)
        assert first <= start < end <= last
