"""A document and its records as plain lines, for screen readers, printers and pagers."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.export.labels import by_type, counted, facts, one_line, other_forms
from alliance_tui.records import Analysis, Kind


def plain(analysis: Analysis) -> Iterator[str]:
    """The lines: title, text, then the records in reading order, then the entities by type."""
    document = analysis.document
    yield document.title
    if document.date:
        yield document.date
    yield ""
    yield from document.text.split("\n")
    yield ""
    undertakings = [agreement for agreement in analysis.agreements if agreement.kind is Kind.AGREEMENT]
    yield f"Agreements: {len(undertakings)}"
    for number, agreement in enumerate(undertakings, 1):
        yield ""
        yield f"{number}. {one_line(agreement.title)}"
        yield f"   “{one_line(agreement.evidence.quote)}”"
        for label, value in facts(document, agreement):
            yield f"   {label}: {value}"
    yield ""
    yield f"Entities: {len(analysis.entities)}"
    for entity in by_type(analysis):
        others = ", ".join(other_forms(entity))
        also = f" (also {others})" if others else ""
        yield f"{entity.type.value}: {one_line(entity.name + also)}, {counted(len(entity.mentions), 'mention')}"
