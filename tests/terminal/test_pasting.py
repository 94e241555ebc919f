"""What is pasted into the query line, or held down in it, does no harm and leaves nothing to wait for."""

from __future__ import annotations

import random
import time

import pytest
from pseudoterminal import BACKSPACE, DOWN, ENTER, ESCAPE, Terminal

from conftest import Home, analysed

pytestmark = [pytest.mark.pty, pytest.mark.model]

FRAME = 1 / 60
LEAVING = b"\x03\x11\x1a\x1c"
"""What ends the program or stops it, wherever it is typed."""
HELD_FOR = 1.5
RATE = 30
"""How many times a second a keyboard repeats a key that is held down."""


def bytes_of_any_kind(seed: int) -> bytes:
    return random.Random(seed).randbytes(10_000)


@pytest.fixture
def searching(known_home: Home) -> Terminal:
    """The explorer with the article known and the query line open."""
    with known_home.explorer() as terminal:
        terminal.wait_for("Prime Minister")
        analysed(terminal)
        terminal.press("/")
        yield terminal


def assert_still_searches(terminal: Terminal) -> None:
    """The query line can be left, and a query be asked as if nothing had been."""
    terminal.settle(1.0)
    assert terminal.running
    terminal.press(ESCAPE, ESCAPE, ESCAPE, ESCAPE)
    terminal.press("/", "\x15", *"dicsa", ENTER)
    terminal.wait_for("1/1")
    assert "(DICAS)" in terminal.text


@pytest.mark.parametrize("seed", range(3))
def test_any_bytes_pasted_in_brackets(searching: Terminal, seed: int) -> None:
    searching.send(b"\x1b[200~" + bytes_of_any_kind(seed).replace(b"\x1b", b"") + b"\x1b[201~")
    assert_still_searches(searching)


@pytest.mark.parametrize("seed", range(3))
def test_any_bytes_that_come_as_keys(searching: Terminal, seed: int) -> None:
    searching.send(bytes_of_any_kind(seed).translate(None, LEAVING + b"\r\n"))
    assert_still_searches(searching)


def answered_after(terminal: Terminal, data: bytes | str) -> float:
    """Seconds from the moment that the last of the data is taken to the last byte of the answer."""
    terminal.send(data)
    sent = time.perf_counter()
    terminal.settle(1.0)
    return max(0.0, terminal.read_at - sent)


def test_a_held_key_is_answered_as_fast_as_one_pressed_once(searching: Terminal) -> None:
    searching.press("japa")
    once = sorted(answered_after(searching, key) for _ in range(5) for key in ("n", BACKSPACE))[5]
    for key in ("x", BACKSPACE):
        for _ in range(int(HELD_FOR * RATE)):
            searching.send(key)
            searching.read(1 / RATE)
        assert answered_after(searching, key) <= 2 * once + 2 * FRAME
    searching.press(ESCAPE)
    for _ in range(int(HELD_FOR * RATE)):
        searching.send(DOWN)
        searching.read(1 / RATE)
    assert answered_after(searching, DOWN) <= 2 * once + 2 * FRAME


def test_a_pasted_flood_is_answered_at_once(searching: Terminal) -> None:
    text = b"japan and the united states " * 400
    lag = answered_after(searching, b"\x1b[200~" + text + b"\x1b[201~")
    assert lag <= 1.0
    searching.press("\x15")
    assert answered_after(searching, text[:10_000]) <= 1.5
