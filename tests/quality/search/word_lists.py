"""Make the search's lists of English words and names (search/lookup/data) from SCOWL's lists.

    python -m tests.quality.search.word_lists /usr/share/dict/scowl

SCOWL comes with Linux distributions (Debian: scowl). The lists take lower-case words in English, American and British
spelling up to size 40 and names up to size 50, of four letters or more and without an apostrophe: rarer words are more
likely typed by mistake than meant.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.lookup.dictionary import SHORTEST_LISTED

SPELLINGS = ("english", "american", "british", "british_z")
LARGEST = {"words": 40, "upper": 50, "proper-names": 50}
TARGET = Path(__file__).parents[3] / "tui/alliance_tui/search/lookup/data"


def taken(folder: Path, *kinds: str) -> set[str]:
    """The folded words of SCOWL's lists of these kinds in a folder."""
    found: set[str] = set()
    for path in folder.iterdir():
        name, _, size = path.name.rpartition(".")
        spelling, _, kind = name.partition("-")
        if spelling in SPELLINGS and kind in kinds and int(size) <= LARGEST[kind]:
            found.update(fold(word) for word in path.read_text(encoding="latin-1").splitlines() if "'" not in word)
    return {word for word in found if len(word) >= SHORTEST_LISTED and word.isascii() and word.isalpha()}


def write(name: str, words: set[str]) -> None:
    """Write a list, a line a word."""
    (TARGET / name).write_text("".join(f"{word}\n" for word in sorted(words)), encoding="ascii")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    words = taken(folder, "words")
    write("words.txt", words)
    write("names.txt", taken(folder, "upper", "proper-names") - words)
