"""Measure how often a name as the press misspells it finds the right name first, among several hundred names.

    python -m tests.quality.search.press_names

All names of the files are entities of one document, in a sentence each. Each spelling is searched; recall is the share
of which the first match is the right name, precision the share of those that match anything. The rules were mended
after the first file was tried, never after the others. The negatives are pairs of different names, of which a search
for one must not find the other.
"""

from __future__ import annotations

from pathlib import Path

from alliance_tui.records import Analysis, Document, Entity, EntityType, Mention
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.matches import MatchType

DATA = Path(__file__).parent / "data"
DEV, TEST, FURTHER, OTHERS = "press_names_dev.tsv", "press_names_test.tsv", "press_names_further.tsv", "other_names.tsv"

Pair = tuple[str, str]


def pairs(name: str) -> list[Pair]:
    """The pairs of a file of the folder."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(first, second) for line in lines if not line.startswith("#") for first, second in [line.split("\t")]]


def index_of(names: list[str]) -> SearchIndex:
    """The index of a document that mentions each name once."""
    text = "\n".join(f"The talks with {name} went on." for name in names)
    document = Document.from_text(text, title="Names")
    entities: list[Entity] = []
    end = 0
    for name in names:
        start = text.index(name, end)
        end = start + len(name)
        mention = Mention(document.span(start, end))
        entities.append(Entity(name, name, EntityType.PERSON, (name,), (mention,)))
    return SearchIndex.build(text, Analysis(document, tuple(entities), (), "rules", "model"))


def first_match(index: SearchIndex, query: str) -> str:
    """The name that matches best; "" for none."""
    entities = search(index, query, typing=False).entities
    return entities[0].record_id if entities else ""


def measure(name: str) -> tuple[float, float, list[tuple[str, str, str]]]:
    """The recall and the precision on a file, and each failure as right name, spelling and first match."""
    index = index_of(list(dict.fromkeys(right for file in (DEV, TEST, FURTHER) for right, _ in pairs(file))))
    results = [(right, spelling, first_match(index, spelling)) for right, spelling in pairs(name)]
    right_first = sum(right == found for right, _, found in results)
    found_any = sum(bool(found) for _, _, found in results)
    failures = [result for result in results if result[0] != result[2]]
    return right_first / len(results), right_first / found_any, failures


def matching_negatives() -> list[Pair]:
    """The pairs of different names of which a search for one finds the other, and not as a typing error."""
    found: list[Pair] = []
    for name, other in pairs(OTHERS):
        matches = search(index_of([name]), other, typing=False)
        if not matches.relaxation and any(match.match_type is not MatchType.TYPO for match in matches.entities):
            found.append((name, other))
    return found


def main() -> None:
    for name in (DEV, TEST, FURTHER):
        recall, precision, failures = measure(name)
        print(f"{name}: {len(pairs(name))} spellings, recall {recall:.3f}, precision {precision:.3f}")
        for right, spelling, found in failures:
            print(f"  {spelling} for {right}: {found or 'nothing'}")
    wrong = matching_negatives()
    print(f"{len(pairs(OTHERS))} pairs of different names: {len(wrong)} match")
    for name, other in wrong:
        print(f"  {other} and {name}")


if __name__ == "__main__":
    main()
