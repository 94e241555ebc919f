"""The entry point: from arguments to an exit status; an error is one line on standard error."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import FrameType

from alliance_tui.cli import commands, console
from alliance_tui.cli.options.arguments import Arguments, parse
from alliance_tui.errors import AllianceError, UsageError

FAILED, MISUSED = 1, 2
INTERRUPTED, BROKEN_PIPE = 130, 141  # 128 and the number of SIGINT or SIGPIPE, as shells report them
_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_GRACE_SECONDS = 1.5
_HANDLE_SIGNALS_THEMSELVES = ("explore", "serve", "demo")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (default: the process's own).

    Returns 0 when all was done, 1 when some input could not be read or something else failed, 2 for wrong usage,
    130 after Ctrl+C, 141 when the reader of standard output is gone (128 + SIGPIPE). Raises SystemExit with 128 and the
    number of a signal that ended it, after what it had begun was undone.
    """
    console.prepare_streams()
    if "_ARGCOMPLETE" in os.environ:  # a shell asks for completions
        import_module("alliance_tui.cli.commands.assistance.completion").complete()
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
    except SystemExit as exit_:  # argparse has printed its help, its version or a usage error
        status = exit_.code if isinstance(exit_.code, int) else MISUSED
        return _status_of(lambda: status)
    return _status_of(lambda: _run(arguments), debug=arguments.debug)


def _run(arguments: Arguments) -> int:
    """Run the command, of which only the module is imported; return its exit status."""
    command: Callable[[Arguments], int] = import_module(
        f".{commands.MODULES[arguments.command]}", commands.__name__
    ).run
    if arguments.command in _HANDLE_SIGNALS_THEMSELVES:
        return command(arguments)
    with _exiting_at_signals():
        return command(arguments)


def _status_of(run: Callable[[], int], *, debug: bool = False) -> int:
    """Run and return the exit status, that of an error after printing it as one line; with `debug`, its traceback."""
    try:
        status = run()
        console.flush_output()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        console.discard_output()
        return BROKEN_PIPE
    except Exception as error:
        if debug:
            traceback.print_exc()
        return _print_error(error)


@contextmanager
def _exiting_at_signals() -> Iterator[None]:
    """Raise SystemExit at the signals that would end the process at once, so that nothing is left behind."""
    numbers = [number for number in _ENDING_SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    received, written = os.pipe()
    os.set_blocking(written, False)
    threading.Thread(target=_end_in_time, args=(received,), daemon=True).start()
    previous = signal.set_wakeup_fd(written, warn_on_full_buffer=False)
    for number in numbers:
        signal.signal(number, _exit)
    try:
        yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(previous)
        os.close(written)


def _end_in_time(received: int) -> None:
    """End the process some time after an ending signal: handlers run only once a call into C has returned."""
    with os.fdopen(received, "rb", buffering=0) as numbers:
        while number := numbers.read(1):
            if number[0] in (*_ENDING_SIGNALS, signal.SIGINT):
                time.sleep(_GRACE_SECONDS)
                os._exit(128 + number[0])


def _exit(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _print_error(error: Exception) -> int:
    """Print an error as one line; return the exit status."""
    if isinstance(error, AllianceError):
        console.print_message(str(error))
        return MISUSED if isinstance(error, UsageError) else FAILED
    console.print_message("stopped by a fault of its own: run it again with --debug and report what it prints")
    return FAILED
