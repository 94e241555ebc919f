"""Analyses that are submitted ahead of their use, a bounded number at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from alliance_tui.records import Analysis, Document

PendingAnalysis = Callable[[], Analysis]
"""Waits for an analysis and returns it, or raises the error of the extraction."""

SubmitDocument = Callable[[Document], PendingAnalysis]
"""Submits a document to an executor."""

_Task = TypeVar("_Task")


class ReadAheadQueue(Generic[_Task]):
    """A first-in, first-out queue of submitted tasks, which yields the oldest once more than `ahead` are waiting."""

    def __init__(self, ahead: int) -> None:
        self._ahead = ahead
        self._tasks: deque[_Task] = deque()

    def add(self, task: _Task) -> Iterator[_Task]:
        """Add a task; yield those that are due now."""
        self._tasks.append(task)
        while len(self._tasks) > self._ahead:
            yield self._tasks.popleft()

    def drain(self) -> Iterator[_Task]:
        """Yield all tasks that are left."""
        while self._tasks:
            yield self._tasks.popleft()
