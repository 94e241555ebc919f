"""The explorer with a clock on every step of its UI thread; used by responsiveness.py.

    python watched.py FILE [PATH...]

At the end FILE holds, as JSON, the beginning (on the machine's clock) and the milliseconds of each step over 4 ms.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from alliance_tui.cli import main

LEAST = 4.0
steps: list[tuple[float, float, str]] = []


def watch() -> None:
    """Time each callback of asyncio's loop: all that the UI thread does is done in one."""
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        before = time.perf_counter()
        run(handle)
        taken = 1000 * (time.perf_counter() - before)
        if taken >= LEAST:
            steps.append((before, taken, repr(handle._callback)[:160]))

    asyncio.Handle._run = timed  # type: ignore[method-assign]


if __name__ == "__main__":
    watch()
    try:
        status = main(sys.argv[2:])
    finally:
        Path(sys.argv[1]).write_text(json.dumps(steps))
    sys.exit(status)
