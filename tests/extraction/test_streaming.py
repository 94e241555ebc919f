"""Analysing a document at once and while it streams: the same records."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliance_tui.documents import seed_document
from alliance_tui.extraction import pipeline
from alliance_tui.extraction.events import Finished, Partial
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Document

TESTS = Path(__file__).parents[1]
REFERENCE = sorted((TESTS / "extraction" / "reference").glob("*.txt"))
CORPORA = TESTS / "quality" / "corpora"
WRITTEN = sorted([*(CORPORA / "train-written").glob("*.txt"), *(CORPORA / "dev-written").glob("*.txt")])[::3]

pytestmark = pytest.mark.model


def document(path: Path) -> Document:
    text = path.read_text("utf-8")
    return Document.from_text(text, title=text.partition("\n")[0], date="2031-06-04")


def assert_streams_what_it_analyses(extractor: Extractor, document: Document) -> int:
    """Check the last event of the stream; return the number of partial results before it."""
    *events, last = extractor.stream(document)
    assert isinstance(last, Finished)
    assert last.analysis == extractor.analyse(document)
    return sum(isinstance(event, Partial) for event in events)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_stream_ends_with_the_analysis(extractor: Extractor, path: Path) -> None:
    assert_streams_what_it_analyses(extractor, document(path))


def test_the_stream_of_the_seed_ends_with_its_analysis(extractor: Extractor) -> None:
    assert assert_streams_what_it_analyses(extractor, seed_document()) > 0


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: path.stem)
def test_a_partial_result_after_each_passage_changes_nothing(
    extractor: Extractor, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_FIRST_PARTIAL", 0)
    monkeypatch.setattr(pipeline, "_PAUSE_FACTOR", 0.0)
    assert assert_streams_what_it_analyses(extractor, document(path)) > 3
