"""Extraction on all cores, in processes of their own: a document that crashes one costs only itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context

from alliance_tui.errors import ExtractionError
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document

_MOST = 8  # each holds a language model of some 230 MB

Analyse = Callable[[Document, str | None], Analysis]


class Workers:
    """Processes that analyse documents. Close them with `with`."""

    def __init__(self, model: str | None, analyse: Analyse | None = None) -> None:
        self.count = min(os.cpu_count() or 1, _MOST)
        self._model = model
        self._analyse = analyse or _extract
        self._pool = self._start()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def submit(self, document: Document) -> Callable[[], Analysis]:
        """Begin with a document. What comes back waits for its analysis, and raises what went wrong with it."""
        future = self._submit(document)
        return lambda: self._result(document, future)

    def _result(self, document: Document, future: Future[Analysis]) -> Analysis:
        try:
            return future.result()
        except BrokenProcessPool:
            # This document or another one in work crashed its process; run alone, it shows which.
            self._restart()
        try:
            return self._submit(document).result()
        except BrokenProcessPool as error:
            self._restart()
            raise ExtractionError("it crashed the extraction") from error

    def _submit(self, document: Document) -> Future[Analysis]:
        try:
            return self._pool.submit(self._analyse, document, self._model)
        except BrokenProcessPool:
            self._restart()
            return self._pool.submit(self._analyse, document, self._model)

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.count, get_context("spawn"), _be_quiet)


def _be_quiet() -> None:
    """In a worker: end at Ctrl+C without a word, and leave standard error to the process that owns the terminal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _extract(document: Document, model: str | None) -> Analysis:
    return _extractor(model).analyse(document)


@cache
def _extractor(model: str | None) -> Extractor:
    return Extractor(model)
