"""The protocol of backends."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Protocol


class Backend(Protocol):
    """A source of executors of concurrent.futures, with the meaning of their errors."""

    @property
    def ahead(self) -> int:
        """The number of documents to submit before one is waited for."""
        ...

    @property
    def crash_errors(self) -> tuple[type[BaseException], ...]:
        """The errors of a task that may have crashed its worker."""
        ...

    @property
    def lost_errors(self) -> tuple[type[BaseException], ...]:
        """The errors of a task whose executor is gone."""
        ...

    def start(self) -> Executor:
        """Return a new executor, at the start or when the last one is gone. Raises ClusterError."""
        ...

    def stop(self, executor: Executor, *, at_once: bool = False) -> None:
        """End an executor; with `at_once`, nobody waits for what is under way."""
        ...

    def notice_waiting(self) -> None:
        """Say what is missing, if anything is; called about once a second while a document is waited for."""
        ...

    def count_workers(self) -> int | None:
        """Return the number of workers at present; None where it is not known."""
        ...
