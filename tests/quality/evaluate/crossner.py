"""Measure named entity recognition on CrossNER's politics sentences, by four coarse types.

    python -m tests.quality.evaluate.crossner [FILE]

Prints precision, recall and F1 of exact spans, for spaCy's model alone and for the merged entities. FILE holds a token
and its tag a line, with a blank line between sentences (default: crossner-politics-dev.txt of the shared folder).
Z. Liu et al., "CrossNER: Evaluating cross-domain named entity recognition", AAAI 2021.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.extraction.layout.segments import Segment, SegmentKind
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load_pipeline
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.records import Document
from tests.support.shared_folder import require_shared_folder

Span = tuple[int, int, str]

GOLD = {
    "person": "person",
    "politician": "person",
    "organisation": "organisation",
    "politicalparty": "organisation",
    "location": "location",
    "country": "location",
    "event": "event",
    "election": "event",
}
MODEL = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "location",
    "LOC": "location",
    "FAC": "location",
    "EVENT": "event",
}
MERGED = {
    "person": "person",
    "organisation": "organisation",
    "body": "organisation",
    "unit": "organisation",
    "state": "location",
    "place": "location",
    "event": "event",
}


def default_file() -> Path:
    """The development sentences of the shared folder."""
    return require_shared_folder() / "ner" / "crossner-politics-dev.txt"


def sentences(path: Path) -> Iterator[tuple[str, set[Span]]]:
    """Each sentence, its tokens joined by spaces, with its gold spans."""
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line.strip()]
        if rows:
            yield " ".join(row[0] for row in rows), _gold_spans(rows)


def _gold_spans(rows: list[list[str]]) -> set[Span]:
    spans: list[Span] = []
    at = 0
    for token, tag in rows:
        kind = GOLD.get(tag[2:])
        if kind and tag.startswith("I-") and spans and spans[-1][1] == at - 1:
            spans[-1] = (spans[-1][0], at + len(token), spans[-1][2])
        elif kind:
            spans.append((at, at + len(token), kind))
        at += len(token) + 1
    return set(spans)


def _bare(start: int, end: int, text: str, kind: str) -> Span:
    """A span without the article before it and the possessive after it, which the annotation leaves out."""
    for article in ("the ", "The "):
        if text[start:end].startswith(article):
            start += len(article)
    for ending in (" 's", "'s", " '"):
        if text[start:end].endswith(ending):
            end -= len(ending)
    return start, end, kind


def compare(path: Path) -> dict[str, dict[str, Counter[str]]]:
    """True positives, false positives and misses by type, of the model alone and of the merged entities."""
    nlp = load_pipeline()
    counts: dict[str, dict[str, Counter[str]]] = {"model": {}, "merged": {}}
    for text, gold in sentences(path):
        doc = nlp(text)
        passage = Passage(Segment(SegmentKind.PARAGRAPH, 0, len(text), 0), doc)
        table = find_entities(Document.from_text(text, title=""), [passage])
        model = {_bare(e.start_char, e.end_char, text, MODEL[e.label_]) for e in doc.ents if e.label_ in MODEL}
        merged = {
            _bare(m.span.start, m.span.end, text, MERGED[e.type])
            for e in table.entities
            if e.type in MERGED
            for m in e.mentions
        }
        for name, found in (("model", model), ("merged", merged)):
            for kind in set(GOLD.values()):
                predicted, annotated = ({s for s in spans if s[2] == kind} for spans in (found, gold))
                counts[name].setdefault(kind, Counter()).update(
                    hit=len(predicted & annotated),
                    false=len(predicted - annotated),
                    missed=len(annotated - predicted),
                )
    return counts


def figures(counts: Counter[str]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision = counts["hit"] / max(1, counts["hit"] + counts["false"])
    recall = counts["hit"] / max(1, counts["hit"] + counts["missed"])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main(argv: list[str]) -> int:
    """Print the table."""
    path = Path(argv[1]) if len(argv) > 1 else default_file()
    if not path.exists():
        print(f"no sentences to measure on: {path} is missing", file=sys.stderr)
        return 1
    for name, by_kind in compare(path).items():
        rows = {**dict(sorted(by_kind.items())), "all": sum(by_kind.values(), Counter[str]())}
        for kind, counts in rows.items():
            precision, recall, f1 = figures(counts)
            annotated = counts["hit"] + counts["missed"]
            print(f"{name:7} {kind:13} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {annotated}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
