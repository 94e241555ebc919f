"""Random queries to a document and to a library, with their completions."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from alliance_tui.library.search.engine import LibrarySearch
from alliance_tui.library.store import open_library
from alliance_tui.search.completion import document_completions
from alliance_tui.search.engine import search
from alliance_tui.search.filter_fields import FilterField
from tests.faults.libraries import make_library
from tests.faults.surface import Surface
from tests.support.hostile_text import ATTACKS
from tests.support.sample_index import INDEX, TEXT

QUERIES = 200
"""Queries of one attempt."""
MAX_SECONDS = 5.0
"""Processor time of one query."""
_OPERATORS = ("|", "!", '"', "'", "^", "$", ":", "<", ">=", "..", "-", "(", ")", " ", "  ", "*", "“")
_WORDS = (*TEXT.split(), "radar", "norland", "japan", "2021..2022", "committed", "100", "3bn", "2027-05")


def random_query(chance: random.Random) -> str:
    """Return words, fields, operators and characters of any kind."""
    return "".join(_piece(chance) for _ in range(chance.choice((1, 3, 8, 30)))) * chance.choice((1, 1, 1, 20))


def _piece(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.3:
        return chance.choice(_WORDS)
    if kind < 0.5:
        return f"{chance.choice(list(FilterField))}:"
    if kind < 0.8:
        return chance.choice(_OPERATORS)
    if kind < 0.9:
        return chance.choice(list(ATTACKS.values()))
    return chr(chance.randrange(0x110000))


def _ask_document(query: str) -> None:
    end = 0
    for match in search(INDEX, query).text:
        assert end <= match.start < match.end <= len(TEXT)
        end = match.end
    document_completions(INDEX, query, len(query))


def _ask_library(engine: LibrarySearch, query: str) -> None:
    for results in engine.search(query):
        for hit in results.hits[:2]:
            engine.preview(hit.document, query)
    engine.completer.complete(query, len(query))


def ask(chance: random.Random, folder: Path) -> Iterator[str]:
    """Ask a document and a library random queries."""
    with open_library(make_library(folder, 5)) as library:
        engines: dict[str, Callable[[str], None]] = {
            "document": _ask_document,
            "library": partial(_ask_library, LibrarySearch(library)),
        }
        for _ in range(QUERIES):
            query, name = random_query(chance), chance.choice(list(engines))
            begun = time.process_time()
            try:
                engines[name](query)
            except Exception as error:
                yield f"{name}: {query!r} raises {error!r}"
            if (seconds := time.process_time() - begun) > MAX_SECONDS:
                yield f"{name}: {query!r} takes {seconds:.1f} s"


ASKED = Surface("queries", ask, "queries", QUERIES, short_attempts=1)
