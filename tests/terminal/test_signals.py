"""A signal at any moment leaves a sane terminal and no process.

ALLIANCE_SIGNALS=50 has each signal sent at 50 moments (default: 4), spread over start, extraction, search and idling.
"""

from __future__ import annotations

import os
import random
import re
import signal
import termios
import time
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.support.isolated_home import Home
from tests.support.pseudoterminal import BACKSPACE, ENTER, ESCAPE, PAGE_DOWN, Terminal

pytestmark = [pytest.mark.pty, pytest.mark.model]

MOMENTS = int(os.environ.get("ALLIANCE_SIGNALS", "4"))
PHASES = ("start", "extraction", "search", "idle")
CASES = [(number, phase) for number, phase in enumerate(islice(cycle(PHASES), MOMENTS))]

# Python's own start, before the program's first line, may show where it was interrupted.
TOLD_WHERE = re.compile(rb"Traceback.*alliance_tui/(?!__main__)", re.DOTALL)


def sane(terminal: Terminal) -> bool:
    """Return whether keys are echoed, lines are edited and Ctrl+C interrupts, as in a fresh terminal."""
    local = terminal.attributes[3]
    return all(local & flag for flag in (termios.ECHO, termios.ICANON, termios.ISIG, termios.IEXTEN))


def pass_time(terminal: Terminal, seconds: float) -> None:
    """Read what comes for so long."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.read(min(left, 0.02))


def reach(terminal: Terminal, phase: str, chance: random.Random) -> None:
    """Come to a moment of the phase."""
    if phase == "start":
        pass_time(terminal, chance.uniform(0.0, 1.2))
    elif phase == "extraction":
        terminal.wait_for("ooking")
        pass_time(terminal, chance.uniform(0.0, 2.5))
    elif phase == "search":
        terminal.wait_for("Agreements 1")
        for key in ("/", *chance.choices("japndicse '!", k=chance.randint(1, 12)), *chance.choices(KEYS, k=2)):
            terminal.send(key)
            pass_time(terminal, chance.uniform(0.0, 0.03))
    else:
        terminal.wait_for("Agreements 1")
        pass_time(terminal, chance.uniform(0.3, 1.0))


KEYS = (BACKSPACE, ENTER, ESCAPE, PAGE_DOWN)


@pytest.mark.parametrize(("number", "phase"), CASES)
@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT], ids=lambda sent: sent.name)
def test_a_signal_at_any_moment(
    known_home: Home, tmp_path: Path, sent: signal.Signals, number: int, phase: str
) -> None:
    chance = random.Random(1000 * sent + number)
    home = Home(tmp_path)
    if phase in ("search", "idle"):
        home.environ["XDG_DATA_HOME"] = known_home.environ["XDG_DATA_HOME"]
    with home.explorer() as terminal:
        reach(terminal, phase, chance)
        os.kill(terminal.process, sent)
        assert terminal.wait_for_end() is not None
        assert sane(terminal)
        assert terminal.left_behind == []
        assert not TOLD_WHERE.search(terminal.raw)
    end = time.monotonic() + 5
    while home.processes() and time.monotonic() < end:
        time.sleep(0.05)
    assert home.processes() == []
