"""Runs an app in the terminal and leaves the terminal as it was, whatever ends the app."""

from __future__ import annotations

import os
import signal
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from alliance_tui.errors import TerminalError
from alliance_tui.terminal.driver import LEAVE, TerminalDriver, terminal_descriptor
from alliance_tui.terminal.frame_diff import FrameDiffApp

_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
_DRIVERS_OWN = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)
# How long an app that is told to end may take for it before it is cut off.
_GRACE_SECONDS = 2.0


def run(app: FrameDiffApp[Any]) -> object:
    """Run the app until it ends, and return its result.

    Keys come from the controlling terminal where standard input is a pipe. SIGTERM, SIGHUP, SIGINT, SIGQUIT and a
    terminal that goes away end the app in good order; then SystemExit is raised, with 128 and the signal's number.
    Raises TerminalError where there is no terminal, and the app's own error where it failed. An app that draws
    elsewhere, such as in a browser, is merely run.
    """
    if not issubclass(app.driver_class, TerminalDriver):
        return _outcome(app, app.run())
    _take_keys_from_terminal()
    terminal = _Terminal(app)
    with _signals(terminal.end):
        try:
            result = app.run(mouse=app.capabilities.mouse)
        finally:
            for number in _ENDING:
                signal.signal(number, signal.SIG_IGN)
            terminal.restore()
    if terminal.ended_by:
        raise SystemExit(128 + terminal.ended_by)
    return _outcome(app, result)


def _outcome(app: FrameDiffApp[Any], result: object) -> object:
    if app._exception:
        raise app._exception
    return result


class _Terminal:
    """The state of the terminal before the app, and how it is brought back."""

    def __init__(self, app: FrameDiffApp[Any]) -> None:
        self._app = app
        self._descriptor = terminal_descriptor()
        self._attributes = termios.tcgetattr(0)
        self.ended_by = 0
        """The signal that ended the app."""

    def restore(self) -> None:
        """Bring back what the app's driver has not brought back itself."""
        driver = self._app._driver
        if isinstance(driver, TerminalDriver) and driver.in_use:
            with suppress(OSError):
                os.set_blocking(self._descriptor, False)
                os.write(self._descriptor, LEAVE.encode())
                os.set_blocking(self._descriptor, True)
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, self._attributes)

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Tell the app to end; if it cannot, it is cut off after a while, or at the second signal."""
        if self.ended_by:
            self._cut_off()
        self.ended_by = number
        watchdog = threading.Timer(_GRACE_SECONDS, self._cut_off)
        watchdog.daemon = True
        watchdog.start()
        if self._app._loop is None:
            raise SystemExit(128 + number)
        self._app._loop.call_soon_threadsafe(self._app.exit)

    def _cut_off(self) -> None:
        self.restore()
        os._exit(128 + self.ended_by)


@contextmanager
def _signals(handler: Any) -> Iterator[None]:
    """Ending signals go to the handler; at the end each signal, the driver's too, does what it did before."""
    before = {number: signal.getsignal(number) for number in (*_ENDING, *_DRIVERS_OWN)}
    for number in _ENDING:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous if previous is not None else signal.SIG_DFL)


def _take_keys_from_terminal() -> None:
    """Make the controlling terminal the standard input where that is something else, such as a pipe.

    At least one of the standard streams must be a terminal: a script that redirects all three asks for no screen.
    """
    if not os.isatty(0):
        try:
            terminal = os.open("/dev/tty", os.O_RDWR) if os.isatty(1) or os.isatty(2) else None
        except OSError:
            terminal = None
        if terminal is None:
            raise TerminalError("the explorer needs a terminal: use --plain PATH or extract PATH to print")
        if terminal:  # 0 itself, where that was closed
            os.dup2(terminal, 0)
            os.close(terminal)
    if sys.__stdin__ is None:
        # Whoever started the program closed it, and Textual asks this object for its descriptor.
        sys.stdin = sys.__stdin__ = os.fdopen(0)  # type: ignore[misc]
