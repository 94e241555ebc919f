"""Measure in which share of news sentences of each event class an agreement is found.

    python -m tests.quality.evaluate.events [CLASS...] [--show]

Reads `events/news-sentences.tsv` of the shared folder; the classes are PLOVER's. AGREE should mostly give an agreement,
ACCUSE, REJECT, ASSAULT and PROTEST should not. --show prints the sentences of the CLASSes and what is found in them.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict

from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Agreement, Document, Kind
from tests.support.shared_folder import require_shared_folder

REFUSED = ("ACCUSE", "REJECT", "ASSAULT", "PROTEST")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("classes", nargs="*", metavar="CLASS")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    folder = require_shared_folder()
    extractor = Extractor()
    hits: dict[str, list[bool]] = defaultdict(list)
    with (folder / "events" / "news-sentences.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if options.classes and row["class"] not in options.classes:
                continue
            found = _agreements(extractor, row["sentence"])
            hits[row["class"]].append(bool(found))
            if options.show:
                print(f"{row['class']:10} {row['sentence']}")
                for record in found:
                    print(f"           {record.strength} [{record.rule}] {record.evidence.quote}")
    for name, answers in sorted(hits.items()):
        print(_line(name, answers))
    refused = [answer for name in REFUSED for answer in hits[name]]
    if refused:
        print(_line("+".join(REFUSED), refused))


def _agreements(extractor: Extractor, sentence: str) -> list[Agreement]:
    analysis = extractor.analyse(Document.from_text(sentence, title="news sentence", date="2018-01-01", kind="news"))
    return [record for record in analysis.agreements if record.kind is Kind.AGREEMENT]


def _line(name: str, answers: list[bool]) -> str:
    return f"{sum(answers):4} of {len(answers):4}  {sum(answers) / len(answers):5.0%}  {name}"


if __name__ == "__main__":
    main()
