"""Analyses as a Markdown report (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from alliance_tui.export.labels import collapse_whitespace, entities_by_type, labelled_fields, other_forms
from alliance_tui.records import Agreement, Analysis, Document, Kind

_HEADINGS = {
    Kind.AGREEMENT: "Agreements",
    Kind.DECLARATORY: "Declaratory phrases",
    Kind.PACKAGE: "Packages",
}
_SPECIAL_CHARACTERS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^-])")


def to_markdown(analyses: Iterable[Analysis]) -> Iterator[str]:
    """Yield a section for each document: its records with quote and fields, then its entities by type."""
    for analysis in analyses:
        yield "".join(f"{line}\n" for line in _document(analysis))


def escape_markdown(text: str) -> str:
    """Return the text on one line, with all characters escaped that have a meaning in Markdown."""
    return _SPECIAL_CHARACTERS.sub(r"\\\1", collapse_whitespace(text))


def _document(analysis: Analysis) -> Iterator[str]:
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
                yield from _record(document, number, agreement)
    yield from _entities(analysis)


def _record(document: Document, number: int, agreement: Agreement) -> Iterator[str]:
    indent = " " * len(f"{number}. ")
    yield f"{number}. **{escape_markdown(agreement.title)}**"
    yield ""
    yield f"{indent}> {escape_markdown(agreement.evidence.quote)}"
    yield ""
    for label, value in labelled_fields(document, agreement):
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
