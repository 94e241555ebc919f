"""Repairs of parses: what they correct, and that nothing changes a parse after them."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from alliance_tui.extraction.component_names import PARSER, SPANS
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load_pipeline, parse_segments
from alliance_tui.extraction.pipeline import load_components

REFERENCE = sorted((Path(__file__).parents[1] / "reference").glob("*.txt"))

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def parsed(nlp: Language, text: str) -> list[Passage]:
    return list(parse_segments(nlp, text, segment(text)))


def trees(passages: list[Passage]) -> list[list[tuple[int, str, str, str, str]]]:
    """Head, relation, tag, part of speech and lemma of each token of each passage."""
    return [[(t.head.i, t.dep_, t.tag_, t.pos_, t.lemma_) for t in passage.doc] for passage in passages]


def test_a_modal_before_a_parenthesis_is_an_auxiliary_of_the_verb_after_it(nlp: Language) -> None:
    (passage,) = parsed(nlp, "Norway will, where appropriate and within its budget, share data on ships.")
    (verb,) = (token for token in passage.doc if token.text == "share")
    assert (verb.pos_, verb.tag_) == ("VERB", "VB")
    assert {("will", "aux"), ("Norway", "nsubj"), ("data", "dobj")} <= {(t.text, t.dep_) for t in verb.children}


def test_a_past_tense_tagged_as_a_participle_is_corrected(nlp: Language) -> None:
    for passage in parsed(nlp, "Norland and the Fund signed on Monday the pact."):
        assert [token.tag_ for token in passage.doc if token.text == "signed"] == ["VBD"]


@pytest.mark.parametrize("lead_in", ["The two countries will:", "Norway and Kenya agreed to:"])
def test_the_first_word_of_an_item_that_needs_a_verb_is_read_as_one(nlp: Language, lead_in: str) -> None:
    text = f"{lead_in}\n- Fund clinics in the north;\n- open talks on fish;\n- Support farmers.\n"
    _, *items = parsed(nlp, text)
    assert [(item.doc[0].pos_, item.doc[0].tag_) for item in items] == [("VERB", "VB")] * 3
    assert [child.text for child in items[0].doc[0].children if child.dep_ == "dobj"] == ["clinics"]


def test_an_item_with_its_own_subject_is_left_as_it_is(nlp: Language) -> None:
    _, item = parsed(nlp, "The two countries will:\n- Support for farmers will double by 2033.\n")
    assert item.doc[0].pos_ == "NOUN"


@pytest.mark.parametrize("path", REFERENCE, ids=lambda path: path.stem)
def test_nothing_changes_a_parse_after_its_repair(nlp: Language, path: Path) -> None:
    text = path.read_text("utf-8")
    passages = parsed(nlp, text)
    before = trees(passages)
    components = load_components(exclude=(PARSER, SPANS))
    doc = components.make_doc(text)
    doc._.passages, doc._.read_to = passages, len(text)
    assert components(doc)._.agreements
    assert trees(passages) == before


@pytest.mark.parametrize(
    "text",
    [
        "We do everything that we will, use every means that we have to bring them home.",
        "still recommending that states, where they would, mandate vaccines.",
        "But we will, of course, be responding, as you noted.",
    ],
)
def test_a_modal_before_a_comma_leaves_a_connected_tree(nlp: Language, text: str) -> None:
    tokens = [token for passage in parsed(nlp, text) for token in passage.doc]
    assert all(token == token.sent.root or token.sent.root in token.ancestors for token in tokens)
