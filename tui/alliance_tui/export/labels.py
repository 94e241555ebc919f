"""Records told in words, for the forms that people read."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_tui.records import Agreement, Analysis, Document, Entity, EntityType


def labelled_fields(document: Document, agreement: Agreement) -> Iterator[tuple[str, str]]:
    """What is known of a record, as pairs of a label and a value, in the order in which a reader wants them."""
    fields = {
        "strength": agreement.strength.value if agreement.strength else None,
        "parties": ", ".join(agreement.parties),
        "deadline": format_deadline(agreement),
        "amounts": ", ".join(amount.span.quote for amount in agreement.amounts),
        "instrument": _format_instrument(agreement),
        "domain": agreement.domain.value if agreement.domain else None,
        "reaffirms": "an earlier undertaking" if agreement.reaffirms else None,
        "attribution": agreement.attribution,
        "section": agreement.section,
        "place": format_location(document, agreement),
    }
    return ((label, collapse_whitespace(value)) for label, value in fields.items() if value)


def format_deadline(agreement: Agreement) -> str:
    """The deadline in EDTF and in the text's own words; empty where there is none."""
    due = agreement.deadline
    return f"{due.edtf} (“{due.span.quote}”)" if due else ""


def format_location(document: Document, agreement: Agreement) -> str:
    """Where the evidence stands: the line, and the page where the source has pages."""
    line = document.text.count("\n", 0, agreement.evidence.start) + 1
    return f"page {agreement.page}, line {line}" if agreement.page else f"line {line}"


def entities_by_type(analysis: Analysis) -> Iterator[Entity]:
    """The entities type by type, within a type in order of first mention."""
    return (entity for type_ in EntityType for entity in analysis.entities if entity.type is type_)


def other_forms(entity: Entity) -> list[str]:
    """The forms by which the text names the entity, besides its name."""
    return [form for form in entity.forms if form != entity.name]


def count_noun(number: int, noun: str) -> str:
    """A number with its noun: "1 mention", "2 mentions"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def collapse_whitespace(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def _format_instrument(agreement: Agreement) -> str | None:
    if agreement.instrument and agreement.instrument_role:
        return f"{agreement.instrument} ({agreement.instrument_role.value})"
    return agreement.instrument
