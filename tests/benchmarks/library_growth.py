"""Growth of a library's costs with its number of documents: what is more than proportional.

    python -m tests.benchmarks.library_growth FOLDER [--documents N ...] [--library FILE] [--rounds N]

The documents of the FOLDER are added again and again to one new library. Each round changes one word in twenty into a
word that only this round has, so that the vocabulary grows as that of new documents does. No language model is used:
names are runs of capitalised words, agreements the sentences with "will". Whenever the library has N documents (by
default 750, 1,500, 3,000 and 6,000), storing and searching are measured by the processor's clock, so that a busy
machine is no matter; opening it is timed in turn with opening one known document.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from alliance_tui.documents import read
from alliance_tui.documents.loader import expand_paths
from alliance_tui.library.ingestion.source_file import SourceFile
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import (
    Agreement,
    Analysis,
    Document,
    Domain,
    Entity,
    EntityType,
    Kind,
    Mention,
    Strength,
    record_id,
)
from tests.benchmarks.library_search import measure_openings

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,3}")
_PROMISE = re.compile(r"(?<=[.!?] )[A-Z][^.!?\n]{20,200}? (will) [^.!?\n]{10,200}")
_MAX_ENTITIES, _MAX_AGREEMENTS = 60, 6
_WORD = re.compile(r"\b[a-z]{5,}\b")
_CHANGED = 0.05
_SEARCH = """
import resource, sys
from tests.benchmarks.library_search import measure_keys
from pathlib import Path
measure_keys(Path(sys.argv[1]))
print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
"""


def analysis_of(document: Document) -> Analysis:
    """Return names and promises as patterns find them: as many as there are on average, not those that there are."""
    mentions: dict[str, list[Mention]] = {}
    for match in _NAME.finditer(document.text):
        if match[0] in mentions or len(mentions) < _MAX_ENTITIES:
            mentions.setdefault(match[0], []).append(Mention(document.span(*match.span())))
    types = list(EntityType)
    entities = tuple(
        Entity(f"e{number}", name, types[len(name) % len(types)], (name,), tuple(found))
        for number, (name, found) in enumerate(mentions.items())
    )
    parties = tuple(list(mentions)[:2])
    agreements = tuple(
        Agreement(
            record_id(document, Kind.AGREEMENT, document.span(*match.span())),
            Kind.AGREEMENT,
            match[0][:80],
            document.span(*match.span()),
            document.span(*match.span(1)),
            rule="pattern",
            strength=Strength.COMMITTED,
            parties=parties,
            domain=Domain.OTHER,
        )
        for match, _ in zip(_PROMISE.finditer(document.text), range(_MAX_AGREEMENTS), strict=False)
    )
    return Analysis(document, entities, agreements, "pattern", "none")


def perturbed(document: Document, round_number: int) -> Document:
    """Return the document with some words changed, and a path of its own."""
    chance = random.Random(f"{document.id}{round_number}")

    def change(match: re.Match[str]) -> str:
        return f"{match[0][:-2]}{chance.randrange(99)}r{round_number}" if chance.random() < _CHANGED else match[0]

    text = document.text if not round_number else _WORD.sub(change, document.text)
    return Document.from_text(
        text,
        title=f"{document.title} {round_number or ''}".strip(),
        path=f"/{round_number}{document.path}",
        date=document.date,
        source=document.source,
    )


def documents(folder: Path) -> Iterator[Document]:
    """Yield the folder's documents for ever, perturbed from the second round on."""
    paths = [path for path in expand_paths([folder]) if isinstance(path, Path)]
    random.Random(1).shuffle(paths)
    round_number = 0
    while True:
        for path in paths:
            yield perturbed(replace(read(path), pages=(), structure=()), round_number)
        round_number += 1


def fill(library: Library, source: Iterator[Document], count: int) -> float:
    """Add documents until there are `count`; return the milliseconds of processor time for each."""
    added = count - len(library)
    taken = 0.0
    for _ in range(added):
        analysis = analysis_of(next(source))
        before = time.process_time()
        path = Path(analysis.document.path or "")
        digest = analysis.document.sha256
        library.upsert(analysis, SourceFile(path, digest, bytes.fromhex(digest)))
        taken += time.process_time() - before
    return 1000 * taken / added


def main() -> None:
    """Measure at each number of documents."""
    parser = argparse.ArgumentParser(description="Growth of a library's costs with its number of documents.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[750, 1500, 3000, 6000])
    parser.add_argument("--library", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="openings timed at each number of documents")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = arguments.library or Path(temporary, "library.sqlite")
        source = documents(arguments.folder)
        for count in arguments.documents:
            with open_library(path) as library:
                each = fill(library, source, count)
                words = sum(document.words for document in library.documents())
            size = path.stat().st_size
            print(
                f"{count:,} documents, {words:,} words: {each:.1f} ms to store one, {size / count / 1000:.1f} kB each"
            )
            print(
                subprocess.run([sys.executable, "-c", _SEARCH, path], capture_output=True, text=True, check=True).stdout
            )
            with tempfile.TemporaryDirectory() as folder:
                measure_openings(path, Path(folder), arguments.rounds)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
