"""Extraction on all cores, in processes of their own: a document that crashes one costs only itself."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process

from alliance_tui.errors import ExtractionError
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document

_MOST = 8  # each holds a language model of some 230 MB

Analyse = Callable[[Document, str | None], Analysis]


class ExtractionPool:
    """Processes that analyse documents. Close them with `with`."""

    def __init__(self, model: str | None, analyse: Analyse | None = None) -> None:
        self.count = min(os.cpu_count() or 1, _MOST)
        self._model = model
        self._analyse = analyse or _extract
        self._pool = _start(self.count)

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, *_: object) -> None:
        # Python waits for a pool at the end anyway, but without its lock: it may write to a pipe that is just closed.
        self._pool.shutdown(cancel_futures=True)

    def submit(self, document: Document) -> Callable[[], Analysis]:
        """Begin with a document. What comes back waits for its analysis, and raises what went wrong with it."""
        try:
            future = self._pool.submit(self._analyse, document, self._model)
        except BrokenProcessPool:
            self._replace(self._pool)
            future = self._pool.submit(self._analyse, document, self._model)
        pool = self._pool
        return lambda: self._result(document, future, pool)

    def _result(self, document: Document, future: Future[Analysis], pool: ProcessPoolExecutor) -> Analysis:
        try:
            return future.result()
        except BrokenProcessPool:
            # This document or another one in work crashed its process; run alone, it shows which.
            self._replace(pool)
        with _start(1) as alone:
            try:
                return alone.submit(self._analyse, document, self._model).result()
            except BrokenProcessPool as error:
                raise ExtractionError("it crashed the extraction") from error

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Begin a new pool, unless another document that was in the broken one has done so."""
        if self._pool is broken:
            broken.shutdown(cancel_futures=True)
            self._pool = _start(self.count)


def _start(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, get_context("spawn"), _settle)


def _settle() -> None:
    """In a worker: end at Ctrl+C without a word, and with the process that started it, however that ends; leave
    standard error to the one that owns the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _extract(document: Document, model: str | None) -> Analysis:
    return _extractor(model).analyse(document)


@cache
def _extractor(model: str | None) -> Extractor:
    return Extractor(model)
