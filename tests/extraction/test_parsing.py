"""Reading segments with spaCy: the words stand where they stand in the text, whatever its layout."""

from __future__ import annotations

import pytest
from spacy.language import Language

from alliance_tui.errors import ModelError
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, load, parse

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def passages(nlp: Language, text: str) -> list[Passage]:
    return list(parse(nlp, text, segment(text)))


def test_tokens_stand_at_the_offset_of_their_passage(nlp: Language) -> None:
    text = "A Short Title\n\n- Joint Patrols: Kenya will add two patrols.\n- Kenya\nwill lend a ship."
    for passage in passages(nlp, text):
        for token in passage.doc:
            place = passage.offset + token.idx
            assert text[place : place + len(token)].replace("\n", " ") == token.text


def test_headings_are_not_read(nlp: Language) -> None:
    text = "A Short Title\n\nKenya will lend a ship to its neighbours this spring."
    assert [passage.doc.text for passage in passages(nlp, text)] == [text.splitlines()[2]]


def test_a_line_break_within_a_paragraph_is_a_space(nlp: Language) -> None:
    (passage,) = passages(nlp, "Kenya will lend a ship to its\nneighbours.")
    assert passage.doc.text == "Kenya will lend a ship to its neighbours."
    assert len(list(passage.doc.sents)) == 1


@pytest.mark.parametrize("glued", ["Kenyafollowing", "Kenyaand", "Kenyawill"])
def test_a_glued_name_is_a_word_again(nlp: Language, glued: str) -> None:
    text = f"They opened an office in {glued} a visit by the minister."
    (passage,) = passages(nlp, text)
    assert "Kenya" in [token.text for token in passage.doc]
    assert passage.doc.text == text


@pytest.mark.parametrize("word", ["Omanis", "Chinatown", "Germanic", "Iranian", "Icelanders"])
def test_a_word_that_begins_like_a_name_is_left_whole(nlp: Language, word: str) -> None:
    (passage,) = passages(nlp, f"The {word} met them there, and all agreed to meet again.")
    assert word in [token.text for token in passage.doc]


def test_marks_of_notes_are_read_as_space(nlp: Language) -> None:
    text = "Kenya will lend a ship.[3] Norway will fund[12] two roads. The fee [2] stays."
    (passage,) = passages(nlp, text)
    assert next(sentence.text.strip() for sentence in passage.doc.sents) == "Kenya will lend a ship."
    assert passage.doc.text == text.replace("[3]", "   ").replace("[12]", "    ")


def test_what_needs_no_parse_has_its_names_all_the_same(nlp: Language) -> None:
    text = "President Ruto spoke in Nairobi.\nKenya will lend a ship to Uganda."
    read = list(parse(nlp, text, segment(text), lambda part: "will" in text[part.body : part.end]))
    assert [passage.parsed for passage in read] == [False, True]
    assert "Nairobi" in [entity.text for entity in read[0].doc.ents]
    assert [entity.text for entity in read[0].doc.ents] == [entity.text for entity in nlp(text.splitlines()[0]).ents]
    assert not read[0].doc.has_annotation("DEP")
    assert len(list(read[0].doc.sents)) == 1


def test_a_pipeline_that_is_not_installed_is_told() -> None:
    with pytest.raises(ModelError, match="install it, or name another"):
        load("no_such_pipeline")
