"""Measure the agreements found in annotated documents: a line a document, a line a set, and what is wrong.

    python -m tests.quality.evaluate.agreements [SET...] [--name WORD]... [--missed] [--fields]

SETs are names of data_sets.py; without one, all sets of development and test, and the gold set where it is present.
--name keeps the documents whose name holds a WORD. --missed lists the agreements missed and extra, each with the rule
that made it, --fields the fields that differ.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

from alliance_tui.export.json_values import analysis_to_json
from alliance_tui.extraction.pipeline import Extractor
from tests.quality import data_sets
from tests.quality.data_sets import Record, annotated_documents
from tests.quality.evaluate.scoring import Comparison, figures, line
from tests.support.shared_folder import shared_folder

KINDS = {
    "calls and gaggles": ("background", "gaggle", "press-call"),
    "press conferences": ("remarks",),
    "readouts": ("readout",),
    "fact sheets": ("fact-sheet", "high-level-security-dialogue"),
    "statements and communiqués": ("",),
}
"""Kinds of document by what the names of excerpts contain, the first that fits."""


def kind_of(name: str) -> str:
    """The kind of document that the name of an excerpt says."""
    return next(kind for kind, marks in KINDS.items() if any(mark in name for mark in marks))


def default_sets() -> tuple[str, ...]:
    """The sets on which the extraction is measured: those that are present, without the training sets."""
    measured = (*data_sets.DEVELOPMENT, *data_sets.TEST)
    return (*measured, data_sets.GOLD) if shared_folder() else measured


def main() -> None:
    options = _options()
    extractor = Extractor()
    groups: dict[str, list[Comparison]] = defaultdict(list)
    for annotated in annotated_documents(options.sets or default_sets(), options.name):
        analysis = analysis_to_json(extractor.analyse(annotated.document))
        comparison = Comparison(analysis["agreements"], annotated.records)
        print(line(annotated.name, figures([comparison])), flush=True)
        if options.missed:
            _print_missed(comparison, annotated.document.text)
        if options.fields:
            _print_fields(comparison, annotated.document.text)
        groups[annotated.data_set].append(comparison)
        if annotated.data_set in data_sets.TEST_EXCERPTS:
            groups[f"excerpts: {kind_of(annotated.name)}"].append(comparison)
    for name, comparisons in groups.items():
        print(line(name, figures(comparisons)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(data_sets.ALL))
    parser.add_argument("--name", action="append", default=[], metavar="WORD")
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--fields", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.sets) - set(data_sets.ALL):
        parser.error(f"no such set: {', '.join(sorted(unknown))}")
    return options


def _print_missed(comparison: Comparison, text: str) -> None:
    for record in comparison.missed:
        print(f"  missed  {record['strength']:9} {_quote(record, text)}")
    for record in comparison.extra:
        print(f"  extra   {record['strength']:9} [{record['rule']}] {_quote(record, text)}")


def _print_fields(comparison: Comparison, text: str) -> None:
    for field, predicted, gold in comparison.differences():
        print(f"  {field:9} {predicted.get(field)} for {gold.get(field)}  {_quote(gold, text)}")


def _quote(record: Record, text: str) -> str:
    return " ".join(text[record["start"] : record["end"]].split())[:150]


if __name__ == "__main__":
    main()
