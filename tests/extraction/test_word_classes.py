"""The ruler that remembers: what it gives to words is what the pipeline's own ruler gives to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.language import Language

from alliance_tui.documents import seed_document
from alliance_tui.extraction.fingerprint import model_name
from alliance_tui.extraction.nlp.cached_attribute_ruler import remember
from alliance_tui.extraction.nlp.spacy_pipeline import load

if TYPE_CHECKING:
    from spacy.tokens import Doc

pytestmark = pytest.mark.model

SPOKEN = [
    "Let's go, he said, but we ain't gonna tell y'all.",
    "It's what they've got: nothin' there  that I can't do.",
    "That it has is known. What they had, we have.",
    "There are two ships which the navies got in May.",
]


@pytest.fixture(scope="module")
def own() -> Language:
    return spacy.load(model_name(None) or "")


def given(docs: list[Doc]) -> list[list[tuple[str, str, str]]]:
    return [[(word.pos_, str(word.morph), word.lemma_) for word in doc] for doc in docs]


def test_words_have_the_classes_and_lemmas_that_the_pipelines_own_ruler_gives(own: Language) -> None:
    lines = [line for line in seed_document().text.splitlines() if line.strip()] + SPOKEN
    remembering = load()
    for _ in range(2):  # what is new to it, then what is known
        assert given(list(remembering.pipe(lines))) == given(list(own.pipe(lines)))


def after_remembering(patterns: list[list[dict[str, Any]]], given: dict[str, str]) -> list[str]:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add(patterns, given)  # type: ignore[attr-defined]
    remember(nlp)
    return nlp.pipe_names


@pytest.mark.parametrize(
    "pattern",
    [[{"ENT_TYPE": "GPE"}], [{"LOWER": {"FUZZY": "shipp"}}], [{"LOWER": "ship", "OP": "+"}]],
)
def test_a_pipeline_whose_ruler_looks_at_more_keeps_it(pattern: list[dict[str, Any]]) -> None:
    assert after_remembering([pattern], {"POS": "NOUN"}) == ["attribute_ruler"]


def test_a_pipeline_whose_ruler_gives_more_keeps_it() -> None:
    assert after_remembering([[{"LOWER": "ship"}]], {"TAG": "NN"}) == ["attribute_ruler"]


def test_a_ruler_of_single_words_is_replaced() -> None:
    assert after_remembering([[{"LOWER": "ship"}]], {"POS": "NOUN"}) == ["remembering_attribute_ruler"]


def test_a_pipeline_without_a_ruler_is_left_as_it_is() -> None:
    nlp = spacy.blank("en")
    remember(nlp)
    assert nlp.pipe_names == []
