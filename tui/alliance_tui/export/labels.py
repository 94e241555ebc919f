"""Labels and phrases for records, in the formats that people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.records import Agreement, Amount, Analysis, Document, Entity, EntityType

if TYPE_CHECKING:
    from alliance_tui.review.record_changes import RecordReview


def labelled_fields(document: Document, agreement: Agreement) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record that have a value, as pairs of label and value, the most important first."""
    fields = {
        "strength": agreement.strength.value if agreement.strength else None,
        "parties": ", ".join(agreement.parties),
        "deadline": format_deadline(agreement),
        "amounts": ", ".join(format_amount(agreement, amount) for amount in agreement.amounts),
        "instrument": _format_instrument(agreement),
        "domain": agreement.domain.value if agreement.domain else None,
        "reaffirms": "an earlier undertaking" if agreement.reaffirms else None,
        "attribution": agreement.attribution,
        "section": agreement.section,
        "place": format_location(document, agreement),
    }
    return ((label, collapse_whitespace(value)) for label, value in fields.items() if value)


def review_fields(review: RecordReview | None) -> Iterator[tuple[str, str]]:
    """Yield what the reader did with a record, as pairs of label and value."""
    if review is None:
        return
    done = str(review.judgement or ("corrected" if review.is_changed else ""))
    if done:
        yield "review", f"{done} by {review.author}, {review.time[:10]}"
    if review.tags:
        yield "tags", ", ".join(review.tags)
    for note in review.notes:
        yield "note", collapse_whitespace(note)


def format_deadline(agreement: Agreement) -> str:
    """Return the deadline in EDTF and in the words of the text, or an empty string."""
    deadline = agreement.deadline
    words = agreement.words_of(deadline.span) if deadline else ""
    return f"{deadline.edtf} (“{words}”)" if deadline and words else deadline.edtf if deadline else ""


def format_amount(agreement: Agreement, amount: Amount) -> str:
    """Return an amount in the words of the text or, where the text does not say it, as a number with its unit."""
    base = f" of {amount.base}" if amount.base else ""
    return agreement.words_of(amount.span) or f"{amount.value:,.15g} {amount.unit}{base}"


def format_location(document: Document, agreement: Agreement) -> str:
    """Return the line of the evidence (from 1), after its page where the source has pages."""
    line = document.text.count("\n", 0, agreement.evidence.start) + 1
    return f"page {agreement.page}, line {line}" if agreement.page else f"line {line}"


def entities_by_type(analysis: Analysis) -> Iterator[Entity]:
    """Yield the entities by type, within a type in order of first mention."""
    return (entity for type_ in EntityType for entity in analysis.entities if entity.type is type_)


def other_forms(entity: Entity) -> list[str]:
    """Return the surface forms of the entity other than its name."""
    return [form for form in entity.forms if form != entity.name]


def count_noun(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: "1 mention", "2 mentions"; `plural` is that of a noun without the regular one."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def collapse_whitespace(text: str) -> str:
    """Return the text with each run of white space as one space."""
    return " ".join(text.split())


def _format_instrument(agreement: Agreement) -> str | None:
    if agreement.instrument and agreement.instrument_role:
        return f"{agreement.instrument} ({agreement.instrument_role.value})"
    return agreement.instrument
