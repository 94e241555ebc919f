"""The explorer with a clock on every step of its UI thread; used by responsiveness.py and library_search.py.

    python watched.py FILE [PATH...]

At the end FILE holds, as JSON, the beginning (on the machine's clock) and the milliseconds of each step over 4 ms, less
those for which the thread was ready and other programs had the processor. Waiting for another thread of the explorer
counts: a reader would feel it on a quiet machine too.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from alliance_tui.cli import main

LEAST = 4.0
steps: list[tuple[float, float, str]] = []


def watch() -> None:
    """Time each callback of asyncio's loop: all that the UI thread does is done in one."""
    run = asyncio.Handle._run
    ours = os.open("/proc/thread-self/schedstat", os.O_RDONLY)

    def kept_waiting() -> int:
        return int(os.pread(ours, 100, 0).split()[1])  # nanoseconds on the run queue

    def timed(handle: asyncio.Handle) -> None:
        waited, before = kept_waiting(), time.perf_counter()
        run(handle)
        taken = 1000 * (time.perf_counter() - before)
        if taken >= LEAST:
            taken -= (kept_waiting() - waited) / 1e6
        if taken >= LEAST:
            steps.append((before, taken, repr(handle._callback)[:160]))  # type: ignore[attr-defined]

    asyncio.Handle._run = timed  # type: ignore[assignment, method-assign]


if __name__ == "__main__":
    watch()
    try:
        status = main(sys.argv[2:])
    finally:
        Path(sys.argv[1]).write_text(json.dumps(steps))
    sys.exit(status)
