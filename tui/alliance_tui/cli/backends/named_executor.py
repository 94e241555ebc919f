"""An executor by name as the backend of the extraction."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from importlib import import_module

from alliance_tui.errors import UsageError

_AHEAD_OF_UNKNOWN = 32
"""Documents submitted to an executor whose number of workers is not known."""


class NamedExecutor:
    """The executor of concurrent.futures that the function `module:factory` makes."""

    crash_errors = (BrokenExecutor,)
    lost_errors = (CancelledError,)
    ahead = _AHEAD_OF_UNKNOWN

    def __init__(self, name: str) -> None:
        module, _, factory = name.partition(":")
        try:
            self._factory: Callable[[], object] = getattr(import_module(module), factory)
        except (ImportError, AttributeError, ValueError) as error:
            raise UsageError(
                f"{name} names no function that can be imported: give --executor MODULE:FACTORY, MODULE on PYTHONPATH"
            ) from error
        self._name = name

    def start(self) -> Executor:
        """Return a new executor of the factory. Raises UsageError if it is none."""
        executor = self._factory()
        if not isinstance(executor, Executor):
            raise UsageError(f"{self._name} returns no executor of concurrent.futures: give another with --executor")
        return executor

    def stop(self, executor: Executor, *, at_once: bool = False) -> None:
        """End the executor; what has not begun is cancelled."""
        try:
            executor.shutdown(wait=False, cancel_futures=True)
        except TypeError:  # an executor from before Python 3.9, such as Dask's
            executor.shutdown(wait=False)

    def notice_waiting(self) -> None:
        """Do nothing: an executor does not say what it waits for."""

    def count_workers(self) -> None:
        """Return None: an executor does not say how many workers it has."""
        return
