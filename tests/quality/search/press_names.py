"""Measure how often a name as the press misspells it finds the right name first, among several hundred names.

    python -m tests.quality.search.press_names

Recall is the share of the spellings of `data/press_names.tsv` whose first match is the right name; precision the share
of the spellings that match anything whose first match is right. The negatives are pairs of different names that must
not match.
"""

from __future__ import annotations

from pathlib import Path

from alliance_tui.search.indexing.tokenizer import folded_words
from alliance_tui.search.names.full_names import FullNames

DATA = Path(__file__).parent / "data"


def pairs(name: str) -> list[tuple[str, str]]:
    """The pairs of a file of the folder."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(first, second) for line in lines if not line.startswith("#") for first, second in [line.split("\t")]]


def first_matches(spellings: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """The right name, the spelling and the first match (a key, or "") of each pair."""
    names = FullNames([folded_words(name) for name in dict.fromkeys(name for name, _ in spellings)])
    results: list[tuple[str, str, str]] = []
    for name, spelling in spellings:
        key = "".join(folded_words(name))
        if "".join(folded_words(spelling)) == key:  # the same name without its accents or spaces
            results.append((name, spelling, key))
            continue
        matched = names.matching(folded_words(spelling))
        results.append((name, spelling, matched[0].key if matched else ""))
    return results


def matching_negatives() -> list[tuple[str, str]]:
    """The pairs of different names that match nevertheless."""
    return [
        (name, other)
        for name, other in pairs("other_names.tsv")
        if FullNames([folded_words(name)]).matching(folded_words(other))
    ]


def main() -> None:
    results = first_matches(pairs("press_names.tsv"))
    right = [result for result in results if result[2] == "".join(folded_words(result[0]))]
    found = [result for result in results if result[2]]
    print(f"{len(results)} spellings: recall {len(right) / len(results):.3f}, precision {len(right) / len(found):.3f}")
    for name, spelling, matched in results:
        if matched != "".join(folded_words(name)):
            print(f"  {spelling} for {name}: {matched or 'nothing'}")
    wrong = matching_negatives()
    print(f"{len(pairs('other_names.tsv'))} pairs of different names: {len(wrong)} match")
    for name, other in wrong:
        print(f"  {other} and {name}")


if __name__ == "__main__":
    main()
