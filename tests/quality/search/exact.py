"""Check that no typing error outranks an exact match: 1,000 words of a real archive, searched as they occur.

    python -m tests.quality.search.exact

Words with digits are left out: numbers match by worth, and never as a part of another number. Fewer than 2% of the
words matched as typing errors may be more than two edits away.
"""

from __future__ import annotations

import random

from rapidfuzz.distance import OSA

from alliance_tui.search.engine import search
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import MatchType
from tests.quality.search.corpus import SEED, texts
from tests.support.shared_folder import ARCHIVE, require_shared_folder


def outranked(index: SearchIndex, words: list[str]) -> tuple[list[str], int, int]:
    """The words outranked by a typing error, and the counts of typo matches and of those over two edits away."""
    text = index.text.strings[0]
    bad: list[str] = []
    typos = far = 0
    for word in words:
        hits = search(index, word).text
        exact = [
            hit.score
            for hit in hits
            if fold(text[hit.start : hit.end]) == word and hit.match_type is not MatchType.TYPO
        ]
        others = [hit for hit in hits if hit.match_type is MatchType.TYPO]
        typos += len(others)
        far += sum(OSA.distance(word, fold(text[hit.start : hit.end])) > 2 for hit in others)
        if not exact or any(hit.score >= min(exact) for hit in others):
            bad.append(word)
    return bad, typos, far


def words_of(index: SearchIndex) -> list[str]:
    """The words of an index without digits, sorted."""
    return sorted(word for word in index.text.vocabulary if word.isalpha())


def main() -> None:
    folder = require_shared_folder()
    index = SearchIndex.build("\n".join(texts(folder / ARCHIVE, 200)), None)
    words = random.Random(SEED).sample(words_of(index), 1_000)
    bad, typos, far = outranked(index, words)
    print(f"{len(words)} words that occur: {len(bad)} outranked by a typo; {typos} typos, {far} over two edits away")


if __name__ == "__main__":
    main()
