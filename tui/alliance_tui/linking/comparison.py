"""Comparison of documents: the undertakings that several state, those that only one states, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from alliance_tui.linking.linker import RecordRef, link_analyses, same_groups
from alliance_tui.linking.parts import PartOf, parts_of
from alliance_tui.records import Agreement, Analysis, Document, Kind


class DifferingField(StrEnum):
    """What may differ between the statements of one undertaking."""

    STRENGTH = "strength"
    DEADLINE = "deadline"
    AMOUNTS = "amounts"
    PARTIES = "parties"
    WORDS = "words"


Differences = Mapping[DifferingField, tuple[str, ...]]
"""The fields that differ, each with its value in every document, "" where a document has none."""


class ComparisonRow(Struct, frozen=True):
    """One undertaking.

    `statements` has the agreements of each document, in its order; none for a document that does not state it.
    `confidence` and `reasons` are those of the links, 1 and none for an undertaking of one statement.
    """

    statements: tuple[tuple[Agreement, ...], ...]
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    differences: Differences = {}

    @property
    def documents(self) -> tuple[int, ...]:
        """The numbers of the documents that state it, from 0."""
        return tuple(number for number, each in enumerate(self.statements) if each)

    @property
    def is_shared(self) -> bool:
        """Whether more than one document states it."""
        return len(self.documents) > 1

    def first_in(self, document: int) -> Agreement | None:
        """Return its first statement in a document."""
        return next(iter(self.statements[document]), None)


class Comparison(Struct, frozen=True):
    """The documents that are compared, and the undertakings in them in reading order (see `in_order_of`).

    `parts` has for each document what is part of another undertaking of it.
    """

    documents: tuple[Document, ...]
    rows: tuple[ComparisonRow, ...]
    parts: tuple[tuple[PartOf, ...], ...]

    def shared(self) -> tuple[ComparisonRow, ...]:
        """Return the rows of several documents."""
        return tuple(row for row in self.rows if row.is_shared)

    def only_in(self, document: int) -> tuple[ComparisonRow, ...]:
        """Return the rows of this document alone, in its order."""
        return tuple(row for row in in_order_of(self.rows, document) if row.documents == (document,))

    def listed_parts(self) -> Iterator[tuple[int, PartOf]]:
        """Yield the parts that the rows have with their wholes, each with the number of its document."""
        for number, parts in enumerate(self.parts):
            listed = {statement.id for row in self.rows for statement in row.statements[number]}
            yield from ((number, part) for part in parts if {part.whole, part.part} <= listed)


def compare(analyses: Sequence[Analysis]) -> Comparison:
    """Compare the agreements of documents, which are in the order in which they are shown."""
    parts = tuple(tuple(parts_of(analysis)) for analysis in analyses)
    groups = same_groups(link_analyses(analyses), _parts_and_wholes(analyses, parts))
    rows = [_group_row(analyses, group.members, group.confidence, group.reasons) for group in groups]
    grouped = {agreement.id for row in rows for each in row.statements for agreement in each}
    rows += [
        ComparisonRow(tuple((agreement,) if i == number else () for i in range(len(analyses))))
        for number, analysis in enumerate(analyses)
        for agreement in analysis.agreements
        if agreement.kind is Kind.AGREEMENT and agreement.id not in grouped
    ]
    return Comparison(tuple(analysis.document for analysis in analyses), tuple(in_order_of(rows, 0)), parts)


def _parts_and_wholes(
    analyses: Sequence[Analysis], parts: Sequence[Iterable[PartOf]]
) -> Iterator[tuple[RecordRef, RecordRef]]:
    """Yield each whole with its part: they are not the same undertaking, whatever they are linked with."""
    for number, (analysis, relations) in enumerate(zip(analyses, parts, strict=True)):
        refs = {each.id: RecordRef(number, position) for position, each in enumerate(analysis.agreements)}
        yield from ((refs[each.whole], refs[each.part]) for each in relations)


def in_order_of(rows: Iterable[ComparisonRow], document: int) -> list[ComparisonRow]:
    """Return the rows in the reading order of one document, then those of the others that it lacks, in theirs."""

    def key(row: ComparisonRow) -> tuple[int, int]:
        first = row.first_in(document)
        place = -1 if first else row.documents[0]
        statement = first or row.statements[row.documents[0]][0]
        return place, statement.evidence.start

    return sorted(rows, key=key)


def _group_row(
    analyses: Sequence[Analysis], members: Iterable[RecordRef], confidence: float, reasons: tuple[str, ...]
) -> ComparisonRow:
    statements: list[list[Agreement]] = [[] for _ in analyses]
    for ref in members:
        statements[ref.document].append(analyses[ref.document].agreements[ref.position])
    by_document = tuple(map(tuple, statements))
    return ComparisonRow(by_document, confidence, reasons, _differences(by_document))


def _differences(statements: Sequence[tuple[Agreement, ...]]) -> Differences:
    """Return the fields in which the documents that state the undertaking differ."""
    differing = {}
    for field in DifferingField:
        values = tuple(_value_of(field, each) for each in statements)
        stated = {value for value, each in zip(values, statements, strict=True) if each}
        if len(stated) > 1:
            differing[field] = values
    return differing


def _value_of(field: DifferingField, statements: Iterable[Agreement]) -> str:
    """Return a field's value in one document; several statements are joined."""
    values = (_value(field, statement) for statement in statements)
    return " / ".join(dict.fromkeys(value for value in values if value))


def _value(field: DifferingField, statement: Agreement) -> str:
    match field:
        case DifferingField.STRENGTH:
            return statement.strength or ""
        case DifferingField.DEADLINE:
            return statement.deadline.edtf if statement.deadline else ""
        case DifferingField.AMOUNTS:
            amounts = sorted((amount.unit, amount.value) for amount in statement.amounts)
            return ", ".join(f"{value:,.15g} {unit}" for unit, value in amounts)
        case DifferingField.PARTIES:
            return ", ".join(sorted(statement.parties))
        case DifferingField.WORDS:
            return " ".join(statement.evidence.quote.split())
