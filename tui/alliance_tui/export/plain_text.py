"""A document and its records as plain lines, for screen readers, printers and pagers."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.export.labels import collapse_whitespace, count_noun, entities_by_type, labelled_fields, other_forms
from alliance_tui.records import Analysis, Kind


def to_plain_lines(analysis: Analysis) -> Iterator[str]:
    """Yield the lines: title, text, records in reading order, entities by type."""
    document = analysis.document
    yield document.title
    if document.date:
        yield document.date
    yield ""
    yield from document.text.split("\n")
    yield ""
    agreements = [agreement for agreement in analysis.agreements if agreement.kind is Kind.AGREEMENT]
    yield f"Agreements: {len(agreements)}"
    for number, agreement in enumerate(agreements, 1):
        yield ""
        yield f"{number}. {collapse_whitespace(agreement.title)}"
        yield f"   “{collapse_whitespace(agreement.evidence.quote)}”"
        for label, value in labelled_fields(document, agreement):
            yield f"   {label}: {value}"
    yield ""
    yield f"Entities: {len(analysis.entities)}"
    for entity in entities_by_type(analysis):
        aliases = ", ".join(other_forms(entity))
        names = collapse_whitespace(f"{entity.name} (also {aliases})" if aliases else entity.name)
        yield f"{entity.type.value}: {names}, {count_noun(len(entity.mentions), 'mention')}"
