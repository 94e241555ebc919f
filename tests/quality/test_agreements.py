"""Documents written and coded for this project: an article like the seed with other names, and a small fact sheet.

The bounds leave room for a doubtful record or two; tests.quality.evaluate.agreements shows what is missed and extra.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from alliance_tui.extraction.pipeline import Extractor
from tests.quality.evaluate.agreements import FIXTURES, MANNERS, lines, output, text_of
from tests.quality.evaluate.scoring import Comparison, figures

BOUNDS = {"P": 0.8, "R": 0.8, "overlap": 0.75, "strength": 0.9, "parties": 0.9, "deadline": 0.9}
CODINGS = sorted(FIXTURES.glob("*.records.jsonl"))
MANNERED = sorted(MANNERS.glob("*.records.jsonl"))
TOGETHER = {"P": 0.82, "R": 0.72, "overlap": 0.85, "strength": 0.9, "parties": 0.68, "deadline": 0.88}
"""Bounds of the texts in the manner of other governments, all together: each alone has few records."""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize("coding", [*CODINGS, *MANNERED], ids=lambda path: path.name.split(".")[0])
def test_codings_quote_their_documents(coding: Path) -> None:
    text = text_of(coding).read_text("utf-8")
    for record in lines(coding):
        assert text[record["start"] : record["end"]] == record["quote"]
        assert record["start"] <= record["anchor_start"] < record["anchor_end"] <= record["end"]


@pytest.mark.model
@pytest.mark.parametrize("coding", CODINGS, ids=lambda path: path.name.split(".")[0])
def test_documents_never_met_are_coded_like_those_that_were(extractor: Extractor, coding: Path) -> None:
    found = output(extractor, text_of(coding))
    reached = figures(Comparison(found["agreements"], lines(coding)).counts())
    short = {name: round(reached[name], 2) for name, bound in BOUNDS.items() if reached[name] < bound}
    assert short == {}


@pytest.mark.model
def test_other_governments_are_coded_well_though_nothing_is_learnt_of_these_texts(extractor: Extractor) -> None:
    counts: Counter[str] = Counter()
    for coding in MANNERED:
        found = output(extractor, text_of(coding))
        counts.update(Comparison(found["agreements"], lines(coding)).counts())
    reached = figures(counts)
    assert {name: round(reached[name], 2) for name, bound in TOGETHER.items() if reached[name] < bound} == {}
