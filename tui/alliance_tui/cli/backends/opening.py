"""The pool and backend for the arguments of a command."""

from __future__ import annotations

from collections.abc import Callable

from alliance_tui.cli.backends.backend import Backend
from alliance_tui.cli.backends.extraction_pool import ExtractionPool
from alliance_tui.cli.backends.local_processes import LocalProcesses
from alliance_tui.cli.backends.named_executor import NamedExecutor
from alliance_tui.cli.options.arguments import Arguments
from alliance_tui.errors import UsageError


def open_pool(
    arguments: Arguments, on_notice: Callable[[str], None], on_wait: Callable[[], None] = lambda: None
) -> ExtractionPool:
    """Return the pool that the arguments ask for. Raises ClusterError, UsageError."""
    return ExtractionPool(
        _backend(arguments, on_notice),
        arguments.model,
        limits=arguments.limits,
        quick=arguments.quick,
        shared_path=arguments.shared_path,
        on_wait=on_wait,
    )


def _backend(arguments: Arguments, on_notice: Callable[[str], None]) -> Backend:
    if arguments.executor:
        return NamedExecutor(arguments.executor)
    if not arguments.cluster:
        return LocalProcesses()
    try:
        from alliance_tui.cli.backends import dask_cluster  # an optional dependency
    except ImportError as error:
        raise UsageError(
            f"{error.name} is missing or too old: pip install --upgrade 'alliance-tui[cluster]'"
        ) from error
    if not arguments.debug:
        dask_cluster.silence()
    return dask_cluster.DaskCluster(arguments.cluster, arguments.model, on_notice)
