"""How many bytes each action costs in the library, and that its frames are whole."""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import pytest

from tests.support.differential_frames import seen
from tests.support.isolated_home import Home
from tests.support.pseudoterminal import BACKSPACE, ESCAPE, PAGE_DOWN, TAB, Terminal
from tests.support.sample_library import fill_with_accords

pytestmark = pytest.mark.pty
QUERIES = ("cables", "drones", "lisbon")
REDRAW = "\x0c"
END_OF_FRAME = b"\x1b[?2026l"


def test_keys_in_the_list_of_agreements_cost_little_and_leave_a_whole_screen(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.explorer("--library", str(fill_with_accords(tmp_path))) as terminal:
        terminal.wait_for("10 documents")
        terminal.settle(0.6)
        terminal.press(TAB)  # while the rows are read, the list may be shown without them
        terminal.wait_for("50 agreements")
        terminal.settle()
        assert 0 < max(len(terminal.press("j")) for _ in range(4)) <= 1_000
        assert 0 < max(len(terminal.press(PAGE_DOWN)) for _ in range(2)) <= 2_500
        terminal.press("/")
        sizes = []
        for query in QUERIES:
            sizes += [len(terminal.press(key)) for key in query]
            terminal.press(BACKSPACE * len(query))
        terminal.press(ESCAPE)
        assert median(sizes) <= 400
        assert quantiles(sizes, n=20)[-1] <= 2_048
        terminal.press("z", "s", "s", "j")
        assert_whole(terminal)


class TabBudget(NamedTuple):
    """The most bytes of a frame after Tab, and of all: the list, then what is previewed beside or below it."""

    frame: int
    whole: int


TAB_BUDGETS = {
    (80, 24): TabBudget(1_536, 1_536),
    (120, 40): TabBudget(2_560, 4_096),
    (200, 60): TabBudget(4_096, 6_144),
}
"""The budgets by columns and rows."""


@pytest.mark.parametrize("size", TAB_BUDGETS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_tab_sends_the_other_list_and_after_a_rest_its_preview(tmp_path: Path, size: tuple[int, int]) -> None:
    home, budget = Home(tmp_path), TAB_BUDGETS[size]
    columns, lines = size
    with home.explorer("--library", str(fill_with_accords(tmp_path)), columns=columns, lines=lines) as terminal:
        terminal.wait_for("10 documents")
        terminal.settle(0.6)
        for heading in ("50 agreements", "Title", "50 agreements", "Title"):
            before = len(terminal.raw)
            terminal.press(TAB)
            terminal.wait_for(heading)
            terminal.settle(0.6)
            frames = bytes(terminal.raw[before:]).split(END_OF_FRAME)
            assert 0 < max(map(len, frames)) <= budget.frame
            assert sum(map(len, frames)) <= budget.whole
        assert_whole(terminal)


def assert_whole(terminal: Terminal) -> None:
    """Compare the screen with one that is drawn anew."""
    shown = seen(terminal.screen)
    terminal.press(REDRAW)
    assert seen(terminal.screen) == shown
