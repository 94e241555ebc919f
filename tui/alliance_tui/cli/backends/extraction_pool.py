"""A pool that analyses documents on an executor: processes of this machine, a cluster, or one that the user names.

A document that crashes its worker costs only itself; what was lost with a worker or a connection is submitted again.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from alliance_tui.cli.backends.backend import Backend
from alliance_tui.cli.backends.extraction_tasks import AnalyseDocument, extract, extract_from_path
from alliance_tui.cli.backends.local_processes import start_processes
from alliance_tui.documents.files import is_stdin
from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.errors import ClusterError, ExtractionError
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.read_ahead import PendingAnalysis
from alliance_tui.records import Analysis, Document

_MAX_SUBMISSIONS = 5
"""How often a document is submitted whose result was lost on the way, before it is analysed on this machine."""
_UPDATE_INTERVAL = 1.0
"""Seconds between calls of `on_wait`."""


class ExtractionPool:
    """Analyses documents on the executor of a backend; a context manager.

    With `shared_path`, workers read documents themselves, from the paths at which this machine has read them; one that
    a worker cannot read so is sent to it. `on_wait` is called about once a second while a document is waited for.
    """

    def __init__(
        self,
        backend: Backend,
        model: str | None,
        analyse: AnalyseDocument | None = None,
        *,
        limits: Limits = DEFAULT_LIMITS,
        quick: bool = False,
        shared_path: bool = False,
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        self.backend = backend
        self._model = model
        self._analyse = analyse or partial(extract, limits=limits, quick=quick)
        self._limits = limits
        self._quick = quick
        self._shared_path = shared_path
        self._on_wait = on_wait
        self._gone_errors: tuple[type[BaseException], ...] = (BrokenExecutor, *backend.lost_errors)
        self._versions = (extractor_version(quick=quick), model_version(model))
        self._executor = backend.start()

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        self.backend.stop(self._executor, at_once=error is not None)

    def submit(self, document: Document) -> PendingAnalysis:
        """Submit a document. The returned function waits for its analysis, or raises the error of its extraction.

        That function raises ClusterError where the executor is gone for good, or its workers have another version.
        """
        by_path = self._shared_path and bool(document.path) and not is_stdin(document.path or "")
        executor, future = self._submit(document, by_path)
        return lambda: self._result(document, by_path, executor, future)

    def _submit(self, document: Document, by_path: bool) -> tuple[Executor, Future[Analysis | None]]:
        try:
            return self._executor, self._send(document, by_path)
        except self._gone_errors:
            self._replace(self._executor)
            return self._executor, self._send(document, by_path)

    def _send(self, document: Document, by_path: bool) -> Future[Analysis | None]:
        if by_path and document.path:
            stub, path = replace(document, text=""), str(Path(document.path).absolute())
            return self._executor.submit(extract_from_path, stub, path, self._model, self._limits, self._quick)
        return self._executor.submit(self._analyse, document, self._model)

    def _result(
        self, document: Document, by_path: bool, executor: Executor, future: Future[Analysis | None]
    ) -> Analysis:
        for _ in range(_MAX_SUBMISSIONS):
            while not wait([future], _UPDATE_INTERVAL).done:
                self.backend.notice_waiting()
                self._on_wait()
            try:
                if analysis := future.result():
                    return self._checked(analysis)
                by_path = False  # the worker does not see the file
            except self.backend.crash_errors as error:
                if isinstance(error, BrokenExecutor):
                    self._replace(executor)
                break
            except self.backend.lost_errors:
                self._replace(executor)
            executor, future = self._submit(document, by_path)
        # This document or another one in progress crashed its worker; alone, it shows which.
        return self._analyse_in_isolation(document)

    def _checked(self, analysis: Analysis) -> Analysis:
        if (analysis.extractor, analysis.model) != self._versions:
            raise ClusterError(version_message("a worker", (analysis.extractor, analysis.model), self._versions))
        return analysis

    def _analyse_in_isolation(self, document: Document) -> Analysis:
        with start_processes(1) as isolated:
            try:
                return isolated.submit(self._analyse, document, self._model).result()
            except BrokenProcessPool as error:
                raise ExtractionError("it crashed the extraction") from error

    def _replace(self, broken: Executor) -> None:
        """Start a new executor, unless another document that was in the broken one has done so."""
        if self._executor is broken:
            self.backend.stop(broken)
            self._executor = self.backend.start()


def version_message(worker: str, its_versions: tuple[str, str], versions: tuple[str, str]) -> str:
    """Return the sentence on a worker of another version: extractor and model."""
    return (
        f"{worker} has extractor {its_versions[0]} with model {its_versions[1]}, this machine {versions[0]} with "
        f"{versions[1]}: install the same alliance-tui and model there, and the same lexicons of your own"
    )
