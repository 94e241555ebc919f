"""Pastes into the query line and keys held down in it do no harm and leave no queue."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import BACKSPACE, DOWN, ENTER, ESCAPE, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]

LEAVING = b"\x03\x11\x1a\x1c"
"""Keys that end or stop the program in every context."""
BEGINS_FRAME = b"\x1b[?2026h"
REPEATED = 45
RATE = 30
"""How many times in all, and how many a second, a key that is held down is repeated."""


def bytes_of_any_kind(seed: int) -> bytes:
    return random.Random(seed).randbytes(10_000)


@pytest.fixture
def query_session(known_home: Home) -> Iterator[Terminal]:
    """The explorer with the article known and the query line open."""
    with known_home.explorer() as terminal:
        terminal.wait_for("Prime Minister")
        wait_for_analysis(terminal)
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


def test_any_bytes_that_are_pasted_in_brackets_or_come_as_keys(query_session: Terminal) -> None:
    for seed in range(3):
        query_session.send(b"\x1b[200~" + bytes_of_any_kind(seed).replace(b"\x1b", b"") + b"\x1b[201~")
        assert_still_searches(query_session)
        query_session.press("/")
        query_session.send(bytes_of_any_kind(seed).translate(None, LEAVING + b"\r\n"))
        assert_still_searches(query_session)
        query_session.press("/")


def frames_after(terminal: Terminal, data: bytes | str) -> int:
    """How many frames the program draws from the moment that the last of the data is taken until it is quiet."""
    terminal.send(data)
    return terminal.settle(1.0).count(BEGINS_FRAME)


def assert_leaves_no_queue(terminal: Terminal, key: str) -> None:
    """A key held down is answered while it is held; what is left to draw after it is no more than a key or two."""
    before = len(terminal.raw)
    for _ in range(REPEATED):
        terminal.send(key)
        terminal.read(1 / RATE)
    assert BEGINS_FRAME in terminal.raw[before:]
    assert frames_after(terminal, key) <= 4


def test_a_held_key_leaves_nothing_to_wait_for(query_session: Terminal) -> None:
    query_session.press("japa")
    assert frames_after(query_session, "n") == 1
    for key in ("x", BACKSPACE):
        assert_leaves_no_queue(query_session, key)
    query_session.press(ESCAPE)
    assert_leaves_no_queue(query_session, DOWN)


def test_a_pasted_flood_is_answered_once_and_not_by_the_letter(query_session: Terminal) -> None:
    text = b"japan and the united states " * 400
    assert 1 <= frames_after(query_session, b"\x1b[200~" + text + b"\x1b[201~") <= 10
    query_session.press("\x15")
    assert 1 <= frames_after(query_session, text[:10_000]) <= 100
