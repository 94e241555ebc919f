"""Libraries to be mistreated: small ones with records, in a home of their own."""

from __future__ import annotations

import gzip
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from alliance_tui.errors import LibraryError
from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.storage.integrity import find_problems
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import Analysis, Document
from tests.support.sample_library import fill

OLD_LIBRARY = Path(__file__).parents[1] / "fixtures" / "libraries" / "version-4.sqlite.gz"
_FRENCH = (
    "le",
    "la",
    "les",
    "des",
    "une",
    "est",
    "sont",
    "avec",
    "pour",
    "sur",
    "ministre",
    "pays",
    "accord",
    "paix",
    "traité",
)


def write_documents(folder: Path, count: int, chance: random.Random) -> list[Path]:
    """Write French documents, in which no records are extracted: the language model is not loaded."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number:03}.txt" for number in range(count)]
    for path in paths:
        path.write_text(french(chance), encoding="utf-8")
    return paths


def french(chance: random.Random) -> str:
    """Return random words in French."""
    return " ".join(chance.choices(_FRENCH, k=chance.randint(30, 300)))


def make_library(folder: Path, others: int = 0) -> Path:
    """Make a library of the sample documents and of so many others without records."""
    path = fill(folder)
    with open_library(path) as library:
        for number in range(others):
            file = folder / f"other-{number:03}.txt"
            file.write_text(f"Le ministre est dans le pays, avec la paix et le traité {number}.")
            document = Document.from_text(file.read_text(), title=f"Autre {number}", path=str(file))
            library.upsert(Analysis(document, (), (), "rules", "model"), read_source_file(file))
    return path


def make_old_library(folder: Path) -> Path:
    """Make a library of schema version 4, of the same sample documents and forty others."""
    path = folder / "library.sqlite"
    path.write_bytes(gzip.decompress(OLD_LIBRARY.read_bytes()))
    return path


def record_ids(path: Path) -> list[str]:
    """Return the ids of all records."""
    with open_library(path) as library:
        return [
            record.id
            for _, analysis in library.readable_analyses(library.documents())
            for record in analysis.agreements
        ]


def stored_paths(library: Library) -> Counter[str]:
    """Return how often the document of each path is stored."""
    return Counter(document.path for document in library.documents())


def names(paths: Iterable[str]) -> set[str]:
    """Return the names of the files at these paths."""
    return {Path(path).name for path in paths}


def library_faults(path: Path, expected: set[str]) -> Iterator[str]:
    """Yield the faults of a library that should be sound and have the documents of these file names, each once."""
    try:
        with open_library(path) as library:
            stored = stored_paths(library)
            yield from (f"{missing} is lost" for missing in expected - names(stored))
            yield from (f"{twice} is stored {count} times" for twice, count in stored.items() if count > 1)
            yield from find_problems(library)
    except LibraryError as error:
        yield f"the library cannot be read any more: {error}"
