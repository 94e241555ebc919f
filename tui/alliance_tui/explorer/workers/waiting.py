"""Waiting for workers, each of which ends the one before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual.worker import Worker, WorkerError


async def wait_for_latest(latest: Callable[[], Worker[None] | None]) -> None:
    """Wait until the worker that `latest` returns is finished, also where it is another meanwhile."""
    while (worker := latest()) and not worker.is_finished:
        with suppress(WorkerError):  # another ended it
            await worker.wait()
