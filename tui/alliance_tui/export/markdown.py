"""Markdown (CommonMark): a report that can be read, sent and edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from alliance_tui.export.labels import by_type, facts, one_line, other_forms
from alliance_tui.records import Agreement, Analysis, Document, Kind

_HEADINGS = {
    Kind.AGREEMENT: "Agreements",
    Kind.DECLARATORY: "Declaratory phrases",
    Kind.PACKAGE: "Packages",
}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^-])")


def markdown(analyses: Iterable[Analysis]) -> Iterator[str]:
    """A section for each document: its records with quote and facts, then the entities by type."""
    for analysis in analyses:
        yield "".join(f"{line}\n" for line in _document(analysis))


def escaped(text: str) -> str:
    """The text on one line, with every character that Markdown could take for its own escaped."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def _document(analysis: Analysis) -> Iterator[str]:
    document = analysis.document
    yield f"# {escaped(document.title)}"
    yield ""
    known = [document.date, document.kind, document.source, document.path]
    if any(known):
        yield " · ".join(escaped(part) for part in known if part)
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
    yield f"{number}. **{escaped(agreement.title)}**"
    yield ""
    yield f"{indent}> {escaped(agreement.evidence.quote)}"
    yield ""
    for label, value in facts(document, agreement):
        yield f"{indent}- {label}: {escaped(value)}"
    yield ""


def _entities(analysis: Analysis) -> Iterator[str]:
    if not analysis.entities:
        return
    yield "## Entities"
    yield ""
    yield "| entity | type | mentions | also |"
    yield "| --- | --- | ---: | --- |"
    for entity in by_type(analysis):
        others = ", ".join(other_forms(entity))
        yield f"| {escaped(entity.name)} | {entity.type.value} | {len(entity.mentions)} | {escaped(others)} |"
    yield ""
