"""Change bytes of a library's file and use it in every way that the program does.

python -m tests.tools.fuzz_library [TRIES [SEED]]   prints each fault, and the outcome for the files
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

from alliance_tui.errors import LibraryError
from alliance_tui.library.corpus_entities import agreements_of
from alliance_tui.library.library_document import DamagedDocumentError
from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.storage.integrity import find_changed, find_problems, repair
from alliance_tui.library.store import Library, open_library
from tests.support.sample_library import fill

FAULT = "fault:"
QUERIES = (
    "radar",
    "climate crisis",
    "party:norland",
    "strength:agreed",
    '"coastal radars" !soup',
    "title:accord",
    "w*",
)


def run(tries: int, seed: int = 0) -> Counter[str]:
    """Return how many changed files were sound, repaired or rejected; and each fault."""
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        good = fill(Path(folder))
        with open_library(good) as library:
            library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = good.read_bytes()
        for number in range(tries):
            path = Path(folder) / str(number) / "l.sqlite"
            path.parent.mkdir()
            path.write_bytes(mutate(data, chance))
            try:
                outcomes[use(path)] += 1
            except Exception as error:  # what a reader would see as a fault of the program
                place = traceback.extract_tb(error.__traceback__)[-1]
                outcomes[f"{FAULT} {type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"] += 1
            shutil.rmtree(path.parent)
    return outcomes


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Change a few adjacent bytes of the file."""
    mutant = bytearray(data)
    at = chance.randrange(4096, len(data) - 8)
    for place in range(at, at + chance.choice((1, 1, 2, 4))):
        mutant[place] = chance.choice((0, 0xFF, chance.randrange(256), mutant[place] ^ 1 << chance.randrange(8)))
    return bytes(mutant)


def use(path: Path) -> str:
    """Use the file in every way that the program does; return the outcome."""
    try:
        with open_library(path) as library:
            read_all_of(library)
            search_all(library)
            wrong = list(find_problems(library))
            list(find_changed(library))
            if not wrong:
                return "sound"
            repair(library)
            assert list(find_problems(library)) == [], wrong
            search_all(library)
            library.remove(document.number for document in list(library.documents()))
            return "repaired"
    except LibraryError as error:
        return "refused: " + str(error).partition("sqlite ")[2].partition(": it is kept")[0]


def read_all_of(library: Library) -> None:
    """Read every document with its records."""
    for document in sorted(library.documents(), key=lambda document: (document.title.casefold(), document.words)):
        try:
            library.load_analysis(document)
        except DamagedDocumentError as error:
            assert document.path in str(error)


def search_all(library: Library) -> None:
    """Run every kind of query."""
    library_search = LibrarySearch(library)
    for query in QUERIES:
        for results in library_search.search(query):
            for hit in results.hits:
                library_search.preview(hit.document, query)
    for entity in library_search.corpus_entities.find(""):
        list(agreements_of(library.db, entity))


if __name__ == "__main__":
    for what, times in run(*map(int, sys.argv[1:] or ["200"])).most_common():
        print(times, what)
