"""Texts coded by one extractor with the real spaCy model, for the tests of agreements."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import LocatedCandidate
from alliance_tui.extraction.commitments.generation.located_candidates import locate_candidates
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import load_pipeline, parse_segments
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Agreement, Document, Kind

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

DATE = "2031-05-20"


@cache
def _pipeline() -> Language:
    return load_pipeline()


@cache
def _extractor() -> Extractor:
    return Extractor()


def coded(text: str) -> tuple[Agreement, ...]:
    """All records of a document of 20 May 2031 that holds this text."""
    return _extractor().analyse(Document.from_text(text, title="test", date=DATE)).agreements


def undertaken(text: str) -> list[Agreement]:
    """Its agreements alone."""
    return [record for record in coded(text) if record.kind is Kind.AGREEMENT]


def one(text: str) -> Agreement:
    """Its one agreement."""
    (record,) = undertaken(text)
    return record


def quotes(text: str) -> list[str]:
    """The evidence of each of its agreements."""
    return [record.evidence.quote for record in undertaken(text)]


def deeds(text: str) -> list[str]:
    """The anchors of all its candidates, whatever the model makes of them."""
    return [found.candidate.trigger.text for found in found_in(text)]


def notes_of(text: str) -> list[frozenset[str]]:
    """What is noted of each of its candidates."""
    return [found.candidate.modality for found in found_in(text)]


def words_of(text: str) -> list[Token]:
    """Its words, as the search for candidates leaves them."""
    segments = segment(text)
    passages = list(parse_segments(_pipeline(), text, segments))
    locate_candidates(segments, passages, DATE)
    return [word for passage in passages for word in passage.doc]


def found_in(text: str) -> list[LocatedCandidate]:
    """All its candidates in their places."""
    segments = segment(text)
    return locate_candidates(segments, list(parse_segments(_pipeline(), text, segments)), DATE)
