"""How many bytes each action costs in the library at 80×24, and that its frames are whole."""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.support.differential_frames import seen
from tests.support.isolated_home import Home
from tests.support.pseudoterminal import BACKSPACE, ESCAPE, PAGE_DOWN, TAB, Terminal
from tests.support.sample_library import fill_with_accords

pytestmark = pytest.mark.pty
QUERIES = ("cables", "drones", "lisbon")
REDRAW = "\x0c"


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
        assert 0 < max(len(terminal.press(TAB)) for _ in range(2)) <= 1_536
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


def assert_whole(terminal: Terminal) -> None:
    """Compare the screen with one that is drawn anew."""
    shown = seen(terminal.screen)
    terminal.press(REDRAW)
    assert seen(terminal.screen) == shown
