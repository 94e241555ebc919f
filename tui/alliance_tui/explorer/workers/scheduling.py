"""Threads that search, and the garbage collector, pause while the screen is painted.

Otherwise both threads share Python, and painting, for which the reader waits, takes twice as long.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_POLL_SECONDS = 0.0005  # between two checks whether the paint is over
_SWITCH_SECONDS = 0.0005  # until another thread may run; Python's own 5 ms would be felt


class RenderPriority:
    """Gives the painting of a screen priority over the threads that work for it."""

    def __init__(self) -> None:
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._drawing = False

    @contextmanager
    def painting(self) -> Iterator[None]:
        """Make threads wait while the screen is painted inside; garbage is collected in a later step."""
        was_enabled = gc.isenabled()
        gc.disable()
        self._drawing = True
        try:
            yield
        finally:
            self._drawing = False
            if was_enabled:
                asyncio.get_running_loop().call_soon(gc.enable)

    def wait_for_paint(self) -> None:
        """Wait until the screen is painted, if that is under way. Not for the thread that paints."""
        while self._drawing:
            time.sleep(_POLL_SECONDS)

    def cancellation_check(self, cancelled: Callable[[], bool]) -> Callable[[], bool]:
        """Return `cancelled` as a function that first waits for the paint, for the steps of a search to call."""

        def _check() -> bool:
            self.wait_for_paint()
            return cancelled()

        return _check
