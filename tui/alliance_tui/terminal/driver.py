"""Textual's driver with the manners that it lacks.

It draws on the terminal even where standard output or standard error is redirected, asks a simple terminal for
nothing that it does not know, survives a terminal that goes away, and can say what has to be undone.
"""

from __future__ import annotations

import codecs
import os
import select
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, cast

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from alliance_tui.terminal.capabilities import detect
from alliance_tui.terminal.input_parser import KeyParser
from alliance_tui.terminal.key_dispatch import Keys

MOUSE_OFF = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
_MOUSE_IN_CELLS = "\x1b[?1016l"
MOUSE_ON = "\x1b[?1000h\x1b[?1003h\x1b[?1006h"
# Synchronised output, in-band resize, bracketed paste, focus reports, kitty keys; then line wrap, the plain pen,
# the main screen and the cursor.
LEAVE = f"\x1b[?2026l{MOUSE_OFF}\x1b[?2048l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[m\x1b[?1049l\x1b[?25h"
# How often, in seconds, to look whether an Escape begins a sequence or is the key; how many bytes to read at once.
_TICK = 0.1
_CHUNK = 4096
_EXTENDED = ("\x1b[>", "\x1b[<", "\x1b[?1004", "\x1b[?2004", "\x1b[?2048", "\x1b[?2026$", "\x1b]")


class TerminalOutput:
    """The terminal as a file to write text to, which takes every character and outlives the terminal."""

    def __init__(self, descriptor: int, on_gone: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_gone = on_gone
        self._waiting: list[str] = []
        self._gone = False

    def fileno(self) -> int:
        """The descriptor that is written to."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Keep the text until `flush`."""
        self._waiting.append(text)
        return len(text)

    def flush(self) -> None:
        """Write all that waits. Once the terminal is gone, what is written is lost and nothing is raised."""
        data = memoryview("".join(self._waiting).encode("utf-8", "replace"))
        self._waiting.clear()
        while data and not self._gone:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                select.select([], [self._descriptor], [])
            except OSError:
                self._gone = True
                self._on_gone()


class TerminalDriver(LinuxDriver):
    """The driver of `FrameDiffApp`. `in_use` is true from before the terminal is changed until it is as it was."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._extended = detect(os.environ).extended_keys
        self._output = TerminalOutput(terminal_descriptor(), self._hang_up)
        self._file = cast("TextIOWrapper", self._output)
        self._size = self._size or self._get_terminal_size()
        self._suspended = False
        self.in_use = False
        # Once the loop has a handler of its own it wakes for every signal, whichever thread the system hands it to.
        self._loop.add_signal_handler(signal.SIGCONT, self._go_on)
        threading.Thread(target=self._watch_terminal, name="terminal-watch", daemon=True).start()

    @property
    def mouse(self) -> bool:
        """Whether the mouse is reported."""
        return self._mouse

    def set_mouse(self, on: bool) -> None:
        """Ask for reports of the mouse, or for none."""
        self._mouse = on
        self.write(MOUSE_ON if on else MOUSE_OFF)

    def write(self, data: str) -> None:
        """Queue what is to be written; what a simple terminal might show instead of obeying is kept from it."""
        if self._extended or not data.startswith(_EXTENDED):
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self.in_use = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        # A terminal with one screen keeps what stands on it: the shell goes on below.
        self.write("\x1b[m\x1b[999H\n")
        super().stop_application_mode()
        if self._extended:
            self.write(_MOUSE_IN_CELLS)
        self.in_use = False

    def run_input_thread(self) -> None:
        """Read keys until told to stop, or until the terminal goes away. What is no UTF-8 counts as a key each."""
        messages = KeyParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        ahead = True
        try:
            while not self.exit_event.is_set():
                readable, _, _ = select.select([self.fileno], [], [], 0 if ahead else _TICK)
                typed = decode(os.read(self.fileno, _CHUNK)) if readable else ""
                if ahead:  # typed before the terminal was taken over: until then it gives Enter as a line feed
                    typed, ahead = typed.replace("\n", "\r"), False
                self._tell([*(messages.feed(typed) if typed else ()), *messages.tick()])
        except OSError:
            self._hang_up()

    def _tell(self, messages: Sequence[Message]) -> None:
        """Hand on what came in together; of several keys in a row, all at once."""
        keys: list[events.Key] = []
        for message in messages:
            if isinstance(message, events.Key):
                keys.append(message)
                continue
            self._tell_keys(keys)
            keys = []
            self.process_message(message)
        self._tell_keys(keys)

    def _tell_keys(self, keys: Sequence[events.Key]) -> None:
        if keys:
            self.process_message(Keys(keys) if len(keys) > 1 else keys[0])

    def process_message(self, message: Message) -> None:
        """Hand on what the terminal told. What size it is, the system knows: a paste may look like a report of it."""
        if isinstance(message, events.Resize) and message.size != (size := Size(*self._get_terminal_size())):
            message = events.Resize(size, size, size, message.pixel_size)
        super().process_message(message)

    # A signal may come while the main thread holds the lock of what is to be written: the loop does what writes.

    def _sigtstp_application(self, *_: object) -> None:
        if self._auto_restart and self.in_use and self._writer_thread:
            self._loop.call_soon_threadsafe(self._stop)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _stop(self) -> None:
        if self.in_use:
            self.suspend_application_mode()
            self._suspended = self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        if self.in_use:
            # Stopped unawares (SIGSTOP): who had the terminal meanwhile may have left it in any state.
            self.suspend_application_mode()
            self._suspended = True
        if self._suspended:
            self._suspended = False
            self.resume_application_mode()

    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            return os.get_terminal_size(self._output.fileno())
        except OSError:
            return shutil.get_terminal_size()

    def _watch_terminal(self) -> None:
        """Wait, at no cost, until the terminal goes away; then end the app."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        poll.poll()
        self._hang_up()

    def _hang_up(self) -> None:
        if self.in_use:
            with suppress(RuntimeError):  # the loop is closed: the app has ended already
                self._loop.call_soon_threadsafe(self._app.exit)


def terminal_descriptor() -> int:
    """The descriptor to draw on: standard error as Textual does, else standard output or input if it is the terminal.

    Standard output comes second, since it is data wherever it is redirected.
    """
    return next((d for d in (2, 0, 1) if os.isatty(d)), sys.__stderr__.fileno() if sys.__stderr__ else 2)
