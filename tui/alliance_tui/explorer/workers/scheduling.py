"""A thread that searches, and the garbage collector, stand still while the screen is drawn.

Else the two threads share Python, and drawing, for which the reader waits, takes twice as long.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_POLL_SECONDS = 0.0005  # seconds between two looks at whether the drawing is over
_SWITCH_SECONDS = (
    0.0005  # seconds for which a thread has Python before another may go on; Python's own 5 ms would be felt
)


class RenderPriority:
    """Says to the threads that work for a screen when it is being drawn."""

    def __init__(self) -> None:
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._drawing = False

    @contextmanager
    def painting(self) -> Iterator[None]:
        """The screen is drawn inside. What garbage there is then is collected in a step of its own."""
        collecting = gc.isenabled()
        gc.disable()
        self._drawing = True
        try:
            yield
        finally:
            self._drawing = False
            if collecting:
                asyncio.get_running_loop().call_soon(gc.enable)

    def wait_for_paint(self) -> None:
        """Wait until the screen is drawn, if that is under way. Not for the thread that draws."""
        while self._drawing:
            time.sleep(_POLL_SECONDS)

    def cancellation_check(self, given_up: Callable[[], bool]) -> Callable[[], bool]:
        """The same question for a search to ask between two steps: it is answered once the screen is drawn."""

        def _asked() -> bool:
            self.wait_for_paint()
            return given_up()

        return _asked
