"""The backend that the arguments ask for: processes of this machine, a cluster, or an executor by name."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from importlib import import_module

from alliance_tui.cli.extraction_pool import Backend, ExtractionPool, LocalProcesses
from alliance_tui.cli.options import Arguments
from alliance_tui.errors import UsageError

_AHEAD_OF_UNKNOWN = 32
"""Documents submitted to an executor whose number of workers is not known."""


def open_pool(
    arguments: Arguments, on_notice: Callable[[str], None], on_wait: Callable[[], None] = lambda: None
) -> ExtractionPool:
    """Return the pool that the arguments ask for. Raises ClusterError, UsageError."""
    return ExtractionPool(
        _backend(arguments, on_notice),
        arguments.model,
        limits=arguments.limits,
        shared_path=arguments.shared_path,
        on_wait=on_wait,
    )


def _backend(arguments: Arguments, on_notice: Callable[[str], None]) -> Backend:
    if arguments.executor:
        return NamedExecutor(arguments.executor)
    if not arguments.cluster:
        return LocalProcesses()
    try:
        from alliance_tui.cli import cluster  # an optional dependency
    except ImportError as error:
        raise UsageError(
            f"{error.name} is missing or too old: pip install --upgrade 'alliance-tui[cluster]'"
        ) from error
    if not arguments.debug:
        cluster.silence()
    return cluster.DaskCluster(arguments.cluster, arguments.model, on_notice)


class NamedExecutor:
    """The backend of an executor of concurrent.futures that the function `module:factory` makes."""

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

    def count_workers(self) -> None:
        """Return None: an executor does not say how many workers it has."""
        return
