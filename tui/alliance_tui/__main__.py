"""The entry point of `python -m alliance_tui` and `alliance-tui`."""

import signal
import sys


def main() -> int:
    """Run the program with the arguments of the process and return its exit status."""
    handles_interrupts = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if handles_interrupts:  # nothing needs undoing while modules load: an interrupt may end the process at once
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from alliance_tui.cli import main as run
    from alliance_tui.cli.main import INTERRUPTED

    try:
        if handles_interrupts:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return run()
    except KeyboardInterrupt:  # while the arguments were parsed
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
