"""The cached attribute ruler: it assigns tokens what the pipeline's own ruler assigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.language import Language

from alliance_tui.documents import seed_document
from alliance_tui.extraction.fingerprint import model_name
from alliance_tui.extraction.nlp.cached_attribute_ruler import install_cached_ruler
from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline

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
def spacy_pipeline() -> Language:
    return spacy.load(model_name(None) or "")


def attributes(docs: list[Doc]) -> list[list[tuple[str, str, str]]]:
    return [[(word.pos_, str(word.morph), word.lemma_) for word in doc] for doc in docs]


def test_tokens_have_the_attributes_that_the_pipelines_own_ruler_assigns(spacy_pipeline: Language) -> None:
    lines = [line for line in seed_document().text.splitlines() if line.strip()] + SPOKEN
    cached = load_pipeline()
    for _ in range(2):  # first without the cache, then with it
        assert attributes(list(cached.pipe(lines))) == attributes(list(spacy_pipeline.pipe(lines)))


def installed(patterns: list[list[dict[str, Any]]], attributes: dict[str, str]) -> list[str]:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add(patterns, attributes)  # type: ignore[attr-defined]
    install_cached_ruler(nlp)
    return nlp.pipe_names


@pytest.mark.parametrize(
    "pattern",
    [[{"ENT_TYPE": "GPE"}], [{"LOWER": {"FUZZY": "shipp"}}], [{"LOWER": "ship", "OP": "+"}]],
)
def test_a_ruler_that_tests_other_attributes_is_kept(pattern: list[dict[str, Any]]) -> None:
    assert installed([pattern], {"POS": "NOUN"}) == ["attribute_ruler"]


def test_a_ruler_that_assigns_other_attributes_is_kept() -> None:
    assert installed([[{"LOWER": "ship"}]], {"TAG": "NN"}) == ["attribute_ruler"]


def test_a_ruler_of_single_tokens_is_replaced() -> None:
    assert installed([[{"LOWER": "ship"}]], {"POS": "NOUN"}) == ["cached_attribute_ruler"]


def test_a_pipeline_without_a_ruler_is_left_unchanged() -> None:
    nlp = spacy.blank("en")
    install_cached_ruler(nlp)
    assert nlp.pipe_names == []
