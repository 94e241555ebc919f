"""The extraction pipeline: its events, and the same analysis for the same text."""

from __future__ import annotations

import pytest

from alliance_tui.errors import ModelError
from alliance_tui.extraction import limits
from alliance_tui.extraction.encoder.model_file import EncoderModel
from alliance_tui.extraction.events import Finished, Partial, Progress
from alliance_tui.extraction.fingerprint import extractor_version
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document
from tests.tools.reference_records import FOLDER

TEXT = """Joint Statement of Japan and Italy
2031-05-02

Prime Minister Aiko Tanaka of Japan and Prime Minister Carlo Bruni of Italy met in Rome today.

Japan and Italy will establish a joint working group on undersea cables by the end of the year.
The two leaders agreed to sign an agreement on the exchange of patrol ships worth $40 million.
The weather in Rome was fine.
"""
DOCUMENT = Document.from_text(TEXT, title="Statement", date="2031-05-02")
LONG = Document.from_text(TEXT * 12, title="Long statement", date="2031-05-02")

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def analysis(extractor: Extractor) -> Analysis:
    return extractor.analyse(DOCUMENT)


def test_agreements_have_their_deadline_and_amount(analysis: Analysis) -> None:
    group = next(a for a in analysis.agreements if "working group" in a.evidence.quote)
    assert group.deadline is not None
    assert (group.deadline.edtf, group.deadline.latest) == ("2031", "2031-12-31")
    assert set(group.parties) == {"Japan", "Italy"}
    ships = next(a for a in analysis.agreements if "patrol ships" in a.evidence.quote)
    assert [(amount.value, amount.unit) for amount in ships.amounts] == [(4e7, "USD")]


def test_what_is_not_sure_enough_is_possible(extractor: Extractor) -> None:
    text = (FOLDER / "decision.txt").read_text("utf-8")
    analysis = extractor.analyse(Document.from_text(text, title="Statement", date="2031-05-02"))
    assert analysis.possible
    surest = max(record.confidence or 0 for record in analysis.possible)
    assert 0 < surest < min(record.confidence for record in analysis.agreements if record.confidence)
    assert all(text[r.evidence.start : r.evidence.end] == r.evidence.quote and r.title for r in analysis.possible)
    assert {r.evidence for r in analysis.possible}.isdisjoint(r.evidence for r in analysis.agreements)


def test_a_quick_extraction_never_asks_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EncoderModel, "outputs", None)
    analysis = Extractor(quick=True).analyse(DOCUMENT)
    assert any("working group" in record.evidence.quote for record in analysis.agreements)
    assert analysis.extractor == extractor_version(quick=True)


def test_titles_hold_no_evidence(analysis: Analysis) -> None:
    assert min(agreement.evidence.start for agreement in analysis.agreements) > TEXT.index("Prime Minister")


def test_progress_grows_and_partial_results_come_before_the_end(extractor: Extractor) -> None:
    events = list(extractor.stream(LONG))
    done = [event.done for event in events if isinstance(event, Progress)]
    assert done == sorted(done)
    assert done[-1] == len(LONG.text)
    partial = [event for event in events if isinstance(event, Partial)]
    assert partial
    assert partial[0].agreements
    assert isinstance(events[-1], Finished)


def test_progress_through_a_long_text_is_reported_after_it_is_read(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STEP_CHARACTERS", len(LONG.text) // 4)
    steps: list[Progress] = []
    for event in extractor.stream(LONG, steps.append):
        assert isinstance(event, Finished) or not steps
    assert {(step.stage, step.total) for step in steps} == {("finding agreements", len(LONG.text))}
    assert len(steps) >= 3 and all(0 < step.done <= step.total for step in steps)


def test_a_partial_result_is_of_the_text_read_so_far(extractor: Extractor) -> None:
    paragraph = "Kenya and Norway agreed to open a school in Bergen by 2030. Kenya will send ten teachers to it.\n\n"
    text = paragraph * 60 + "Portugal thanked them for all of it."
    done = 0
    for event in extractor.stream(Document.from_text(text, title="test")):
        match event:
            case Progress():
                done = event.done
            case Partial():
                found = [m.span for e in event.entities for m in e.mentions] + [a.evidence for a in event.agreements]
                assert max(span.end for span in found) <= done
                assert "Portugal" in text[:done] or all(entity.name != "Portugal" for entity in event.entities)


def test_the_same_text_gives_the_same_analysis(extractor: Extractor, analysis: Analysis) -> None:
    assert extractor.analyse(DOCUMENT) == analysis
    assert Extractor().analyse(DOCUMENT) == analysis


@pytest.mark.parametrize("text", ["", " \n \n", "x", "###", "- \n-\n", "\u00a0", "“", "Q  ", "will " * 400, "1. 2. 3."])
def test_degenerate_texts_are_analysed(extractor: Extractor, text: str) -> None:
    assert extractor.analyse(Document.from_text(text, title="degenerate")).document.text == text


def test_hard_wrapped_text_gives_the_records_of_the_same_text_unwrapped(extractor: Extractor) -> None:
    unwrapped = (
        "Prime Minister Aiko Tanaka of Japan and Prime Minister Carlo Bruni of Italy met in Rome today. Japan and "
        "Italy will establish a joint working group on undersea cables by the end of the year."
    )
    wrapped = (
        unwrapped.replace("Bruni of", "Bruni\nof")
        .replace("Italy will", "Italy\nwill")
        .replace("cables by", "cables\nby")
    )
    found = [
        [" ".join(a.evidence.quote.split()) for a in extractor.analyse(Document.from_text(text, title="t")).agreements]
        for text in (unwrapped, wrapped)
    ]
    assert found[0] == found[1]


def test_a_missing_pipeline_is_an_error() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        Extractor("no_such_pipeline").analyse(DOCUMENT)
