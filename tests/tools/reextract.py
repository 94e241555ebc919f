"""Judge documents, edit them at random, extract them again by another model, and see what became of the judgements.

    python -m tests.tools.reextract [DOCUMENTS [SEED]]       by default 100 documents of the shared corpus

Documents are extracted with the encoder, their records judged and some corrected. Each is extracted again without the
encoder, as it is and after up to 40 random edits. The exit status is 1 if a judgement is on other words, has another
value, or is gone without being listed as lost.
"""

from __future__ import annotations

import random
import sys
from functools import lru_cache

from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document
from tests.support.judged_documents import Outcome, judge_all, outcome
from tests.support.random_edits import EditedText, edit
from tests.support.shared_folder import require_shared_folder

_LENGTH = 12_000
"""Characters of each document, to the end of a line."""


def run(documents: int, chance: random.Random) -> tuple[Outcome, Outcome, int]:
    """Return what became of the judgements in unchanged and in edited texts, and how many records were judged."""
    texts = [path.read_text() for path in sorted(require_shared_folder().glob("corpus/*.txt"))]
    texts = [text[: text.rfind("\n", 0, _LENGTH) + 1] for text in texts]
    chance.shuffle(texts)
    first, second = Extractor(), Extractor(quick=True)
    extract = lru_cache(None)(lambda number: _analyse(first, texts[number]))
    again = lru_cache(None)(lambda number: _analyse(second, texts[number]))
    unchanged = changed = Outcome()
    judged = 0
    for number in range(documents):
        analysis: Analysis = extract(number % len(texts))
        entries = judge_all(analysis, chance)
        judged += len(analysis.agreements)
        text = analysis.document.text
        unchanged += outcome(analysis, entries, EditedText(text, tuple(range(len(text)))), again(number % len(texts)))
        edited = edit(text, chance, chance.randint(1, 40))
        changed += outcome(analysis, entries, edited, _analyse(second, edited.text))
    return unchanged, changed, judged


def _analyse(extractor: Extractor, text: str) -> Analysis:
    return extractor.analyse(Document.from_text(text, title="A document", path="document.txt", date="2024-01-01"))


def main() -> int:
    """Print what became of the judgements; return the exit status."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    unchanged, changed, judged = run(documents, random.Random(seed))
    for name, each in (("the same text", unchanged), ("edited texts", changed)):
        print(f"{name}: {judged} records judged, all words left of {each.intact}, found {each.found}")
        print("".join(f"  {fault}\n" for fault in each.faults), end="")
    return int(bool(unchanged.faults or changed.faults or unchanged.found < unchanged.intact))


if __name__ == "__main__":
    sys.exit(main())
