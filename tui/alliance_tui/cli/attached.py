"""The command line attached to the program that started it: it ends once that program has, however it ended.

    python -m alliance_tui.cli.attached ARGUMENTS

The program holds the other end of standard input and closes nothing: when it is gone, the system does.
"""

from __future__ import annotations

import os
import sys
import threading

from alliance_tui.cli.main import main


def _exit_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)  # what is half written is rolled back, as after a kill


if __name__ == "__main__":
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    sys.exit(main())
