"""How often a word that is spelt rightly, but does not stand in a document, lights another word that does.

Each coded document is asked for 500 words of the others, drawn by a fixed seed: a reader who types "billion" means no
million. Other inflections and overseas spellings of the word asked for are right.
Run: python tests/quality/search.false_positives.py
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.search.engine import search
from alliance_tui.search.folding import fold
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.known_words import same_word
from alliance_tui.search.matches import How
from tests.quality.search.corpus import SEED, coded_analysis, coded_documents, shared

SHORTEST = 4
EACH = 500


def lights(texts: list[Path]) -> tuple[int, list[tuple[str, str]]]:
    """How many words were asked for, and those that lit another as a typo, each with that one."""
    chance = random.Random(SEED)
    indexes = [SearchIndex.of(analysis.document.text, analysis) for analysis in map(coded_analysis, texts)]
    known = sorted({word for index in indexes for word in index.text.vocabulary if len(word) >= SHORTEST})
    asked = 0
    lit: list[tuple[str, str]] = []
    for index in indexes:
        absent = [word for word in known if word.isalpha() and word not in index.vocabulary]
        for word in chance.sample(absent, EACH):
            asked += 1
            lit += ((word, there) for there in sorted(_mistaken(index, word)))
    return asked, lit


def _mistaken(index: SearchIndex, word: str) -> Iterator[str]:
    text = index.text.strings[0]
    typos = {fold(text[h.start : h.end]) for h in search(index, f"{word} ").text if h.how is How.TYPO}
    return (there for there in typos if not same_word(word, there))


def main() -> None:
    folder = shared()
    if not folder:
        sys.exit("the coded documents are not here: set ALLIANCE_SHARED to their folder")
    asked, lit = lights(coded_documents(folder / "gold"))
    print(f"{asked} words that do not occur: {len({word for word, _ in lit})} light another word")
    for word, there in lit:
        print(f"  {word} lights {there}")


if __name__ == "__main__":
    main()
