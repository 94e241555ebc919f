"""Keys that arrive together, as over a slow line or typed ahead, do what they do one by one."""

from __future__ import annotations

import pytest
from pseudoterminal import ENTER, ESCAPE, TAB

from conftest import Home, analysed

pytestmark = [pytest.mark.pty, pytest.mark.model]


@pytest.mark.parametrize(
    "keys",
    [
        ["/", *"dicsa"],
        ["/", *"dicsa", ENTER],
        ["/", *"japan", ENTER, "n", "n", TAB, "j", ENTER],
        ["?", *"citat"],
        [TAB, "j", ENTER, "d"],
        ["/", *"space", ENTER, "f", "/", *"x"],
    ],
    ids=lambda keys: "".join(keys).encode("unicode_escape").decode(),
)
def test_keys_sent_at_once_end_where_keys_sent_one_by_one_do(known_home: Home, keys: list[str]) -> None:
    with known_home.explorer() as slow, known_home.explorer() as fast:
        for terminal in (slow, fast):
            terminal.wait_for("Prime Minister")
            analysed(terminal)
        slow.press(*keys)
        fast.send("".join(keys))
        fast.settle(0.6)
        assert fast.lines == slow.lines


def test_what_is_typed_before_the_terminal_is_taken_over_is_not_lost(known_home: Home) -> None:
    with known_home.explorer() as terminal:  # the terminal gives Enter as a line feed until then
        terminal.send(f"/dicsa{ENTER}")
        terminal.wait_for("1/1")
        terminal.press(ESCAPE)
        assert "(DICAS)" in terminal.text
