"""Passages: segments parsed by spaCy, their tokens at their offsets in the document."""

from __future__ import annotations

import pytest
from spacy.language import Language

from alliance_tui.errors import ModelError
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load_pipeline, parse_segments

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def passages(nlp: Language, text: str) -> list[Passage]:
    return list(parse_segments(nlp, text, segment(text)))


def test_tokens_are_at_the_offset_of_their_passage(nlp: Language) -> None:
    text = "A Short Title\n\n- Joint Patrols: Kenya will add two patrols.\n- Kenya\nwill lend a ship."
    for passage in passages(nlp, text):
        for token in passage.doc:
            start = passage.offset + token.idx
            assert text[start : start + len(token)].replace("\n", " ") == token.text


def test_headings_are_no_passages(nlp: Language) -> None:
    text = "A Short Title\n\nKenya will lend a ship to its neighbours this spring."
    assert [passage.doc.text for passage in passages(nlp, text)] == [text.splitlines()[2]]


def test_a_line_break_within_a_paragraph_is_a_space(nlp: Language) -> None:
    (passage,) = passages(nlp, "Kenya will lend a ship to its\nneighbours.")
    assert passage.doc.text == "Kenya will lend a ship to its neighbours."
    assert len(list(passage.doc.sents)) == 1


@pytest.mark.parametrize("glued", ["Kenyafollowing", "Kenyaand", "Kenyawill"])
def test_a_glued_name_is_a_token_of_its_own(nlp: Language, glued: str) -> None:
    text = f"They opened an office in {glued} a visit by the minister."
    (passage,) = passages(nlp, text)
    assert "Kenya" in [token.text for token in passage.doc]
    assert passage.doc.text == text


@pytest.mark.parametrize("word", ["Omanis", "Chinatown", "Germanic", "Iranian", "Icelanders"])
def test_a_word_that_begins_like_a_name_is_left_whole(nlp: Language, word: str) -> None:
    (passage,) = passages(nlp, f"The {word} met them there, and all agreed to meet again.")
    assert word in [token.text for token in passage.doc]


def test_note_marks_are_read_as_spaces(nlp: Language) -> None:
    text = "Kenya will lend a ship.[3] Norway will fund[12] two roads. The fee [2] stays."
    (passage,) = passages(nlp, text)
    assert next(sentence.text.strip() for sentence in passage.doc.sents) == "Kenya will lend a ship."
    assert passage.doc.text == text.replace("[3]", "   ").replace("[12]", "    ")


def test_a_segment_that_needs_no_parse_has_its_entities(nlp: Language) -> None:
    text = "President Ruto spoke in Nairobi.\nKenya will lend a ship to Uganda."
    read = list(parse_segments(nlp, text, segment(text), lambda part: "will" in text[part.body : part.end]))
    assert [passage.parsed for passage in read] == [False, True]
    assert "Nairobi" in [entity.text for entity in read[0].doc.ents]
    assert [entity.text for entity in read[0].doc.ents] == [entity.text for entity in nlp(text.splitlines()[0]).ents]
    assert not read[0].doc.has_annotation("DEP")
    assert len(list(read[0].doc.sents)) == 1


def test_a_missing_pipeline_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="install it, or name another"):
        load_pipeline("no_such_pipeline")
