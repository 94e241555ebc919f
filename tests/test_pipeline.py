"""The extraction as a spaCy pipeline for other programs."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from alliance_tui import pipeline
from alliance_tui.extraction.component_names import COMPONENTS
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Document

pytestmark = pytest.mark.model

TEXT = """Joint Statement of Chile and Kenya

Chile will lend Kenya two tugs by the end of the year. Kenya values its old ties with Chile.
The two sides will open a school for divers in Lamu.
"""
DOCUMENT = Document.from_text(TEXT, title="Statement", date="2031-05-02")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def test_every_component_has_what_it_needs(nlp: Language) -> None:
    analysis = nlp.analyze_pipes(keys=["assigns", "requires"]) or {}
    assert nlp.pipe_names == list(COMPONENTS)
    assert not any(analysis["problems"].values())


def test_agreements_and_entities_are_spans_with_their_records(nlp: Language) -> None:
    doc = nlp(TEXT)
    agreements = list(doc.spans["agreements"])
    assert [span.text for span in agreements][:1] == ["Chile will lend Kenya two tugs by the end of the year"]
    assert [span.label_ for span in agreements] == [record.kind.value for record in doc._.agreements]
    assert [span._.record for span in agreements] == list(doc._.agreements)
    assert [span.text for span in doc.spans["triggers"]] == [record.trigger.quote for record in doc._.agreements]
    assert {(span.text, span.label_) for span in doc.spans["entities"]} >= {("Chile", "state"), ("Kenya", "state")}


def test_it_gives_the_records_of_the_extractor(nlp: Language, extractor: Extractor) -> None:
    doc = nlp(pipeline.make_doc(nlp, DOCUMENT))
    analysis = extractor.analyse(DOCUMENT)
    assert (doc._.entities.entities, doc._.agreements) == (analysis.entities, analysis.agreements)
    assert doc._.agreements[0].deadline is not None and doc._.agreements[0].deadline.edtf == "2031"


def test_a_component_can_be_replaced() -> None:
    @Language.component("nothing_is_agreed")
    def nothing_is_agreed(doc: Doc) -> Doc:
        doc._.decisions = [None] * len(doc._.candidates)
        return doc

    nlp = pipeline.load(exclude=["alliance_spans"])
    nlp.add_pipe("nothing_is_agreed", after="alliance_classifier")
    assert nlp(TEXT)._.agreements == ()
