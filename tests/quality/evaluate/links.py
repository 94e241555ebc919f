"""Measure linking on coded events, each held out: pairs of records that are the same undertaking.

    python -m tests.quality.evaluate.links [--own]

--own links the records that the program extracts, each taken for the coded one that it overlaps.
"""

from __future__ import annotations

import argparse
import re

from msgspec.structs import replace

from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis
from tests.quality.linking.events import Event, coded_events
from tests.quality.linking.scoring import figures, score_coded, score_extracted
from tests.quality.linking.train import examples, fit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--own", action="store_true")
    options = parser.parse_args()
    extractor = Extractor() if options.own else None
    events, scores = list(coded_events()), []
    for event in events:
        model = fit(*examples([other for other in events if other is not event]))
        score = score_extracted(event, extracted(event, extractor), model) if extractor else score_coded(event, model)
        scores.append(score)
        print(f"{event.name:24} {figures([score])}")
    print(f"{'all':24} {figures(scores)}")


def extracted(event: Event, extractor: Extractor) -> dict[str, Analysis]:
    """The analyses of an event's documents, which are dated by the month in its name."""
    month = re.search(r"\d{4}-\d{2}$", event.name)
    date = f"{month[0]}-15" if month else None
    return {name: extractor.analyse(replace(each.document, date=date)) for name, each in event.documents.items()}


if __name__ == "__main__":
    main()
