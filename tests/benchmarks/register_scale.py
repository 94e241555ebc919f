"""The register and the links of a library: opening, keys, linking beside adding, and adding again.

    python -m tests.benchmarks.register_scale LIBRARY [--link N] [--documents N ...]

LIBRARY is copied first. Prints how long the register takes to be read for the first time, which makes and stores the
statements of each document, and again, and to list its rows, by the clock and by the processor's; the time of each key
of some queries in it (median, 95th percentile), the occasion of a document, and the processor time of linking N
documents anew (by default 200, drawn at random) beside that of extracting some of them. The last line says how many
links came or went when they were linked again: none.

With --documents, the register alone is measured at each of these numbers of documents: the rows of the library's
documents are copied, each time as those of other documents with other texts, until there are as many. The fastest of
five readings counts, so that other programs matter less.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from alliance_tui.explorer.presenters.register_rows import RegisterRows
from alliance_tui.explorer.workers.garbage_collection import freeze_and_collect
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
    parser.add_argument("--documents", type=int, nargs="+", default=[], metavar="N")
    options = parser.parse_args()
    freeze_and_collect()  # as the explorer does
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "library.sqlite"
        shutil.copy(options.library, copy)
        with open_library(copy) as library:
            for _ in library.link_pending():
                pass
            for count in options.documents:
                replicate(library.db, count)
                _measure_register(library)
            if not options.documents:
                _measure_register(library)
                _measure_occasions(library)
                _measure_linking(library, options.link)


def replicate(db: sqlite3.Connection, count: int) -> None:
    """Copy the rows of a library's documents until there are `count` documents; no index terms are copied."""
    numbers = [number for (number,) in db.execute("SELECT number FROM documents ORDER BY number")]
    (step,) = db.execute(f"SELECT max(number) + 1 FROM ({_ALL_NUMBERS})").fetchone()
    with transaction(db):
        for copy in range(1, -(-count // len(numbers))):
            wanted = numbers[: count - copy * len(numbers)]
            for table, of in _NUMBERS.items():
                columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
                values = (_value_in_copy(column, of, f"{count}.{copy}", copy * step) for column in columns)
                few = f"SELECT {', '.join(values)} FROM {table} WHERE {of[0]} IN (SELECT value FROM json_each(?))"
                db.execute(f"INSERT INTO {table} ({', '.join(columns)}) {few}", (json.dumps(wanted),))


_ALL_NUMBERS = "SELECT number FROM documents UNION SELECT number FROM texts"
_NUMBERS = {
    "documents": ("number", "text"),
    "texts": ("number",),
    "links": ("first", "second"),
    **dict.fromkeys(("agreements", "parties", "status_words", "labels", "linkable"), ("document",)),
}
"""The tables that the register is read from, with their columns of numbers of documents or texts."""


def _value_in_copy(column: str, numbers: Sequence[str], copy: str, shift: int) -> str:
    """Return what a column has in a copy, in SQL."""
    if column in numbers:
        return f"{column} + {shift}"
    return {
        "place": f"CAST('/{copy}' || CAST(place AS TEXT) AS BLOB)",
        "sha256": f"'{copy}' || sha256",
    }.get(column, column)


def _measure_register(library: Library) -> None:
    library.db.execute("DELETE FROM statements")
    made, rows = _timed(lambda: load_register(library, _TODAY))
    again = [_opened(library) for _ in range(_READINGS)]
    clock, processor = (min(taken) for taken in zip(*again, strict=True))
    print(f"{len(library):,} documents, {len(rows):,} undertakings: first read {_ms(made)} of processor time")
    print(f"read again and listed {_ms(clock)} by the clock, {_ms(processor)} of processor time")
    source = RegisterRows(rows)
    source.prepare()
    keys = [_timed(partial(source.list_rows, 0, 0, typed))[0] for typed in _typed()]
    print(f"key of a query: median {_ms(statistics.median(keys))}, 95th percentile {_ms(_percentile(keys))}")


_READINGS = 5


def _opened(library: Library) -> tuple[float, float]:
    """Return the seconds by the clock and of processor time until the register's first rows are there."""
    clock, processor = time.perf_counter(), time.process_time()
    RegisterRows(load_register(library, _TODAY)).list_rows(0, 0, "")
    return time.perf_counter() - clock, time.process_time() - processor


def _measure_occasions(library: Library) -> None:
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
