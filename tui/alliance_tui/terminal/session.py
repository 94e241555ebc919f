"""Run an app in the terminal and restore the terminal, whatever ends the app."""

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
from alliance_tui.terminal.driver import RESTORE_SEQUENCE, TerminalDriver, terminal_descriptor
from alliance_tui.terminal.terminal_app import TerminalApp

_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
_DRIVER_SIGNALS = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)
_GRACE_SECONDS = 2.0
"""How long an app may take to exit before the process is ended."""


def run(app: TerminalApp[Any]) -> object:
    """Run the app until it exits and return its result.

    Keys come from the controlling terminal where standard input is a pipe. SIGTERM, SIGHUP, SIGINT, SIGQUIT and a
    disconnect exit the app cleanly; after a signal, SystemExit is raised with 128 plus its number. Raises
    TerminalError without a terminal, and the app's own exception where it failed. An app with another driver, such as
    that of a browser, is just run.
    """
    if not issubclass(app.driver_class, TerminalDriver):
        return _result_or_raise(app, app.run())
    _attach_stdin_to_terminal()
    terminal = _TerminalState(app)
    with _handle_ending_signals(terminal.end):
        try:
            result = app.run(mouse=app.capabilities.mouse)
        finally:
            for number in _ENDING_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            terminal.restore()
    if terminal.ending_signal:
        raise SystemExit(128 + terminal.ending_signal)
    return _result_or_raise(app, result)


def _result_or_raise(app: TerminalApp[Any], result: object) -> object:
    if app._exception:
        raise app._exception
    return result


class _TerminalState:
    """The state of the terminal before the app started."""

    def __init__(self, app: TerminalApp[Any]) -> None:
        self._app = app
        self._descriptor = terminal_descriptor()
        self._attributes = termios.tcgetattr(0)
        self.ending_signal = 0
        """The number of the signal that ended the app; 0 for none."""

    def restore(self) -> None:
        """Restore what the app's driver has not restored itself."""
        driver = self._app._driver
        if isinstance(driver, TerminalDriver) and driver.owns_terminal:
            with suppress(OSError):
                os.set_blocking(self._descriptor, False)
                os.write(self._descriptor, RESTORE_SEQUENCE.encode())
                os.set_blocking(self._descriptor, True)
        with suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, self._attributes)

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal: exit the app, or the process after `_GRACE_SECONDS` or at a second signal."""
        if self.ending_signal:
            self._abort()
        self.ending_signal = number
        watchdog = threading.Timer(_GRACE_SECONDS, self._abort)
        watchdog.daemon = True
        watchdog.start()
        if self._app._loop is None:
            raise SystemExit(128 + number)
        self._app._loop.call_soon_threadsafe(self._app.exit)

    def _abort(self) -> None:
        self.restore()
        os._exit(128 + self.ending_signal)


@contextmanager
def _handle_ending_signals(handler: Any) -> Iterator[None]:
    """Install the handler for ending signals; at the end restore all handlers, those that the driver set included."""
    handlers = {number: signal.getsignal(number) for number in (*_ENDING_SIGNALS, *_DRIVER_SIGNALS)}
    for number in _ENDING_SIGNALS:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, previous in handlers.items():
            signal.signal(number, previous if previous is not None else signal.SIG_DFL)


def _attach_stdin_to_terminal() -> None:
    """Make the controlling terminal the standard input where that is something else, such as a pipe.

    Raises TerminalError unless one of the standard streams is a terminal: a script that redirects all wants no screen.
    """
    if not os.isatty(0):
        try:
            terminal = os.open("/dev/tty", os.O_RDWR) if os.isatty(1) or os.isatty(2) else None
        except OSError:
            terminal = None
        if terminal is None:
            raise TerminalError("the explorer needs a terminal: use --plain PATH or extract PATH to print")
        if terminal:  # it is 0 where standard input was closed
            os.dup2(terminal, 0)
            os.close(terminal)
    if sys.__stdin__ is None:
        # The parent process closed it, and Textual asks this object for its descriptor.
        sys.stdin = sys.__stdin__ = os.fdopen(0)  # type: ignore[misc]
