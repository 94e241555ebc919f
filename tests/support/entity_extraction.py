"""Texts read by the real pipeline, for the tests of entities."""

from __future__ import annotations

from spacy.language import Language

from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, parse_segments
from alliance_tui.extraction.parties.entity_table import EntityTable, find_entities
from alliance_tui.records import Document


def read(nlp: Language, text: str, title: str = "test") -> EntityTable:
    """Return the entities of a document with this text and title."""
    return read_with_passages(nlp, text, title)[0]


def read_with_passages(nlp: Language, text: str, title: str = "test") -> tuple[EntityTable, list[Passage]]:
    """Return the entities of a document and its parsed passages."""
    passages = list(parse_segments(nlp, text, segment(text)))
    return find_entities(Document.from_text(text, title=title), passages), passages
