"""How the extraction fares on documents on which neither its rules nor its model were made.

    python -m tests.quality.evaluate.excerpts [WORD...] [--missed]

test-excerpts-a holds codings of the beginnings of eighteen statements, fact sheets, readouts, press conferences
and a call; test-excerpts-b of eighteen others, fact sheets on home affairs and calls among them;
test-excerpts-c of eighteen more, with orders, remarks and a list of pledges. They were made after the
coding manual by one reader and read again by a second, before the program saw them, and hold offsets alone: NAME.toml
says where in the shared corpus, or in its archive, the text stands (`source`), its date, and where the coded part ends.
NAME.entities.jsonl, where there is one, codes the entities of the same part, by another reader who had seen no output.
WORDs choose documents by name, kind or set; --missed lists what is missed and extra.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from alliance_tui.export.json_values import analysis_value
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Document
from alliance_tui.training.train import Corpus, codings, document_of
from tests.quality.evaluate.agreements import CORPORA, lines, shared
from tests.quality.evaluate.scoring import Comparison, Record, figures, forms_met, found_again, shown

CODINGS = {name: CORPORA / name for name in ("test-excerpts-a", "test-excerpts-b", "test-excerpts-c")}
ARCHIVE = "wh-briefings-2021-2022.tar.gz"
KINDS = {
    "calls and gaggles": ("background", "gaggle", "press-call"),
    "press conferences": ("remarks",),
    "readouts": ("readout",),
    "fact sheets": ("fact-sheet", "high-level-security-dialogue"),
    "statements and communiqués": ("",),
}
"""By what their names hold, the first that fits."""


def excerpts(corpus: Path) -> Iterator[tuple[str, str, Document, list[Record]]]:
    """Each coded excerpt of the corpus: its set and name, its text as a document, and its coding."""
    with tempfile.TemporaryDirectory() as folder:
        for group, codes in CODINGS.items():
            for name, coding in codings(codes, Corpus(corpus / ARCHIVE, Path(folder))):
                document = document_of(coding)
                yield group, name, document, [_with_name(record, document.text) for record in coding.coded or []]


def _with_name(record: Record, text: str) -> Record:
    """The coded record with the name of its instrument, which the coding tells by where the text has it."""
    match record.get("instrument"):
        case [start, end]:
            return {**record, "instrument": text[start:end]}
    return record


def kind_of(name: str) -> str:
    """The kind of document that a name tells."""
    return next(kind for kind, marks in KINDS.items() if any(mark in name for mark in marks))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--missed", action="store_true")
    options = parser.parse_args()
    folder = shared()
    if folder is None:
        sys.exit("the shared corpus is not here: set ALLIANCE_SHARED to its folder")
    extractor = Extractor()
    totals: dict[str, Counter[str]] = {kind: Counter() for kind in (*KINDS, *CODINGS)}
    forms: Counter[str] = Counter()
    for group, name, document, coded in excerpts(folder / "corpus"):
        kind = kind_of(name)
        if options.words and not any(word in name or word in (kind, group) for word in options.words):
            continue
        found = analysis_value(extractor.analyse(document))
        comparison = Comparison(found["agreements"], coded)
        if (entities := CODINGS[group] / f"{name}.entities.jsonl").exists():
            forms += forms_met(found["entities"], lines(entities))
        print(shown(name, figures(comparison.counts())), flush=True)
        for record in (*comparison.missed, *comparison.extra) if options.missed else ():
            told = f"extra [{record['rule']}]" if "rule" in record else "missed"
            print(f"  {told} {' '.join(document.text[record['start'] : record['end']].split())[:150]}")
        for total in (totals[kind], totals[group]):
            total.update(comparison.counts())
    for kind, total in totals.items():
        print(shown(kind, figures(total)))
    print(shown("forms of entities", found_again(forms)))


if __name__ == "__main__":
    main()
