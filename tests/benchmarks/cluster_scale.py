"""Scaling of the extraction on a Dask cluster: documents per second with 1, 2, ... workers, and the efficiency.

    python -m tests.benchmarks.cluster_scale FOLDER [--documents N] [--workers W ...]

For each number of workers (by default 1 and 2) a scheduler and so many workers are started as processes on loopback. N
documents (default 100) are taken from the FOLDER at even distances and analysed, after one document for each worker,
in which it loads its model. Printed are words per second by the clock and of the workers' processor time, and the
efficiency: the rate beside so many times that of one worker. The last line is what a document costs beyond its
analysis: its way there and back, by the clock and as processor time of this process, with an analysis that does
nothing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from alliance_tui.cli.backends.dask_cluster import DaskCluster
from alliance_tui.cli.backends.extraction_pool import ExtractionPool
from alliance_tui.cli.backends.extraction_tasks import AnalyseDocument
from alliance_tui.documents import read
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.records import Analysis, Document
from tests.benchmarks.library_scale import sample
from tests.support.dask_cluster import DaskProcesses


def analyse_nothing(document: Document, model: str | None) -> Analysis:
    """Return an analysis without records."""
    return Analysis(document, (), (), extractor_version(), model_version(model))


def processor_time(dask: DaskProcesses) -> float:
    """Return the seconds of processor time that the workers have taken."""
    ticks = 0
    for worker in dask.workers:
        fields = Path(f"/proc/{worker.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def measure(documents: Sequence[Document], workers: int, analyse: AnalyseDocument | None) -> tuple[float, float]:
    """Return the seconds that the documents take by the clock, and of the workers' processor time."""
    with tempfile.TemporaryDirectory() as folder, DaskProcesses(Path(folder)) as dask:
        for _ in range(workers):
            dask.start_worker()
        backend = DaskCluster(dask.address, None, print, worker_timeout=60)
        with ExtractionPool(backend, None, analyse) as pool:
            while pool.backend.count_workers() != workers:
                time.sleep(0.1)
            for _ in range(3):  # every worker loads its model
                [wait() for wait in [pool.submit(document) for document in documents[: 4 * workers]]]
            used, before = processor_time(dask), time.perf_counter()
            [wait() for wait in [pool.submit(document) for document in documents]]
            return time.perf_counter() - before, processor_time(dask) - used


def main() -> None:
    """Measure with each number of workers."""
    parser = argparse.ArgumentParser(description="Scaling of the extraction on a Dask cluster.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args()
    documents = [read(path) for path in sample(arguments.folder, arguments.documents)]
    words = sum(len(document.text.split()) for document in documents)
    rates: list[float] = []
    for workers in arguments.workers:
        clock, used = measure(documents, workers, None)
        rates.append(words / clock)
        efficiency = rates[-1] / (rates[0] / arguments.workers[0] * workers)
        print(
            f"{workers} workers: {clock:.1f} s, {words / clock:,.0f} words/s, {words / used:,.0f} of a processor,"
            f" efficiency {efficiency:.2f}",
            flush=True,
        )
    before = time.process_time()
    clock, _ = measure(documents, arguments.workers[-1], analyse_nothing)
    here = time.process_time() - before
    print(
        f"a document's way there and back: {1000 * clock / len(documents):.1f} ms by the clock, at most "
        f"{1000 * here / len(documents):.1f} ms of this process"
    )


if __name__ == "__main__":
    main()
