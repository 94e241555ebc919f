"""Measure linking on coded events, each held out: pairs of records that are the same undertaking.

    python -m tests.quality.evaluate.links [--own]

--own links the records that the program extracts, each taken for the coded one that it overlaps. The pairs of documents
of different dates are counted apart from those of one occasion.
"""

from __future__ import annotations

import argparse
import re

from msgspec.structs import replace

from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.linking.setting import Setting, setting_of_dates
from alliance_tui.records import Analysis
from tests.quality.linking.events import Event, Pair, coded_events
from tests.quality.linking.scoring import Score, figures, score_coded, score_extracted
from tests.quality.linking.train import examples, fit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--own", action="store_true")
    options = parser.parse_args()
    extractor = Extractor() if options.own else None
    events, near, apart = list(coded_events()), [], []
    for event in events:
        model = fit(*examples([other for other in events if other is not event]))
        score = score_extracted(event, extracted(event, extractor), model) if extractor else score_coded(event, model)
        near.append(_of(score, event, years_apart=False))
        apart.append(_of(score, event, years_apart=True))
        print(f"{event.name:28} {figures([near[-1]])}")
    print(f"{'of one occasion':28} {figures(near)}")
    print(f"{'years apart':28} {figures(apart)}")


def _of(score: Score, event: Event, *, years_apart: bool) -> Score:
    """The pairs of documents of one occasion, or those of documents that are years apart."""
    kinds = score.right, score.extra, score.missed
    return Score(*(frozenset(pair for pair in pairs if _apart(event, pair) is years_apart) for pairs in kinds))


def _apart(event: Event, pair: Pair) -> bool:
    one, other = (event.documents[name].document.date for name, _ in pair)
    return setting_of_dates(one, other) is Setting.YEARS_APART


def extracted(event: Event, extractor: Extractor) -> dict[str, Analysis]:
    """The analyses of an event's documents; those without a date are of the month in its name."""
    month = re.search(r"\d{4}-\d{2}$", event.name)
    date = f"{month[0]}-15" if month else None
    documents = {name: each.document for name, each in event.documents.items()}
    return {name: extractor.analyse(replace(each, date=each.date or date)) for name, each in documents.items()}


if __name__ == "__main__":
    main()
