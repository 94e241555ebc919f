"""Measure in how many items of fact sheets a record is found, among the items that hold a gold agreement.

    python -m tests.quality.evaluate.headings [WORD...]

The authors of fact sheets set their items off by headings and bullets: `corpus/NAME.gold.jsonl` of the shared folder
has their spans. Where the document is not annotated (`.nohead.`: the same text without its headings) every item counts.
WORDs choose documents by name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from alliance_tui import documents
from alliance_tui.export.json_values import analysis_to_json
from alliance_tui.extraction.pipeline import Extractor
from tests.quality.data_sets import Record, read_lines
from tests.support.shared_folder import require_shared_folder


def contains(item: Record, start: int, end: int) -> bool:
    """Whether a span lies in an item, give or take one character."""
    return bool(start >= item["start"] - 1 and end <= item["end"] + 1)


def items_found(items: Sequence[Record], gold: Sequence[Record] | None, predicted: Sequence[Record]) -> tuple[int, int]:
    """The counts of the items that have a predicted agreement, and of those that should have one."""
    if gold is not None:
        triggers = [
            (record["anchor_start"], record["anchor_end"])
            for record in gold
            if record["kind"] == "agreement" and not record.get("optional")
        ]
        items = [item for item in items if any(contains(item, *trigger) for trigger in triggers)]
    spans = [(record["start"], record["end"]) for record in predicted if record["kind"] == "agreement"]
    return sum(any(contains(item, *span) for span in spans) for item in items), len(items)


def main() -> None:
    shared = require_shared_folder()
    extractor = Extractor()
    for path in sorted((shared / "corpus").glob("*.gold.jsonl")):
        name = path.name.removesuffix(".gold.jsonl")
        gold = shared / "gold" / f"{name}.records.jsonl"
        if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
            continue
        predicted = analysis_to_json(extractor.analyse(documents.read(_text(path, name))))["agreements"]
        found, due = items_found(read_lines(path), read_lines(gold) if gold.exists() else None, predicted)
        print(f"{name:45} {found:3} of {due:3} items", flush=True)


def _text(items: Path, name: str) -> Path:
    return items.with_name(f"{name}.txt")


if __name__ == "__main__":
    main()
