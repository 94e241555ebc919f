"""The cells of a text."""

from __future__ import annotations

import pytest

from alliance_tui.terminal.cells import MAX_MARKS, split_cells

ACUTE = "\u0301"


@pytest.mark.parametrize("base", ["e", "國"])
def test_a_flood_of_combining_marks_is_cut(base: str) -> None:
    first, *others = split_cells(base + ACUTE * 100_000 + "x", False)
    assert first == base + ACUTE * MAX_MARKS
    assert others[-1] == "x"


def test_the_marks_that_a_script_writes_are_kept() -> None:
    assert split_cells("ẹ́̄n", False) == ("ẹ́̄", "n")
