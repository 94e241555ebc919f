"""Costs of a library of N documents: to fill it, to keep it, to open it and to search it.

    python -m tests.benchmarks.library_scale FOLDER [--documents N] [--rounds R] [--library FILE]

N documents (default: all) are taken from the FOLDER at even distances and added to a new library by the command line,
in turn with the bare pipeline, `spacy.load(model).pipe(n_process=2)` with its default components, on the same texts:
half of them each time, each in a fresh process, its start included. Then the same folder is added again, and the
explorer is measured on the whole (see library_search.py). With a FILE that is a library already, as after an hour's
`alliance-tui library add FOLDER --library FILE`, only the rest is measured.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from alliance_tui.documents.loader import expand_paths
from alliance_tui.library.store import open_library
from tests.benchmarks.library_search import measure

ADD = (sys.executable, "-m", "alliance_tui", "library", "add")
BARE = """
import sys
import spacy
from alliance_tui import documents
from alliance_tui.extraction.fingerprint import model_name
texts = [documents.read(path).text for path in sys.stdin.read().splitlines()]
for _ in spacy.load(model_name(None)).pipe(texts, n_process=2):
    pass
"""


def sample(folder: Path, count: int | None) -> list[Path]:
    """Return `count` of the folder's documents, at even distances; None: all."""
    found = [path for path in expand_paths([folder]) if isinstance(path, Path)]
    count = min(count or len(found), len(found))
    return [found[number * len(found) // count] for number in range(count)]


def time_command(command: Sequence[str], stdin: str = "") -> tuple[float, float]:
    """Run a command; return the seconds by the clock, and those of processor time."""
    before, used = time.perf_counter(), _used()
    subprocess.run(command, input=stdin, text=True, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - before, _used() - used


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def fill(paths: list[Path], folder: Path, library: Path) -> None:
    """Add copies of the documents to the library, in turn with the bare pipeline, and print how long both take."""
    folder.mkdir()
    bare, added = [0.0, 0.0], [0.0, 0.0]
    for number, half in enumerate((paths[::2], paths[1::2])):
        taken = time_command((sys.executable, "-c", BARE), "\n".join(map(str, half)))
        bare = [total + part for total, part in zip(bare, taken, strict=True)]
        for place, path in enumerate(half):
            shutil.copyfile(path, folder / f"{number}-{place:05}-{path.name}")
        taken = time_command((*ADD, str(folder), "--library", str(library)))
        added = [total + part for total, part in zip(added, taken, strict=True)]
    with open_library(library) as opened:
        words = sum(document.words for document in opened.documents())
    for name, (clock, used) in (("bare spaCy, 2 processes", bare), ("library add", added)):
        print(f"{name}: {clock:.0f} s, {words / clock:,.0f} words/s by the clock, {words / used:,.0f} of a processor")
    print(f"words/s beside bare spaCy: {bare[0] / added[0]:.2f} by the clock, {bare[1] / added[1]:.2f} of a processor")
    print(f"adding the same folder again: {time_command((*ADD, str(folder), '--library', str(library)))[0]:.1f} s")


def print_sizes(library: Path) -> None:
    """Print how large the library is, beside the texts in it."""
    with open_library(library) as opened:
        documents = list(opened.documents())
        text = sum(len(opened.load_document(document).text.encode()) for document in documents)
        opened.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    disk = sum(path.stat().st_size for path in library.parent.glob(f"{library.name}*"))
    words = sum(document.words for document in documents)
    print(f"{len(documents):,} documents, {words:,} words, {sum(each.agreements for each in documents):,} agreements")
    print(f"{disk / 1e6:.1f} MB on disk for {text / 1e6:.1f} MB of text: {disk / text:.2f} times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--documents", type=int, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="R")
    parser.add_argument("--library", type=Path, metavar="FILE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library: Path = options.library or Path(folder, "library.sqlite")
        if library.exists():
            again = time_command((*ADD, str(options.folder), "--library", str(library)))[0]
            print(f"adding the same folder again: {again:.1f} s")
        else:
            fill(sample(options.folder, options.documents), Path(folder, "documents"), library)
        print_sizes(library)
        measure(library, options.rounds)


if __name__ == "__main__":
    main()
