"""Texts read by the real pipeline, for the tests of entities."""

from __future__ import annotations

from spacy.language import Language

from alliance_tui.extraction.entities import EntityTable, find_entities
from alliance_tui.extraction.parsing import Passage, parse
from alliance_tui.extraction.segments import segment
from alliance_tui.records import Document


def read(nlp: Language, text: str, title: str = "test") -> EntityTable:
    """The entities of a document with this text and title."""
    return read_with_passages(nlp, text, title)[0]


def read_with_passages(nlp: Language, text: str, title: str = "test") -> tuple[EntityTable, list[Passage]]:
    """The same, and its passages, in which words can be looked up."""
    passages = list(parse(nlp, text, segment(text)))
    return find_entities(Document.of(text, title=title), passages), passages
