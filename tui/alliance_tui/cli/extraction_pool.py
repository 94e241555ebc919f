"""A pool of extraction processes, one per core: a document that crashes a process costs only itself."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from multiprocessing import active_children, get_context, parent_process

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.errors import ExtractionError
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.read_ahead import PendingAnalysis
from alliance_tui.records import Analysis, Document

_MAX_PROCESSES = 8  # each holds a language model of some 230 MB

AnalyseDocument = Callable[[Document, str | None], Analysis]


class ExtractionPool:
    """Processes that analyse documents; a context manager."""

    def __init__(
        self, model: str | None, analyse: AnalyseDocument | None = None, *, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        self.size = min(os.cpu_count() or 1, _MAX_PROCESSES)
        self._model = model
        self._analyse = analyse or partial(_extract, limits=limits)
        self._executor = _start_executor(self.size)

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is not None:  # nobody waits for what is under way
            for process in active_children():
                process.kill()
        # Python waits for an executor at exit anyway, but without its lock: it may write to a pipe that is just closed.
        self._executor.shutdown(cancel_futures=True)

    def submit(self, document: Document) -> PendingAnalysis:
        """Submit a document. The returned function waits for its analysis, or raises the error of its extraction."""
        try:
            future = self._executor.submit(self._analyse, document, self._model)
        except BrokenProcessPool:
            self._replace(self._executor)
            future = self._executor.submit(self._analyse, document, self._model)
        executor = self._executor
        return lambda: self._result(document, future, executor)

    def _result(self, document: Document, future: Future[Analysis], executor: ProcessPoolExecutor) -> Analysis:
        try:
            return future.result()
        except BrokenProcessPool:
            # This document or another one in progress crashed its process; alone, it shows which.
            self._replace(executor)
        with _start_executor(1) as isolated:
            try:
                return isolated.submit(self._analyse, document, self._model).result()
            except BrokenProcessPool as error:
                raise ExtractionError("it crashed the extraction") from error

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Start a new executor, unless another document that was in the broken one has done so."""
        if self._executor is broken:
            broken.shutdown(cancel_futures=True)
            self._executor = _start_executor(self.size)


def _start_executor(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("spawn"), _initialise_worker)


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


def _extract(document: Document, model: str | None, limits: Limits) -> Analysis:
    return _extractor(model, limits).analyse(document)


@cache
def _extractor(model: str | None, limits: Limits) -> Extractor:
    return Extractor(model, limits)
