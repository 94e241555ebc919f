"""Analyses as a Markdown report (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from alliance_tui.export.labels import (
    collapse_whitespace,
    entities_by_type,
    labelled_fields,
    other_forms,
    review_fields,
)
from alliance_tui.export.provenance import provenance_line
from alliance_tui.records import Agreement, Analysis, Document, Kind
from alliance_tui.review.record_changes import RecordReview
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

_HEADINGS = {
    Kind.AGREEMENT: "Agreements",
    Kind.DECLARATORY: "Declaratory phrases",
    Kind.PACKAGE: "Packages",
}
_SPECIAL_CHARACTERS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^-])")


def to_markdown(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield a section for each document: its records with quote and fields, its entities by type, its provenance."""
    for reviewed in documents:
        yield "".join(f"{line}\n" for line in _document(reviewed))


def escape_markdown(text: str) -> str:
    """Return the text on one line, with all characters escaped that have a meaning in Markdown."""
    return _SPECIAL_CHARACTERS.sub(r"\\\1", collapse_whitespace(text))


def _document(reviewed: ReviewedAnalysis) -> Iterator[str]:
    analysis = reviewed.analysis
    document = analysis.document
    yield f"# {escape_markdown(document.title)}"
    yield ""
    metadata = [document.date, document.kind, document.source, document.path]
    if any(metadata):
        yield " · ".join(escape_markdown(part) for part in metadata if part)
        yield ""
    for kind, heading in _HEADINGS.items():
        records = [agreement for agreement in analysis.agreements if agreement.kind is kind]
        if records:
            yield f"## {heading}"
            yield ""
            for number, agreement in enumerate(records, 1):
                yield from _record(document, number, agreement, reviewed.reviews.get(agreement.id))
    yield from _entities(analysis)
    yield escape_markdown(provenance_line(reviewed))
    yield ""


def _record(document: Document, number: int, agreement: Agreement, review: RecordReview | None) -> Iterator[str]:
    indent = " " * len(f"{number}. ")
    yield f"{number}. **{escape_markdown(agreement.title)}**"
    yield ""
    yield f"{indent}> {escape_markdown(agreement.evidence.quote)}"
    yield ""
    for label, value in labelled_fields(document, agreement):
        yield f"{indent}- {label}: {escape_markdown(value)}"
    for label, value in review_fields(review):
        yield f"{indent}- {label}: {escape_markdown(value)}"
    yield ""


def _entities(analysis: Analysis) -> Iterator[str]:
    if not analysis.entities:
        return
    yield "## Entities"
    yield ""
    yield "| entity | type | mentions | also |"
    yield "| --- | --- | ---: | --- |"
    for entity in entities_by_type(analysis):
        name, aliases = escape_markdown(entity.name), escape_markdown(", ".join(other_forms(entity)))
        yield f"| {name} | {entity.type.value} | {len(entity.mentions)} | {aliases} |"
    yield ""
