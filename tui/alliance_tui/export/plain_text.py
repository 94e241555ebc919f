"""A document and its records as plain lines, for screen readers, printers and pagers."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.documents.publication_date import find_publication_date
from alliance_tui.export.labels import collapse_whitespace, count_noun, entities_by_type, labelled_fields, other_forms
from alliance_tui.records import Analysis, Document, Kind

_OPENING_LINES = 12
_OPENING_CHARACTERS = 5_000


def to_plain_lines(analysis: Analysis) -> Iterator[str]:
    """Yield the lines: title and date where the text does not open with them, text, records, entities by type."""
    document = analysis.document
    heading = _heading(document)
    if heading:
        yield from (*heading, "")
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


def _heading(document: Document) -> list[str]:
    """Return the title and the date, each unless it is among the first lines of the text."""
    opening = [collapse_whitespace(line.lstrip("# ")) for line in document.text[:_OPENING_CHARACTERS].split("\n")]
    title = [] if document.title in list(filter(None, opening))[:_OPENING_LINES] else [document.title]
    is_dated = find_publication_date(document.text) == document.date
    return title if document.date is None or is_dated else [*title, document.date]
