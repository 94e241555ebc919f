"""Processes of this machine as the backend of the extraction."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process, resource_tracker

_MAX_PROCESSES = 8  # each holds a language model of some 230 MB


class LocalProcesses:
    """One process for each core of this machine."""

    crash_errors = (BrokenProcessPool,)
    lost_errors = ()

    def __init__(self) -> None:
        self._size = min(os.cpu_count() or 1, _MAX_PROCESSES)
        self.ahead = 2 * self._size

    def start(self) -> Executor:
        """Return a pool of processes, which start with the first documents."""
        return start_processes(self._size)

    def stop(self, executor: Executor, *, at_once: bool = False) -> None:
        """End the processes."""
        if at_once:
            for process in active_children():
                process.kill()
        # Python waits for an executor at exit anyway, but without its lock: it may write to a pipe that is just closed.
        executor.shutdown(cancel_futures=True)

    def notice_waiting(self) -> None:
        """Do nothing: processes that end are an error of the executor."""

    def count_workers(self) -> int:
        """Return the number of processes."""
        return self._size


def start_processes(processes: int) -> ProcessPoolExecutor:
    """Return a pool of processes, which start with the first tasks."""
    _start_resource_tracker()
    return ProcessPoolExecutor(processes, get_context("spawn"), _initialise_worker)


def _start_resource_tracker() -> None:
    """Start Python's tracker of the pool's semaphores, which frees them after a kill: silently, for users read it."""
    options = [*sys.warnoptions]
    sys.warnoptions.append("ignore:resource_tracker")  # the tracker is started with the options of this process
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions[:] = options


def _initialise_worker() -> None:
    """End silently at Ctrl+C and with the parent process, however that ends; write nothing on standard error."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    threading.Thread(target=_exit_with_parent, daemon=True).start()


def _exit_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
