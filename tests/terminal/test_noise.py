"""Whatever bytes come in from the terminal, the explorer goes on, or ends as it does by its own keys."""

from __future__ import annotations

import random

import pytest

from tests.support.isolated_home import Home, wait_for_analysis
from tests.support.pseudoterminal import DOWN, ENTER, ESCAPE, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]

# Ctrl+C, Ctrl+Q and Ctrl+Z: they end or stop it, as they should.
ENDING = b"\x03\x11\x1a"


def wait_for_article(terminal: Terminal) -> None:
    terminal.wait_for("Prime Minister")
    wait_for_analysis(terminal)


def noise(seed: int, *, without: bytes) -> bytes:
    return random.Random(seed).randbytes(10_000).translate(None, ENDING + without)


def test_any_bytes_pasted_and_typed_into_the_query_line(known_home: Home) -> None:
    with known_home.explorer("--debug") as terminal:
        wait_for_article(terminal)
        for seed in range(2):
            terminal.press("/", "\x15")
            terminal.send(b"\x1b[200~" + noise(seed, without=b"") + b"\x1b[201~")
            terminal.settle(1.0)
            assert terminal.running, terminal.text
            assert "Traceback" not in terminal.text
            assert terminal.text.count("\n") == 23
            terminal.press(ESCAPE, ESCAPE, ESCAPE, ESCAPE)
        for seed in range(4):
            terminal.press("/", "\x15")
            terminal.send(noise(seed, without=b"\x1b\r\n"))
            terminal.settle(1.0)
            assert terminal.running, terminal.text
            assert "Traceback" not in terminal.text
            terminal.press(ESCAPE, ESCAPE)
        assert terminal.leave() == 0
        assert terminal.left_behind == []


def test_any_bytes_at_all(known_home: Home) -> None:
    with known_home.explorer("--debug") as terminal:
        wait_for_article(terminal)
        for seed in range(4):
            terminal.send(noise(seed, without=b"q"))
            terminal.settle(1.0)
            assert "Traceback" not in terminal.text
            assert terminal.running, terminal.text


def test_a_dialog_opened_and_closed_in_one_breath(known_home: Home) -> None:
    with known_home.explorer("--debug") as terminal:
        wait_for_article(terminal)
        for _ in range(20):
            terminal.send(f"?{ESCAPE}")
            terminal.read_for(0.25)  # an escape begins a sequence for a while
            terminal.send(f":theme{ENTER}{ESCAPE}")
            terminal.read_for(0.25)
        terminal.settle(0.6)
        assert "Esc close" not in terminal.text
        terminal.send(f":{DOWN}help{ENTER}")
        terminal.wait_for("Keys in the text")
        assert terminal.running, terminal.text
        assert "Traceback" not in terminal.text


def test_what_looks_like_a_report_of_the_size_changes_nothing(known_home: Home) -> None:
    with known_home.explorer() as terminal:
        wait_for_article(terminal)
        before = terminal.lines
        for report in ("\x1b[48;2;3;4;5t", "\x1b[48;99999999;99999999;1;1t", "\x1b[48;0;0;0;0t"):
            terminal.send(report)
            terminal.settle(0.4)
            assert terminal.lines == before
        terminal.send("\x1b[200~\x1b[48;5;5;5;5t\x1b[201~")
        terminal.settle(0.4)
        assert terminal.lines == before
        assert terminal.leave() == 0
