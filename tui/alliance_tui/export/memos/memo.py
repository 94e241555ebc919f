"""What a memo on documents says: the same content for Word and for HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from alliance_tui.export.interchange.bibliography import publisher, source_address
from alliance_tui.export.labels import collapse_whitespace, format_amount, format_deadline
from alliance_tui.records import Agreement, Document, Kind
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

COLUMNS = ("No.", "Strength", "Undertaking", "Parties", "Deadline", "Judgement")


class MemoRow(Struct, frozen=True):
    """An agreement in the memo's table, with its number in the document (from 1), quote and further fields."""

    number: int
    record: Agreement
    cells: tuple[str, ...]
    quote: str
    details: tuple[str, ...]


def memo_rows(reviewed: ReviewedAnalysis) -> Iterator[MemoRow]:
    """Yield a row for each agreement, in reading order."""
    agreements = [record for record in reviewed.analysis.agreements if record.kind is Kind.AGREEMENT]
    for number, record in enumerate(agreements, 1):
        review = reviewed.reviews.get(record.id)
        judgement = str(review.judgement or ("corrected" if review.corrected else "")) if review else ""
        details = [
            f"Amounts: {', '.join(format_amount(record, amount) for amount in record.amounts)}"
            if record.amounts
            else "",
            f"Instrument: {record.instrument}" if record.instrument else "",
            f"Policy field: {record.domain}" if record.domain else "",
            f"Attribution: {record.attribution}" if record.attribution else "",
            f"{judgement.capitalize()} by {review.author}, {review.time[:10]}" if judgement and review else "",
            *(f"Note: {note}" for note in (review.notes if review else ())),
        ]
        yield MemoRow(
            number,
            record,
            (
                str(number),
                str(record.strength or ""),
                collapse_whitespace(record.title),
                ", ".join(record.parties),
                format_deadline(record),
                judgement,
            ),
            collapse_whitespace(record.evidence.quote),
            tuple(collapse_whitespace(detail) for detail in details if detail),
        )


class DueRow(Struct, frozen=True):
    """A row with a deadline whose days are known."""

    row: MemoRow
    first: date
    last: date


def due_rows(rows: Iterable[MemoRow]) -> list[DueRow]:
    """Return the rows with a deadline whose days are known, what is due first first."""
    due = [
        DueRow(row, date.fromisoformat(deadline.earliest), date.fromisoformat(deadline.latest))
        for row in rows
        if (deadline := row.record.deadline) and deadline.earliest and deadline.latest
    ]
    return sorted(due, key=lambda each: (each.last, each.first))


def mark_lines(reviewed: ReviewedAnalysis) -> Iterator[str]:
    """Yield a line for the document, and for each entity and passage, that the reader noted or tagged."""
    names = {entity.id: entity.name for entity in reviewed.analysis.entities}
    marked = [
        ("", reviewed.document_marks),
        *((names[identifier], marks) for identifier, marks in reviewed.entity_marks.items()),
        *((f"“{each.quote}”", each.marks) for each in reviewed.passages),
    ]
    for what, marks in marked:
        words = [*marks.notes, *(f"#{tag}" for tag in marks.tags)]
        if words:
            yield collapse_whitespace(f"{what}: {'; '.join(words)}" if what else f"Note: {'; '.join(words)}")


def source_line(document: Document) -> str:
    """Return the document's source: title, publisher, date, kind, address."""
    parts = [document.title, publisher(document), document.date, document.kind, source_address(document)]
    return ", ".join(collapse_whitespace(part) for part in parts if part)
