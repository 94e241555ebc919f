"""Words a second of the extraction beside the bare spaCy pipeline on the same documents, and the memory it takes.

    python -m tests.benchmarks.throughput [PATH...] [--runs N]

The bare pipeline is `spacy.load(model)` with its default components through `nlp.pipe`, a line a text. The extraction
is measured whole and `quick`, without the encoder. Runs take turns in one process and are timed by the processor's
clock, so that a busy machine slows none; medians and ratios are printed. Without PATH it reads the gold set where it is
present, else the seed.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_tui import documents
from alliance_tui.extraction.fingerprint import model_name
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Document
from tests.support.shared_folder import shared_folder

if TYPE_CHECKING:
    from spacy.language import Language


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    read = [documents.read(path) for path in options.paths or _usual()] or [documents.seed_document()]
    words = sum(len(document.text.split()) for document in read)
    extractors = {"whole extraction": Extractor(), "quick extraction": Extractor(quick=True)}
    for extractor in extractors.values():
        _extract(extractor, read[:1])
    nlp = _default()
    bare: list[float] = []
    seconds: dict[str, list[float]] = {name: [] for name in extractors}
    for _ in range(options.runs):
        bare.append(_seconds(lambda: _bare(nlp, read)))
        for name, extractor in extractors.items():
            seconds[name].append(_seconds(partial(_extract, extractor, read)))
    print(f"{len(read)} documents, {words} words, {options.runs} runs each, medians")
    print(f"bare spaCy pipeline  {words / statistics.median(bare):7.0f} words/s")
    for name, times in seconds.items():
        ratio = statistics.median(bare) / statistics.median(times)
        print(f"{name:20} {words / statistics.median(times):7.0f} words/s, {ratio:.2f} times the bare pipeline's")
    print(f"peak memory          {_peak():7.0f} MB, all three in one process")


def _default() -> Language:
    """Return the pipeline as spaCy loads it."""
    import spacy  # after the extractor, which sets how numpy works

    return spacy.load(model_name(None) or "")


def _usual() -> list[Path]:
    shared = shared_folder()
    return sorted((shared / "gold").glob("*.txt")) if shared else []


def _bare(nlp: Language, read: list[Document]) -> None:
    for _ in nlp.pipe(line for document in read for line in document.text.splitlines() if line.strip()):
        pass


def _extract(extractor: Extractor, read: list[Document]) -> None:
    for document in read:
        extractor.analyse(document)


def _seconds(run: Callable[[], None]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin


def _peak() -> float:
    """Return the peak memory of this process in megabytes; macOS counts in bytes, Linux in kilobytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    main()
