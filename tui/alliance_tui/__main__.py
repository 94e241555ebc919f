"""`python -m alliance_tui` is `alliance-tui`."""

import signal
import sys


def main() -> int:
    """Run the program with the arguments of the process; the exit status."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:  # while the program is loaded there is nothing to undo: an interrupt ends it without a traceback
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from alliance_tui.cli import main as run
    from alliance_tui.cli.main import INTERRUPTED

    try:
        if heard:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return run()
    except KeyboardInterrupt:  # while the arguments were read
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
