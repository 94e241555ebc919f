"""Measure how often a correctly spelt word that does not occur in a document matches another word that does.

    python -m tests.quality.search.false_positives

Each document of the gold set is searched for 500 words of the others, drawn with a fixed seed: a reader who types
"billion" does not mean "million". Other inflections and the British or American spelling of the word are right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.search.engine import search
from alliance_tui.search.indexing.folding import fold
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.lookup.dictionary import is_same_word
from alliance_tui.search.matches import MatchType
from tests.quality.search.corpus import SEED, annotated_analysis, annotated_texts
from tests.support.shared_folder import require_shared_folder

SHORTEST = 4
EACH = 500


def false_positives(texts: list[Path]) -> tuple[int, list[tuple[str, str]]]:
    """The count of words searched, and those wrongly matched, each as (query word, matched word)."""
    chance = random.Random(SEED)
    indexes = [SearchIndex.build(analysis.document.text, analysis) for analysis in map(annotated_analysis, texts)]
    known = sorted({word for index in indexes for word in index.text.vocabulary if len(word) >= SHORTEST})
    asked = 0
    wrong: list[tuple[str, str]] = []
    for index in indexes:
        absent = [word for word in known if word.isalpha() and word not in index.vocabulary]
        for word in chance.sample(absent, EACH):
            asked += 1
            wrong += ((word, matched) for matched in sorted(_mistaken(index, word)))
    return asked, wrong


def _mistaken(index: SearchIndex, word: str) -> Iterator[str]:
    text = index.text.strings[0]
    typos = {fold(text[h.start : h.end]) for h in search(index, f"{word} ").text if h.match_type is MatchType.TYPO}
    return (matched for matched in typos if not is_same_word(word, matched))


def main() -> None:
    folder = require_shared_folder()
    asked, wrong = false_positives(annotated_texts(folder / "gold"))
    print(f"{asked} words that do not occur: {len({word for word, _ in wrong})} match another word")
    for word, matched in wrong:
        print(f"  {word} matches {matched}")


if __name__ == "__main__":
    main()
