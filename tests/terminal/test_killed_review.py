"""A review in a real terminal that is killed: what was confirmed on the screen is there at the next start."""

from __future__ import annotations

import os
import signal

import pytest

from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import ENTER, TAB

pytestmark = [pytest.mark.pty, pytest.mark.model]


def test_a_review_killed_in_the_middle_of_a_correction_keeps_what_was_confirmed(home: Home) -> None:
    with home.explorer(columns=100, lines=30) as terminal:
        terminal.wait_for("Prime Minister")
        wait_for_analysis(terminal)
        terminal.press(TAB)
        terminal.send("a")
        terminal.wait_for("Accepted:")
        terminal.send("+")
        terminal.wait_for("Strength:")
        terminal.send(";")
        terminal.wait_for("Note on")
        terminal.press("ask the ministry", ENTER)
        terminal.wait_for("Note: ask the ministry")
        terminal.send("e")
        terminal.wait_for("Correct:")
        terminal.press("title", ENTER)
        terminal.send("half a corr")
        os.kill(terminal.process, signal.SIGKILL)
        terminal.wait_for_end()
    with home.explorer(columns=100, lines=30) as terminal:
        terminal.wait_for("Prime Minister")
        wait_for_analysis(terminal)
        terminal.press(TAB)
        terminal.wait_for("accepted, corrected, ask the ministry")
        assert "half a corr" not in terminal.text
        assert terminal.leave() == 0
