"""Sessions in a real terminal: random keys and resizes, ended by a key, a signal or a hangup."""

from __future__ import annotations

import os
import random
import signal
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.command_line import CommandHome
from tests.faults.libraries import make_library
from tests.faults.surface import Surface
from tests.support.hostile_text import faults
from tests.support.isolated_home import EXPLORER
from tests.support.pseudoterminal import BACKSPACE, DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, UP, Terminal

_KEYS = (*"/?:jklhnNsdftxzoLeuyYcmGgSr 123abw|!'", BACKSPACE, DOWN, ENTER, ESCAPE, PAGE_DOWN, TAB, UP)
_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
_SANE = termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
_ERASED = b"\b \b"
"""What the terminal itself echoes of a backspace that was typed when the program had ended."""
END = 15.0
"""Seconds in which a session must end."""


def run_session(chance: random.Random, folder: Path) -> Iterator[str]:
    """Start the explorer on a library, press keys, resize, and end it at a random moment."""
    (folder / "samples").mkdir()
    library = make_library(folder / "samples", chance.choice((0, 30)))
    home = CommandHome(folder)
    how = chance.choice(list(_ENDINGS))
    command, columns = [*EXPLORER, "--library", str(library)], chance.choice((40, 80, 120))
    with Terminal(command, columns=columns, environ=home.environ, cwd=folder / "samples") as terminal:
        if chance.random() < 0.8:
            terminal.wait_until(lambda: "Norland" in terminal.text, 60)
        for _ in range(chance.randint(0, 40)):
            _disturb(terminal, chance)
        if not terminal.running:
            yield f"it ended by itself with status {terminal.status}: {bytes(terminal.raw[-500:])!r}"
            return
        _ENDINGS[how](terminal)
        if terminal.wait_for_end(END) is None:
            yield f"{how}: it did not end within {END:g} s"
        elif how != "killed":
            yield from (f"{how}: {fault}" for fault in _terminal_faults(terminal))
    yield from (f"{how}: {fault}" for fault in home.leftovers())


def _disturb(terminal: Terminal, chance: random.Random) -> None:
    if chance.random() < 0.15:
        terminal.resize(chance.choice((1, 20, 40, 80, 200)), chance.choice((1, 5, 24, 60)))
    else:
        terminal.send(chance.choice(_KEYS))
    end = time.monotonic() + chance.choice((0.0, 0.02, 0.2))
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)


def _terminal_faults(terminal: Terminal) -> Iterator[str]:
    raw = bytes(terminal.raw).replace(_ERASED, b"")
    for fault in (b"Traceback", b"fault of its own"):
        if fault in raw:
            yield f"{fault.decode()!r} is shown: {raw[-1500:]!r}"
    yield from (f"{change} is left" for change in terminal.left_behind)
    yield from (f"{fault!r} was sent" for fault in faults(raw)[:5])
    if terminal.attributes[3] & _SANE != _SANE:
        yield "the terminal's settings are not restored"


def _send_signal(number: signal.Signals) -> Callable[[Terminal], None]:
    return lambda terminal: os.kill(terminal.process, number)


def _quit(terminal: Terminal) -> None:
    for key in (ESCAPE, ESCAPE, ESCAPE, ESCAPE):
        terminal.press(key)
    terminal.send("q")


_ENDINGS: dict[str, Callable[[Terminal], None]] = {
    "quit": _quit,
    "killed": _send_signal(signal.SIGKILL),
    **{number.name: _send_signal(number) for number in _SIGNALS},
}

TERMINAL = Surface("terminal sessions", run_session, "sessions", short_attempts=2)
