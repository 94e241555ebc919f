"""Measure the entities found in the documents whose entities are annotated: surface forms, types and aliases.

    python -m tests.quality.evaluate.entities [SET...]

SETs are names of data_sets.py; without one, all test sets, and the gold set where it is present.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from alliance_tui.export.json_values import analysis_to_json
from alliance_tui.extraction.pipeline import Extractor
from tests.quality.data_sets import Record, annotated_documents
from tests.quality.evaluate.agreements import default_sets
from tests.quality.evaluate.scoring import entity_figures, line


def main() -> None:
    extractor = Extractor()
    groups: dict[str, list[tuple[list[Record], list[Record]]]] = defaultdict(list)
    for annotated in annotated_documents(sys.argv[1:] or default_sets()):
        if annotated.entities is not None:
            predicted = analysis_to_json(extractor.analyse(annotated.document))["entities"]
            groups[annotated.data_set].append((predicted, annotated.entities))
            print(line(annotated.name, entity_figures(groups[annotated.data_set][-1:])), flush=True)
    for name, documents in groups.items():
        print(line(f"{name}, {len(documents)} documents", entity_figures(documents)))


if __name__ == "__main__":
    main()
