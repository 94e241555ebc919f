"""Measure how often a real misspelling ranks the right word first, and among the first three.

    python -m tests.quality.search.misspellings

The text holds the 30,000 most frequent words of a real archive, with the right words added and the wrong ones removed.
Each misspelling of five letters or more is searched as a finished word (a space follows it); distance is Levenshtein's.
Each list is split in two with a fixed seed: the weights of the edit distance were fitted on the first half (dev); the
second (test) is only reported.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import MatchType
from tests.quality.search.corpus import counted_words
from tests.support.shared_folder import ARCHIVE, require_shared_folder

LISTS = ("wikipedia-misspellings.tsv", "spell-testset1.tsv")
SHORTEST = 5
WORDS = 30_000
_DRAWN_BY = 20261123  # the seed of the halves: another would put what was fitted on into the test

Pair = tuple[str, str]


def halves(path: Path) -> tuple[list[Pair], list[Pair]]:
    """The dev and the test half of a list of (wrong, right) single words, in lower case."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    pairs = [(wrong.lower(), right.lower()) for wrong, right in lines if wrong.isalpha() and right.isalpha()]
    pairs = [(wrong, right) for wrong, right in pairs if len(right) >= SHORTEST]
    random.Random(_DRAWN_BY).shuffle(pairs)
    return pairs[: len(pairs) // 2], pairs[len(pairs) // 2 :]


def index_of(frequent: Iterable[str], pairs: Iterable[Pair]) -> SearchIndex:
    """An index of a text that holds each frequent and each right word once, and no wrong one."""
    pairs = list(pairs)
    rights = {right for _, right in pairs}
    wrongs = {wrong for wrong, _ in pairs} - rights
    return SearchIndex.build("\n".join(sorted((set(frequent) | rights) - wrongs)), None)


def ranked(index: SearchIndex, query: str) -> list[tuple[str, MatchType]]:
    """The distinct words that a query matches, each with its match type, best first."""
    text = index.text.strings[0]
    places = sorted(search(index, f"{query} ").text, key=lambda hit: -hit.score)
    words = {text[text.rfind("\n", 0, hit.start) + 1 : _line_end(text, hit.end)]: hit.match_type for hit in places}
    return list(words.items())


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


class Score:
    """Counts by distance: pairs, right words ranked first and in the first three; counts of typos, near and far."""

    def __init__(self) -> None:
        self.asked: Counter[int] = Counter()
        self.first: Counter[int] = Counter()
        self.three: Counter[int] = Counter()
        self.typos = self.far = 0

    def add(self, index: SearchIndex, wrong: str, right: str) -> None:
        distance = Levenshtein.distance(wrong, right)
        matched = ranked(index, wrong)
        words = [word for word, _ in matched]
        self.asked[distance] += 1
        self.first[distance] += words[:1] == [right]
        self.three[distance] += right in words[:3]
        typos = [word for word, how in matched if how is MatchType.TYPO]
        self.typos += len(typos)
        self.far += sum(Levenshtein.distance(wrong, word) > 2 for word in typos)

    def rates(self, distance: int) -> tuple[float, float]:
        """The share of the pairs at this distance whose right word ranks first, and among the first three."""
        asked = max(1, self.asked[distance])
        return self.first[distance] / asked, self.three[distance] / asked

    def __str__(self) -> str:
        parts = [
            f"distance {d}: {self.asked[d]} pairs, first {self.rates(d)[0]:.3f}, within three {self.rates(d)[1]:.3f}"
            for d in (1, 2)
        ]
        return "; ".join([*parts, f"{self.far} of {self.typos} typo words over two edits away"])


def score(index: SearchIndex, pairs: Iterable[Pair]) -> Score:
    """The score of these misspellings."""
    total = Score()
    for wrong, right in pairs:
        if len(wrong) >= SHORTEST:
            total.add(index, wrong, right)
    return total


def main() -> None:
    folder = require_shared_folder()
    lists = {name: halves(folder / "search-quality" / name) for name in LISTS}
    both = [pair for pair_halves in lists.values() for half in pair_halves for pair in half]
    counted = counted_words(folder / ARCHIVE)
    index = index_of((word for word, _ in counted.most_common(WORDS)), both)
    print(f"{len(index.vocabulary):,} words")
    for half, part in enumerate(("dev", "test")):
        for name in LISTS:
            print(f"{part} {name}: {score(index, lists[name][half])}")
        print(f"{part} both: {score(index, [pair for name in LISTS for pair in lists[name][half]])}")


if __name__ == "__main__":
    main()
