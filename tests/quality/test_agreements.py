"""Bounds on the extraction of agreements from documents that the model does not learn from.

The bounds leave room for a doubtful record or two; tests.quality.evaluate.agreements lists what is missed and extra.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from alliance_tui.export.json_values import analysis_to_json
from alliance_tui.extraction.pipeline import Extractor
from tests.quality.data_sets import CORPORA, DEVELOPMENT, AnnotatedDocument, annotated_documents, read_lines
from tests.quality.evaluate.scoring import Comparison, figures

BOUNDS = {"P": 0.8, "R": 0.8, "overlap": 0.75, "strength": 0.9, "parties": 0.9, "deadline": 0.9}
POOLED_BOUNDS = {"P": 0.82, "R": 0.72, "overlap": 0.85, "strength": 0.9, "parties": 0.68, "deadline": 0.88}
"""For the texts in the manner of other governments, pooled: each alone has few records."""


def _text_of(annotation: Path) -> Path:
    return annotation.with_name(annotation.name.replace(".records.jsonl", ".txt"))


WITH_TEXTS = sorted(path for path in CORPORA.glob("*/*.records.jsonl") if _text_of(path).exists())


def below(bounds: dict[str, float], extractor: Extractor, documents: Sequence[AnnotatedDocument]) -> dict[str, float]:
    """The figures over these documents that do not reach their bounds."""
    comparisons = []
    for annotated in documents:
        analysis = analysis_to_json(extractor.analyse(annotated.document))
        comparisons.append(Comparison(analysis["agreements"], annotated.records))
    reached = figures(comparisons)
    return {name: round(reached[name], 2) for name, bound in bounds.items() if reached[name] < bound}


@pytest.mark.parametrize("annotation", WITH_TEXTS, ids=lambda path: f"{path.parent.name}/{path.name.split('.')[0]}")
def test_annotations_quote_their_documents(annotation: Path) -> None:
    text = _text_of(annotation).read_text("utf-8")
    for record in read_lines(annotation):
        assert text[record["start"] : record["end"]] == record["quote"]
        assert record["start"] <= record["anchor_start"] < record["anchor_end"] <= record["end"]


@pytest.mark.model
@pytest.mark.parametrize("name", ["state-visit-article", "summit-fact-sheet"])
def test_documents_of_the_development_set_reach_the_bounds(extractor: Extractor, name: str) -> None:
    documents = list(annotated_documents(DEVELOPMENT, [name]))
    assert len(documents) == 1
    assert below(BOUNDS, extractor, documents) == {}


@pytest.mark.model
def test_texts_in_the_manner_of_other_governments_reach_the_bounds(extractor: Extractor) -> None:
    documents = list(annotated_documents(["test-other-governments"]))
    assert len(documents) > 20
    assert below(POOLED_BOUNDS, extractor, documents) == {}
