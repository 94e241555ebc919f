"""Tasks of a worker: functions that run in another process, on this machine or another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache

from msgspec.structs import replace
from threadpoolctl import threadpool_limits

from alliance_tui.documents import read
from alliance_tui.documents.limits import Limits
from alliance_tui.errors import DocumentError
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.extraction.worker.child_process import ChildProcess
from alliance_tui.records import Analysis, Document

AnalyseDocument = Callable[[Document, str | None], Analysis]
"""Analyses a document with the named spaCy pipeline (None: the default one)."""

_one_at_a_time = threading.Lock()
"""Held during an analysis: a worker of a cluster may have several threads, a pipeline serves one."""
_child = ChildProcess()


def extract(document: Document, model: str | None, limits: Limits, quick: bool) -> Analysis:
    """Analyse a document with the process's extractor. Raises ExtractionError, ModelError.

    The limits hold in a main thread only, so that another one (a worker of Dask has its tasks in one) gives the
    document to a child process.
    """
    with _one_at_a_time:
        if threading.current_thread() is threading.main_thread():
            return worker_extractor(model, limits, quick).analyse(document)
        return _child.analyse(document, model, limits, quick=quick)


def extract_from_path(stub: Document, path: str, model: str | None, limits: Limits, quick: bool) -> Analysis | None:
    """Analyse the document whose text is in the file `path`; None if this machine cannot read the same text there.

    `stub` is the document without its text.
    """
    try:
        found = read(path, limits=limits)
    except DocumentError:
        return None
    return extract(replace(stub, text=found.text), model, limits, quick) if found.sha256 == stub.sha256 else None


def worker_versions(model: str | None) -> tuple[str, str]:
    """Return the versions of extractor and model in this process."""
    return extractor_version(), model_version(model)


@cache
def worker_extractor(model: str | None, limits: Limits, quick: bool) -> Extractor:
    """Return the extractor of this process, which computes in one thread: other workers have the other cores."""
    threadpool_limits(1)  # numpy may have been imported, and have read OPENBLAS_NUM_THREADS, before the worker's task
    return Extractor(model, limits, quick=quick)
