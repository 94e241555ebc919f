"""The fast recogniser: it finds the entities that spaCy's own finds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from alliance_tui.documents import seed_document
from alliance_tui.extraction.fingerprint import model_name
from alliance_tui.extraction.nlp.fast_ner import FAST_NER, install_fast_ner
from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline

pytestmark = pytest.mark.model

UNUSUAL = [
    "Kenya",
    " \t ",
    "The  Lake Victoria   Basin\xa0Commission met. Uganda",
    "Then Rosa Maria Okoth . Tanzania and \n Rwanda agreed on 14 June 2031 .",
    "Nairobi, Kampala, Dodoma, Kigali, Gitega, Juba: six capitals",
    "of of of the The OF The Of",
]


@cache
def spacy_pipeline() -> Language:
    return spacy.load(model_name(None) or "")


fast_pipeline = cache(load_pipeline)


def entities(docs: Iterable[Doc]) -> list[list[tuple[str, str, str]]]:
    """For each doc the position and type of each token (IOB scheme), and the entities."""
    return [
        [(word.ent_iob_, word.ent_type_, word.text) for word in doc] + [("entity", e.label_, e.text) for e in doc.ents]
        for doc in docs
    ]


def lines() -> list[str]:
    return [line for line in seed_document().text.splitlines() if line.strip()] + UNUSUAL


@pytest.mark.parametrize("parser", [[], ["parser"]], ids=["in sentences", "without sentences"])
def test_entities_are_those_of_the_pipelines_own_recogniser(parser: list[str]) -> None:
    found = entities(fast_pipeline().pipe(lines(), disable=parser))
    assert sum(kind == "entity" for line in found for kind, _, _ in line) > 50
    assert found == entities(spacy_pipeline().pipe(lines(), disable=parser))


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.sampled_from(["Kenya", "the", "Rosa", "Okoth", "2031", ".", " ", "of", "May", "UN", "—"]), max_size=14)
)
def test_so_they_are_for_tokens_in_any_order(words: list[str]) -> None:
    vocabulary = fast_pipeline().vocab, spacy_pipeline().vocab
    mine, spacys = (Doc(vocab, words=words) for vocab in vocabulary)
    assert entities([fast_pipeline().get_pipe(FAST_NER)(mine)]) == entities([spacy_pipeline().get_pipe("ner")(spacys)])


@settings(deadline=None, max_examples=8)
@given(st.lists(st.sampled_from(lines()), max_size=6), st.integers(1, 4))
def test_entities_do_not_depend_on_the_batch(texts: list[str], size: int) -> None:
    assert entities(fast_pipeline().pipe(texts, batch_size=size)) == entities(fast_pipeline()(text) for text in texts)


def test_a_recogniser_of_another_architecture_is_kept() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(
        "ner",
        config={
            "moves": None,
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "ner",
                "extra_state_tokens": True,
                "hidden_width": 8,
                "maxout_pieces": 2,
                "use_upper": True,
                "tok2vec": {
                    "@architectures": "spacy.HashEmbedCNN.v2",
                    "width": 8,
                    "depth": 1,
                    "embed_size": 50,
                    "window_size": 1,
                    "maxout_pieces": 2,
                    "subword_features": True,
                    "pretrained_vectors": None,
                },
            },
        },
    )
    nlp.get_pipe("ner").add_label("GPE")  # type: ignore[attr-defined]
    nlp.initialize()
    install_fast_ner(nlp)
    assert nlp.pipe_names == ["ner"]


def test_another_component_of_that_name_is_kept() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler", name="ner")
    install_fast_ner(nlp)
    assert nlp.pipe_names == ["ner"]


def test_a_pipeline_without_a_recogniser_is_left_unchanged() -> None:
    nlp: Language = spacy.blank("en")
    install_fast_ner(nlp)
    assert nlp.pipe_names == []
