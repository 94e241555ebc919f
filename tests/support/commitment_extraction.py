"""Commitments of short texts, extracted with the real spaCy model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import LocatedCandidate, Modality
from alliance_tui.extraction.commitments.generation.located_candidates import locate_candidates
from alliance_tui.extraction.component_names import PARSER
from alliance_tui.extraction.layout.segments import Segment, segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, parse_segments
from alliance_tui.records import Agreement, Document, Domain, Kind
from tests.support.shared_extractor import shared_extractor

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

DATE = "2031-05-20"
"""The date of every document."""


def records_in(text: str) -> tuple[Agreement, ...]:
    """Return the records of a document with this text."""
    return shared_extractor().analyse(Document.from_text(text, title="test", date=DATE)).agreements


def agreements_in(text: str) -> list[Agreement]:
    """Return the records of kind agreement."""
    return [record for record in records_in(text) if record.kind is Kind.AGREEMENT]


def only_agreement_in(text: str) -> Agreement:
    """Return the agreement of a text with exactly one."""
    (record,) = agreements_in(text)
    return record


def quotes_in(text: str) -> list[str]:
    """Return the evidence of each agreement."""
    return [record.evidence.quote for record in agreements_in(text)]


def parse(text: str) -> tuple[list[Segment], list[Passage]]:
    """Return the segments of a text, and their parses."""
    segments = segment(text)
    return segments, list(parse_segments(_spacy_pipeline(), text, segments))


def _spacy_pipeline() -> Language:
    return shared_extractor().nlp.get_pipe(PARSER).base  # type: ignore[attr-defined, no-any-return]


def token_in(text: str, word: str) -> Token:
    """Return the first token with this form."""
    _, passages = parse(text)
    return next(token for passage in passages for token in passage.doc if token.text == word)


def candidates_in(text: str) -> list[LocatedCandidate]:
    """Return all candidates, before they are classified."""
    return locate_candidates(*parse(text), DATE)


def triggers_in(text: str) -> list[str]:
    """Return the trigger of each candidate."""
    return [located.candidate.trigger.text for located in candidates_in(text)]


def modality_in(text: str) -> list[frozenset[Modality]]:
    """Return the modality of each candidate."""
    return [located.candidate.modality for located in candidates_in(text)]


def make_agreement(
    document: Document, quote: str, domain: Domain | None, *, section: str | None = None, trigger: str = ""
) -> Agreement:
    """Return an agreement of Chile with this quote, whose trigger is the quote unless it is given."""
    start = document.text.index(quote)
    evidence = document.span(start, start + len(quote))
    trigger_start = start + quote.index(trigger)
    trigger_span = document.span(trigger_start, trigger_start + len(trigger)) if trigger else evidence
    return Agreement(
        f"a{start}",
        Kind.AGREEMENT,
        quote,
        evidence,
        trigger_span,
        "rule",
        domain=domain,
        section=section,
        parties=("Chile",),
    )
