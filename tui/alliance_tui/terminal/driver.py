"""Textual's Linux driver, hardened for redirected streams, simple terminals and lost connections.

It draws on the terminal even where standard output or standard error is redirected, sends a simple terminal no
sequence that it does not know, survives a terminal that disconnects, and knows whether it owes the terminal a reset.
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

from alliance_tui.terminal.capabilities import detect_capabilities
from alliance_tui.terminal.input_parser import InputParser, KeyBurst

MOUSE_OFF = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"
_MOUSE_IN_CELLS = "\x1b[?1016l"
MOUSE_ON = "\x1b[?1000h\x1b[?1003h\x1b[?1006h"
# Off: synchronised output, mouse, in-band resize, bracketed paste, focus reports, kitty keys. On: line wrap, the
# default pen, the main screen and the cursor.
RESTORE_SEQUENCE = f"\x1b[?2026l{MOUSE_OFF}\x1b[?2048l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[m\x1b[?1049l\x1b[?25h"
_POLL_SECONDS = 0.1
"""How often to decide whether an Escape begins a sequence or is the key."""
_READ_BYTES = 4096
_EXTENSION_PREFIXES = ("\x1b[>", "\x1b[<", "\x1b[?1004", "\x1b[?2004", "\x1b[?2048", "\x1b[?2026$", "\x1b]")


class TerminalOutput:
    """A text file that writes to the terminal, whatever the characters; a disconnect raises nothing."""

    def __init__(self, descriptor: int, on_disconnect: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_disconnect = on_disconnect
        self._buffer: list[str] = []
        self._disconnected = False

    def fileno(self) -> int:
        """Return the descriptor that is written to."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Buffer the text until `flush`."""
        self._buffer.append(text)
        return len(text)

    def flush(self) -> None:
        """Write the buffered text; drop it where the terminal has disconnected."""
        data = memoryview("".join(self._buffer).encode("utf-8", "replace"))
        self._buffer.clear()
        while data and not self._disconnected:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                select.select([], [self._descriptor], [])
            except OSError:
                self._disconnected = True
                self._on_disconnect()


class TerminalDriver(LinuxDriver):
    """The driver of `TerminalApp`. `owns_terminal` is true from before the terminal is changed until it is reset."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._supports_extensions = detect_capabilities(os.environ).extended_keys
        self._output = TerminalOutput(terminal_descriptor(), self._exit_app)
        self._file = cast("TextIOWrapper", self._output)
        self._size = self._size or self._get_terminal_size()
        self._suspended = False
        self.owns_terminal = False
        # A loop with a signal handler of its own wakes for every signal, whichever thread the system delivers it to.
        self._loop.add_signal_handler(signal.SIGCONT, self._continue_after_stop)
        threading.Thread(target=self._watch_terminal, name="terminal-watch", daemon=True).start()

    @property
    def mouse(self) -> bool:
        """Whether the mouse is reported."""
        return self._mouse

    def set_mouse(self, on: bool) -> None:
        """Switch mouse reports on or off."""
        self._mouse = on
        self.write(MOUSE_ON if on else MOUSE_OFF)

    def write(self, data: str) -> None:
        """Queue a sequence for writing; drop one that a simple terminal might print instead of obeying."""
        if self._supports_extensions or not data.startswith(_EXTENSION_PREFIXES):
            super().write(data)

    def start_application_mode(self) -> None:
        """Take over the terminal."""
        self.owns_terminal = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Restore the terminal."""
        # A terminal without an alternate screen keeps the last frame: the shell goes on below it.
        self.write("\x1b[m\x1b[999H\n")
        super().stop_application_mode()
        if self._supports_extensions:
            self.write(_MOUSE_IN_CELLS)
        self.owns_terminal = False

    def run_input_thread(self) -> None:
        """Read input until the exit event or a disconnect; each byte that is no UTF-8 counts as a key."""
        parser = InputParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        is_type_ahead = True
        try:
            while not self.exit_event.is_set():
                readable, _, _ = select.select([self.fileno], [], [], 0 if is_type_ahead else _POLL_SECONDS)
                text = decode(os.read(self.fileno, _READ_BYTES)) if readable else ""
                if is_type_ahead:  # until the terminal is taken over, it sends Enter as a line feed
                    text, is_type_ahead = text.replace("\n", "\r"), False
                self._process_messages([*(parser.feed(text) if text else ()), *parser.tick()])
        except OSError:
            self._exit_app()

    def _process_messages(self, messages: Sequence[Message]) -> None:
        """Forward the messages of one read; several keys in a row become one `KeyBurst`."""
        keys: list[events.Key] = []
        for message in messages:
            if isinstance(message, events.Key):
                keys.append(message)
                continue
            self._process_keys(keys)
            keys = []
            self.process_message(message)
        self._process_keys(keys)

    def _process_keys(self, keys: Sequence[events.Key]) -> None:
        if keys:
            self.process_message(KeyBurst(keys) if len(keys) > 1 else keys[0])

    def process_message(self, message: Message) -> None:
        """Forward a message; a resize takes its size from the system, since a paste may look like a size report."""
        if isinstance(message, events.Resize) and message.size != (size := Size(*self._get_terminal_size())):
            message = events.Resize(size, size, size, message.pixel_size)
        super().process_message(message)

    # A signal may arrive while the main thread holds the writer's lock: only the event loop writes.

    def _sigtstp_application(self, *_: object) -> None:
        if self._auto_restart and self.owns_terminal and self._writer_thread:
            self._loop.call_soon_threadsafe(self._suspend)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _suspend(self) -> None:
        if self.owns_terminal:
            self.suspend_application_mode()
            self._suspended = self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue_after_stop(self) -> None:
        if self.owns_terminal:
            # Stopped without notice (SIGSTOP): another program may have left the terminal in any state.
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
        """Block until the terminal disconnects, then exit the app."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        poll.poll()
        self._exit_app()

    def _exit_app(self) -> None:
        if self.owns_terminal:
            with suppress(RuntimeError):  # the loop is closed: the app has ended
                self._loop.call_soon_threadsafe(self._app.exit)


def terminal_descriptor() -> int:
    """Return the descriptor to draw on: the first terminal of standard error (as Textual), output and input."""
    return next((d for d in (2, 0, 1) if os.isatty(d)), sys.__stderr__.fileno() if sys.__stderr__ else 2)
