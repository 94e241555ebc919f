"""Measure how often a one-letter typing error in the name of an entity ranks that entity first.

    python -m tests.quality.search.names

Every name of five letters or more in the gold set is searched among the entities of its document, with letters dropped,
doubled, swapped, inserted and replaced, drawn with a fixed seed. Errors that make another entity's name are left out.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.records import Analysis
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.search_index import SearchIndex
from tests.quality.search.corpus import SEED, annotated_analysis, annotated_texts
from tests.support.shared_folder import require_shared_folder

SHORTEST = 5


def typos(name: str, count: int, chance: random.Random) -> Iterator[str]:
    """Random one-letter typing errors in a name."""
    letters = [at for at, letter in enumerate(name) if letter.isalpha()]
    pairs = [at for at in letters if name[at + 1 : at + 2].isalpha() and name[at] != name[at + 1]]
    for _ in range(count):
        at = chance.choice(letters)
        kind = chance.choice(("drop", "double", "swap", "insert", "replace"))
        if kind == "swap" and pairs:
            at = chance.choice(pairs)
            yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        elif kind == "drop":
            yield name[:at] + name[at + 1 :]
        elif kind == "double":
            yield name[: at + 1] + name[at:]
        elif kind == "insert":
            yield name[:at] + chance.choice(string.ascii_lowercase) + name[at:]
        else:
            others = string.ascii_lowercase.replace(name[at].lower(), "")
            yield name[:at] + chance.choice(others) + name[at + 1 :]


def misses(analysis: Analysis, each: int, chance: random.Random) -> tuple[int, list[tuple[str, str]]]:
    """The count of errors tried, and those that did not rank their entity first, each as (error, name)."""
    index = SearchIndex.build(analysis.document.text, analysis)
    names = {fold(form): entity.id for entity in analysis.entities for form in (*entity.forms, entity.name)}
    tried = 0
    missed: list[tuple[str, str]] = []
    for entity in analysis.entities:
        if sum(map(str.isalpha, entity.name)) < SHORTEST:
            continue
        for typo in typos(entity.name, each, chance):
            if fold(typo) in names:
                continue
            tried += 1
            found = search(index, typo).entities
            if not found or found[0].record_id != entity.id:
                missed.append((typo, entity.name))
    return tried, missed


def measure(texts: list[Path], each: int) -> tuple[int, list[tuple[str, str]]]:
    """The errors tried and missed over several annotated documents, `each` a name."""
    chance = random.Random(SEED)
    results = [misses(annotated_analysis(path), each, chance) for path in texts]
    return sum(tried for tried, _ in results), [miss for _, missed in results for miss in missed]


def main() -> None:
    folder = require_shared_folder()
    tried, missed = measure(annotated_texts(folder / "gold"), each=10)
    print(f"{tried} typos in names: {1 - len(missed) / tried:.4f} rank the entity first")
    for typo, name in missed:
        print(f"  {typo} for {name}")


if __name__ == "__main__":
    main()
