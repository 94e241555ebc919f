"""Keys that arrive together, as over a slow line or typed ahead, do what they do one by one."""

from __future__ import annotations

import pytest

from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import ENTER, ESCAPE, PAGE_DOWN, TAB, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]


def screen_without_text(terminal: Terminal) -> list[str]:
    """The screen without the text pane: how far that is scrolled depends on the matches that were met on the way."""
    lists = next((number for number, line in enumerate(terminal.lines) if "Agreements" in line), 0)
    return [terminal.lines[0], *terminal.lines[lists:]]


BURSTS = [
    ["/", *"dicsa"],
    ["/", *"dicsa", ENTER],
    ["/", *"japan", ENTER, "n", "n", TAB, "j", ENTER],
    ["?", *"citat"],
    [":", *"theme", ENTER, *"nord", ENTER],
    [TAB, "j", ENTER, "d"],
    [TAB, TAB, "j", TAB, TAB, "j", ENTER],
    [TAB, TAB, TAB, PAGE_DOWN],
    ["/", *"space", ENTER, "f", "/", *"x"],
]


def test_keys_sent_at_once_end_where_keys_sent_one_by_one_do(known_home: Home) -> None:
    with known_home.explorer() as slow, known_home.explorer() as fast:
        for terminal in (slow, fast):
            terminal.wait_for("Prime Minister")
            wait_for_analysis(terminal)
        for keys in BURSTS:
            slow.press(*keys)
            fast.send("".join(keys))
            fast.wait_until(lambda: screen_without_text(fast) == screen_without_text(slow), fault=f"{keys}: not so on")
            for terminal in (slow, fast):  # to the top of the text, with nothing open
                terminal.press(ESCAPE, ESCAPE, ESCAPE, "1", "g")


def test_what_is_typed_before_the_terminal_is_taken_over_is_not_lost(known_home: Home) -> None:
    with known_home.explorer() as terminal:  # the terminal gives Enter as a line feed until then
        terminal.send(f"/dicsa{ENTER}")
        terminal.wait_for("1/1")
        terminal.press(ESCAPE)
        assert "(DICAS)" in terminal.text
