"""The entry point: from arguments to an exit status; an error is one line on standard error."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module

from alliance_tui.cli import console, options
from alliance_tui.errors import AllianceError, UsageError

FAILED, MISUSED = 1, 2
INTERRUPTED, BROKEN_PIPE = 130, 141  # 128 and the number of SIGINT or SIGPIPE, as shells report them


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (default: the process's own).

    Returns 0 when all was done, 1 when some input could not be read or something else failed, 2 for wrong usage,
    130 after Ctrl+C, 141 when the reader of standard output is gone (128 + SIGPIPE).
    """
    console.replace_unencodable()
    try:
        arguments = options.parse(sys.argv[1:] if argv is None else argv)
    except SystemExit as exit_:  # argparse has printed its help, its version or a usage error
        return exit_.code if isinstance(exit_.code, int) else MISUSED
    try:
        command: Callable[[options.Arguments], int] = import_module(f"alliance_tui.cli.{arguments.command}").run
        status = command(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return BROKEN_PIPE
    except Exception as error:
        if arguments.debug:
            traceback.print_exc()
        return _print_error(error)


def _print_error(error: Exception) -> int:
    """Print an error as one line; return the exit status."""
    if isinstance(error, AllianceError):
        console.print_message(str(error))
        return MISUSED if isinstance(error, UsageError) else FAILED
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    console.print_message(
        f"stopped by a fault of its own ({reason}); run it again with --debug and report what it prints"
    )
    return FAILED


def _discard_output() -> None:
    """Redirect buffered output to nowhere, so that flushing it at exit does not raise."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)
