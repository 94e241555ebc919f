"""Limits of an analysis in time and memory: the rule, and what enforces it.

The analysis goes through a text in stages. Of a stage in steps, each 100,000 characters may take `processor_seconds`
(20) of processor time; of a stage at once, each 1,000,000 characters, and at least one such part. So a long text may
take long, but one on which the analysis makes no headway is given up; `reporting_steps` tells of it. The process may
take `memory` (1,024 MB), or half of that beyond what it has taken before; each 4,000,000 characters, and at least one
such part, may take as much.

Ordinary prose takes a tenth of the time in steps, a text that is all undertakings a third, and either a fifth of that
at once; it takes 330 MB for the first million characters and 105 MB for each further one (on one core of 2024, with the
default pipeline). So a slower machine still gets through both.

Signals enforce the limits, so they hold in a process's main thread only; `worker/child_process.py` gives other threads
one. Native code is interrupted once it returns, which it does after a batch of passages at the latest.
"""

from __future__ import annotations

import contextlib
import resource
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import TypeVar

from alliance_tui.documents.limits import Limits
from alliance_tui.errors import ExtractionError

T = TypeVar("T")

STEP_CHARACTERS = 100_000
WHOLE_CHARACTERS = 1_000_000
MEMORY_CHARACTERS = 4_000_000
_REPEAT_SECONDS = 1.0
"""Native code may swallow the exception of a signal; the next one comes after so long."""

_timer_seconds: float | None = None
"""The limit of the analysis in progress: a process has one timer of its processor time."""
_on_step: Callable[[int], None] | None = None
"""The function that the analysis in progress reports its steps to (see reporting_steps)."""


class ExtractionLimitError(ExtractionError):
    """An analysis over its limits."""


@contextlib.contextmanager
def limited(limits: Limits, characters: int) -> Iterator[None]:
    """Give up the analysis of a text of so many characters once it exceeds its limits.

    Raises ExtractionLimitError. Without effect outside the main thread.
    """
    global _timer_seconds
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise ExtractionLimitError(
            f"it takes over {limits.processor_seconds:g} seconds to analyse a part of it: "
            "split it, or raise --max-seconds"
        )

    megabytes = int(limits.memory * max(1, characters / MEMORY_CHARACTERS))
    handler = signal.signal(signal.SIGPROF, give_up)
    previous_seconds, _timer_seconds = _timer_seconds, limits.processor_seconds
    soft, hard = _limit_memory(megabytes * 1_000_000)
    try:
        try:
            begin_stage(characters)
            yield
        finally:  # on its own, so that a signal that interrupts it still finds the limits lifted
            signal.setitimer(signal.ITIMER_PROF, 0)
    except MemoryError as error:
        raise ExtractionLimitError(
            f"it takes over {megabytes:,} MB of memory to analyse: split it, or raise --max-memory"
        ) from error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        _timer_seconds = previous_seconds
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
        signal.signal(signal.SIGPROF, handler)


@contextlib.contextmanager
def reporting_steps(on_step: Callable[[int], None]) -> Iterator[None]:
    """Call a function with the offset that a stage in steps has reached, at each step but its first."""
    global _on_step
    previous, _on_step = _on_step, on_step
    try:
        yield
    finally:
        _on_step = previous


def begin_stage(characters: int) -> None:
    """Begin a stage that goes through so many characters at once."""
    _restart_timer(max(1, characters / WHOLE_CHARACTERS))


def in_steps(items: Iterable[T], offset_of: Callable[[T], int]) -> Iterator[T]:
    """Begin a stage that goes through these items in reading order, and yield them."""
    _restart_timer()
    step_start = None
    for item in items:
        offset = offset_of(item)
        if step_start is None:
            step_start = offset
        elif offset - step_start >= STEP_CHARACTERS:
            _restart_timer()
            step_start = offset
            if _on_step is not None:
                _on_step(offset)
        yield item


def _restart_timer(parts: float = 1) -> None:
    if _timer_seconds is not None:
        signal.setitimer(signal.ITIMER_PROF, _timer_seconds * parts, _REPEAT_SECONDS)


def _limit_memory(size: int) -> tuple[int, int]:
    """Limit the data of the process to so many bytes, where the system can; return the limits before."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    size = max(size, _data_size() + size // 2)
    bounds = [limit for limit in (size, soft, hard) if limit != resource.RLIM_INFINITY]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), hard))
    return soft, hard


def _data_size() -> int:
    """Return the bytes of data that the process has; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[5]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0
