"""The strings by which a record is searched and shown: one source for the index and for the panes' highlights."""

from __future__ import annotations

from alliance_tui.records import Agreement, Entity


def entity_fields(entity: Entity) -> dict[str, str]:
    """Field name to string: `name`, and `form:N` for each further form by which the text names the entity."""
    others = [form for form in entity.forms if form != entity.name]
    return {"name": entity.name} | {f"form:{n}": form for n, form in enumerate(others)}


def agreement_fields(agreement: Agreement) -> dict[str, str]:
    """Field name to string, in the order in which they weigh: title, quote, parties, then what else is known."""
    known = {
        "title": agreement.title,
        "quote": agreement.evidence.quote,
        "parties": ", ".join(agreement.parties),
        "instrument": agreement.instrument,
        "deadline": agreement.deadline.span.quote if agreement.deadline else None,
        "strength": agreement.strength,
        "domain": agreement.domain,
        "attribution": agreement.attribution,
    }
    return {name: str(value) for name, value in known.items() if value}
