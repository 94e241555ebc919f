"""The register and the links of a library: opening, keys, linking beside adding, and adding again.

    python -m tests.benchmarks.register_scale LIBRARY [--link N]

LIBRARY is copied first. Prints how long the register takes to be read and to list its rows, the time of each key of
some queries in it (median, 95th percentile), the occasion of a document, and the processor time of linking N documents
anew (by default 200, drawn at random) beside that of extracting some of them. The last line says how many links came or
went when they were linked again: none.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from alliance_tui.explorer.presenters.register_rows import RegisterRows
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.library.links import link_document
from alliance_tui.library.occasions import OccasionFinder
from alliance_tui.library.register import load_register
from alliance_tui.library.storage.sqlite import transaction
from alliance_tui.library.store import Library, open_library

_Result = TypeVar("_Result")

_TODAY = "2023-01-01"
_EXTRACTED = 40
"""The documents that are extracted: those cost more."""
_QUERIES = (
    "told:>1",
    "overdue:yes party:japan",
    "vaccine doses",
    "status:reaffirmed climate",
    "strength:>=agreed 2030",
)


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--link", type=int, default=200, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "library.sqlite"
        shutil.copy(options.library, copy)
        with open_library(copy) as library:
            for _ in library.link_pending():
                pass
            print(f"{len(library):,} documents")
            _measure_register(library)
            _measure_linking(library, options.link)


def _measure_register(library: Library) -> None:
    opened, rows = _timed(lambda: load_register(library, _TODAY))
    listed, source = _timed(lambda: RegisterRows(rows))
    first, _ = _timed(lambda: source.list_rows(0, 0, ""))
    print(f"register of {len(rows):,} undertakings: read {_ms(opened)}, listed {_ms(listed + first)}")
    keys = [_timed(partial(source.list_rows, 0, 0, typed))[0] for typed in _typed()]
    print(f"key of a query: median {_ms(statistics.median(keys))}, 95th percentile {_ms(_percentile(keys))}")
    made, finder = _timed(lambda: OccasionFinder(library.db))
    numbers = [document.number for document in library.documents()]
    found = [_timed(partial(finder.occasion_of, number))[0] for number in numbers[:200]]
    print(f"occasions: prepared {_ms(made)}, of a document {_ms(statistics.median(found))}")


def _typed() -> Iterator[str]:
    """Each query as it is typed, a letter further each time."""
    for query in _QUERIES:
        for end in range(1, len(query) + 1):
            yield query[:end]


def _measure_linking(library: Library, count: int) -> None:
    documents = list(library.documents())
    drawn = random.Random(1).sample(documents, min(count, len(documents)))
    links, linking, extracting = _links(library), 0.0, 0.0
    extractor = Extractor()
    extractor.analyse(library.load_document(drawn[0]))  # loads the language model
    for document in drawn:
        analysis = library.load_analysis(document)
        with transaction(library.db):
            linking += _timed(partial(link_document, library.db, document.number, analysis))[0]
    for document in drawn[:_EXTRACTED]:
        extracting += _timed(partial(extractor.analyse, library.load_document(document)))[0]
    linked, extracted = linking / len(drawn), extracting / len(drawn[:_EXTRACTED])
    print(f"linking: {_ms(linked)} a document, {linked / extracted:.0%} of its extraction ({_ms(extracted)})")
    print(f"links: {len(links):,} before, {len(_links(library)):,} after; {len(links ^ _links(library))} other ones")


def _links(library: Library) -> frozenset[tuple[int, ...]]:
    query = "SELECT first, first_position, second, second_position FROM links"
    return frozenset(library.db.execute(query).fetchall())


def _timed(work: Callable[[], _Result]) -> tuple[float, _Result]:
    """Return the seconds of processor time that it takes, and its result."""
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def _percentile(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


if __name__ == "__main__":
    main()
