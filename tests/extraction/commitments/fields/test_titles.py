"""Titles cut to a line; without spaCy's model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.extraction.commitments.fields.titles import shorten_title


def test_a_short_title_stays_whole() -> None:
    assert shorten_title("Open a joint school for divers") == "Open a joint school for divers"


def test_a_long_title_is_cut_before_a_joining_word_and_marked() -> None:
    line = "Send two frigates and one supply ship to the port of Mombasa for joint patrols with Kenyan cutters"
    assert shorten_title(line) == "Send two frigates and one supply ship to the port of Mombasa…"


@given(st.text(alphabet="ab ,–", max_size=200).map(lambda line: "Send " + " ".join(line.split())))
def test_a_title_fits_a_line_and_begins_as_the_text_does(line: str) -> None:
    cut = shorten_title(line)
    assert len(cut) <= 73
    assert line.startswith(cut.removesuffix("…"))
