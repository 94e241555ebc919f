"""Whether a word that stands in the text is ever outshone: 1,000 words of a real archive, searched as they stand.

No typo may stand above a hit that is spelt as asked, and fewer than 2% of the words lit as typos may lie more than
two edits away. Run: python -m tests.quality.search.exact
"""

from __future__ import annotations

import random
import sys

from rapidfuzz.distance import OSA

from alliance_tui.search.engine import search
from alliance_tui.search.folding import fold
from alliance_tui.search.index import SearchIndex
from alliance_tui.search.matches import How
from tests.quality.search.corpus import SEED, shared, texts


def outshone(index: SearchIndex, words: list[str]) -> tuple[list[str], int, int]:
    """The words above whose own hits a typo stands; the typo hits; those of them more than two edits away."""
    text = index.text.strings[0]
    bad: list[str] = []
    typos = far = 0
    for word in words:
        hits = search(index, word).text
        exact = [hit.score for hit in hits if fold(text[hit.start : hit.end]) == word and hit.how is not How.TYPO]
        others = [hit for hit in hits if hit.how is How.TYPO]
        typos += len(others)
        far += sum(OSA.distance(word, fold(text[hit.start : hit.end])) > 2 for hit in others)
        if not exact or any(hit.score >= min(exact) for hit in others):
            bad.append(word)
    return bad, typos, far


def main() -> None:
    folder = shared()
    if not folder:
        sys.exit("the archive is not here: set ALLIANCE_SHARED to its folder")
    index = SearchIndex.of("\n".join(texts(next((folder / "corpus").glob("*.tar.gz")), 200)), None)
    words = random.Random(SEED).sample(sorted(index.text.vocabulary), 1_000)
    bad, typos, far = outshone(index, words)
    print(f"{len(words)} words that occur: {len(bad)} outshone by a typo; {typos} typo hits, {far} over two edits away")


if __name__ == "__main__":
    main()
