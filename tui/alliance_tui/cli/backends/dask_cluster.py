"""A Dask cluster as the backend of the extraction, by the executor of its client."""

from __future__ import annotations

import logging
import re
import time
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor
from contextlib import suppress
from typing import Any

from distributed import Client, LocalCluster
from distributed.client import ClosedClientError
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from alliance_tui.cli.backends.extraction_pool import version_message
from alliance_tui.cli.backends.extraction_tasks import worker_versions
from alliance_tui.errors import ClusterError, UsageError

_LOCAL = re.compile(r"local:(\d{1,3})")
_CLOSE_TIMEOUT = 2
_AHEAD = 4
"""Documents submitted for each thread of a worker: few enough to keep in memory, enough for long ones among short."""
_MIN_AHEAD = 32
"""Documents submitted to a cluster with few workers at the start: more may join."""


class DaskCluster:
    """The backend of a scheduler at an address, or (`local:N`) of one with N workers on this machine.

    A scheduler must answer in `connect_timeout` seconds and have a worker in `worker_timeout` seconds; one that goes
    away must be back in `patience` seconds. One that loses all its workers is waited for until another comes.
    `on_notice` is called with a sentence when it has gone, and when it has had no worker for `notice_after` seconds.
    Raises UsageError for `local` without a number.
    """

    crash_errors = (KilledWorker,)
    lost_errors = (CancelledError, CommClosedError, ClosedClientError)

    def __init__(
        self,
        address: str,
        model: str | None,
        on_notice: Callable[[str], None],
        *,
        connect_timeout: float = 10,
        worker_timeout: float = 30,
        patience: float = 60,
        notice_after: float = 5,
    ) -> None:
        self._address = address
        self._model = model
        self._on_notice = on_notice
        self._connect_timeout = connect_timeout
        self._worker_timeout = worker_timeout
        self._patience = patience
        self._notice_after = notice_after
        self._without_workers: float | None = None
        local = _LOCAL.fullmatch(address)
        self._local_workers = int(local[1]) if local else 0
        if address.startswith("local") and not self._local_workers:
            raise UsageError(f"{address} names no number of workers: give --cluster local:4")
        self._client: Any = None
        self._cluster: Any = None
        self.ahead = _MIN_AHEAD

    def start(self) -> Executor:
        """Connect, check the workers' versions, and return the client's executor. Raises ClusterError."""
        self._client = self._connect_again() if self._client else self._connect()
        self._check_versions()
        self.ahead = max(_MIN_AHEAD, _AHEAD * sum(self._client.nthreads().values()))
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def stop(self, executor: Executor, *, at_once: bool = False) -> None:
        """Cancel what is submitted, and disconnect; a cluster of this machine ends."""
        with suppress(*self.lost_errors, OSError, TimeoutError, RuntimeError):
            executor.shutdown(wait=False)
        with suppress(*self.lost_errors, OSError, TimeoutError, RuntimeError):
            self._client.close(timeout=_CLOSE_TIMEOUT)
        if self._cluster:
            with suppress(OSError, TimeoutError):
                self._cluster.close(timeout=_CLOSE_TIMEOUT)

    def notice_waiting(self) -> None:
        """Say once that no worker is left."""
        if self.count_workers() != 0:
            self._without_workers = None
            return
        if self._without_workers is None:
            self._without_workers = time.monotonic()
        if time.monotonic() - self._without_workers >= self._notice_after:
            self._without_workers = float("inf")
            self._on_notice(
                f"no worker is left at {self._address}: waiting for one (start some with “dask worker {self._address} "
                "--nthreads 1”, or press Ctrl+C to end this)"
            )

    def count_workers(self) -> int | None:
        """Return the number of workers; None while the scheduler does not answer."""
        try:
            return len(self._client.nthreads())
        except (*self.lost_errors, OSError, TimeoutError, RuntimeError):
            return None

    def _connect_again(self) -> Client:
        """Connect to a scheduler that has gone, as soon as it is back."""
        self._on_notice(f"the scheduler at {self._address} is gone: waiting {self._patience:g} seconds for it")
        end = time.monotonic() + self._patience
        while True:
            try:
                return self._connect()
            except ClusterError:
                if time.monotonic() > end:
                    raise

    def _connect(self) -> Client:
        """Connect to the scheduler, which must have a worker. Raises ClusterError, UsageError for a wrong address."""
        if self._local_workers:
            self._cluster = LocalCluster(
                n_workers=self._local_workers,
                threads_per_worker=1,
                memory_limit=0,  # as little limited as the processes of the local pool
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        try:
            client = Client(self._cluster or self._address, timeout=self._connect_timeout, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise ClusterError(
                f"no scheduler answers at {self._address}: start one there with “dask scheduler”, then run this again"
            ) from error
        except (ValueError, TypeError) as error:
            raise UsageError(
                f"{self._address} is no address of a scheduler: give --cluster HOST:PORT or local:N"
            ) from error
        try:
            client.wait_for_workers(1, self._worker_timeout)
        except TimeoutError as error:
            client.close(timeout=_CLOSE_TIMEOUT)
            raise ClusterError(
                f"the scheduler at {self._address} has no worker: start some with “dask worker {self._address} "
                "--nthreads 1”, then run this again"
            ) from error
        return client

    def _check_versions(self) -> None:
        """Raise ClusterError for a worker whose records would differ from this machine's."""
        versions = worker_versions(self._model)
        for worker, found in self._client.run(worker_versions, self._model, on_error="return").items():
            if isinstance(found, Exception):
                raise ClusterError(f"worker {worker} lacks alliance-tui or a part of it: install this version there")
            if tuple(found) != versions:
                raise ClusterError(version_message(f"worker {worker}", tuple(found), versions))


def silence() -> None:
    """Keep Dask's log and warnings off the terminal: what a user can do about them is said in a sentence."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
