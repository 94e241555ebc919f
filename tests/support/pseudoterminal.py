"""A program in a real pseudo-terminal, its screen emulated by pyte, for tests.

    with Terminal([sys.executable, "-m", "alliance_tui"]) as terminal:
        terminal.wait_for("text")       until the text is on the screen
        terminal.press("/dicsa")        the bytes that were sent until the terminal was quiet
        terminal.lines                  the screen
        terminal.raw                    every byte sent: pyte knows no alternate screen, so a restore is judged by these

Each key is sent by itself, as a reader types it. The queries that Textual makes are answered as xterm does.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyte

QUIET = 0.15
"""Seconds without output after which the program counts as done with drawing, if it is not at work either."""
ESCAPE_QUIET = 0.3
"""The same after an escape: what follows it at once is taken for one sequence with it."""
PATIENCE = 30.0
"""Seconds to wait for anything on a loaded machine."""

ENTER, ESCAPE, TAB, BACKSPACE = "\r", "\x1b", "\t", "\x7f"
PAGE_DOWN, DOWN, UP = "\x1b[6~", "\x1b[B", "\x1b[A"

_ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",
    b"\x1b[c": b"\x1b[?62;22c",  # device attributes: lnav waits for them
}
# Sequences that pyte would print as text: private CSI with an intermediate, mode queries, strings (DCS, OSC, APC).
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p|\x1b[P_^].*?\x1b\\", re.DOTALL)
_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
_PEN = re.compile(rb"\x1b\[([0-9;]*)m")
# The mouse, focus reports, the alternate screen, bracketed paste, synchronised output, in-band resize.
_OFF_AFTERWARDS = (1000, 1002, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048)
# Line wrap and the cursor.
_ON_AFTERWARDS = (7, 25)


class Screen(pyte.Screen):
    """pyte's screen, which neither reports its attributes nor fails on reports that xterm accepts."""

    def report_device_attributes(self, *_: object, **__: object) -> None:
        pass

    def report_device_status(self, *_: object, **__: object) -> None:
        pass


class Terminal:
    """A program running in a pseudo-terminal.

    `environ` overrides the variables of this process; None removes one. `before` runs in the child before the program
    does. With `emulated` false there is no screen: what is timed then waits for no emulator.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environ: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        before: Callable[[], object] | None = None,
        emulated: bool = True,
    ) -> None:
        self.command = list(command)
        self.columns, self.height = columns, lines
        self.environ: dict[str, str | None] = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.environ |= dict.fromkeys(("COLUMNS", "LINES"))  # set by readline in the process that starts the workers
        self.environ |= environ or {}
        self.cwd = cwd
        self.before = before
        self.screen = Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.emulated = emulated
        self.raw = bytearray()
        self.status: int | None = None

    def __enter__(self) -> Terminal:
        self.started = self.read_at = time.perf_counter()
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            self._become_program()
        self._set_size()
        os.set_blocking(self.descriptor, False)
        return self

    def __exit__(self, *_: object) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.running:
                os.kill(self.process, number)
                self.wait_for_end(3)
        self.close()

    def _become_program(self) -> None:
        for number in (signal.SIGINT, signal.SIGHUP):  # what runs the tests in the background may ignore them
            signal.signal(number, signal.SIG_DFL)
        if self.cwd:
            os.chdir(self.cwd)
        for name, value in self.environ.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        if self.before:
            self.before()
        # os.environ, not the C library's: there readline, which pytest loads, sets COLUMNS.
        os.execvpe(self.command[0], self.command, os.environ)

    def _set_size(self) -> None:
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", self.height, self.columns, 0, 0))

    @property
    def running(self) -> bool:
        """Whether the program has not ended; its exit status, negative for a signal, is then in `status`."""
        if self.status is None:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is None

    @property
    def lines(self) -> list[str]:
        """The lines of the screen."""
        return list(self.screen.display)

    @property
    def text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.screen.display)

    @property
    def left_behind(self) -> list[str]:
        """The changes to the terminal that the output has not undone; none may remain when a program has ended."""
        state = {int(m[1]): m[2] for m in _MODE.finditer(self.raw)}
        changed = [f"mode {mode} on" for mode in _OFF_AFTERWARDS if state.get(mode, b"l") == b"h"]
        changed += [f"mode {mode} off" for mode in _ON_AFTERWARDS if state.get(mode, b"h") == b"l"]
        if self.raw.count(b"\x1b[>25u") > self.raw.count(b"\x1b[<u"):
            changed.append("kitty keys")
        pens = _PEN.findall(self.raw)
        if pens and pens[-1] not in (b"", b"0"):
            changed.append("a pen")
        return changed

    @property
    def attributes(self) -> list[Any]:
        """The terminal's line settings, as `termios.tcgetattr` gives them."""
        return termios.tcgetattr(self.descriptor)

    def close(self) -> None:
        """Disconnect the terminal."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def send(self, data: str | bytes) -> None:
        """Send bytes as if they were typed."""
        left = data.encode() if isinstance(data, str) else data
        while left:
            try:
                left = left[os.write(self.descriptor, left[:1024]) :]
            except BlockingIOError:
                self.read(0.01)

    def read(self, timeout: float) -> bytes | None:
        """Return the program's next output: None where none came in time, b"" where it has ended."""
        if not select.select([self.descriptor], [], [], timeout)[0]:
            return None
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError:
            return b""
        self.read_at = time.perf_counter()
        self.raw += data
        for query, answer in _ANSWERS.items():
            if query in data:
                self.send(answer)
        if self.emulated:
            self.stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
        return data

    def read_for(self, seconds: float) -> None:
        """Take the program's output for so many seconds, whatever comes."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self.read(left) != b"":
            pass

    def settle(self, quiet: float = QUIET) -> bytes:
        """Return the program's output until it has sent nothing for `quiet` seconds and waits for keys."""
        received = bytearray()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and ((data := self.read(quiet)) or (data is None and self._is_at_work())):
            received += data or b""
        return bytes(received)

    def _is_at_work(self) -> bool:
        """Whether a thread of the program runs, or waits for a processor or a disk."""
        try:
            states = [
                path.read_text().rpartition(") ")[2][:1] for path in Path(f"/proc/{self.process}/task").glob("*/stat")
            ]
        except OSError:  # a thread, or the program, has ended meanwhile
            return self.running
        return not {"R", "D"}.isdisjoint(states)

    def press(self, *keys: str, quiet: float = QUIET) -> bytes:
        """Press keys one by one and return the program's output. A longer string that is no key is typed."""
        received = bytearray()
        for key in keys:
            for stroke in [key] if key.startswith("\x1b") else key:
                self.send(stroke)
                received += self.settle(max(quiet, ESCAPE_QUIET) if stroke == ESCAPE else quiet)
        return bytes(received)

    def leave(self) -> int | None:
        """Quit with the key q; return the exit status."""
        self.settle(2 * QUIET)
        self.send("q")
        return self.wait_for_end()

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the terminal, and let the program know."""
        self.columns, self.height = columns, lines
        self.screen.resize(lines, columns)
        self._set_size()

    def wait_for(self, text: str, timeout: float = PATIENCE) -> float:
        """Wait until the text is on the screen; return the seconds since the start. Fails after `timeout`."""
        return self.wait_until(lambda: text in self.text, timeout, f"no “{text}” on")

    def wait_until(self, condition: Callable[[], bool], timeout: float = PATIENCE, fault: str = "not so on") -> float:
        """Wait until the condition holds; return the seconds since the start. Fails after `timeout` seconds."""
        end = time.monotonic() + timeout
        while not condition():
            ended = self.read(0.05) == b""
            assert condition() or not (ended or time.monotonic() > end), f"{fault}\n{self.text}"
        return self.read_at - self.started

    def wait_for_end(self, timeout: float = PATIENCE) -> int | None:
        """Wait until the program ends; return its exit status, negative for a signal, None where it does not end."""
        end = time.monotonic() + timeout
        while self.running and time.monotonic() < end:
            if self.descriptor < 0 or not self.read(0.02):
                time.sleep(0.01)
        while self.descriptor >= 0 and self.read(0.05):
            pass
        return self.status
