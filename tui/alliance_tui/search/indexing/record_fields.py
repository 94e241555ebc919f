"""The searchable strings of records, by field name, for the index and for the highlights of the panes."""

from __future__ import annotations

from msgspec import Struct

from alliance_tui.records import Agreement, Entity, EntityType


class IndexedName(Struct, frozen=True):
    """A name that is searched like an entity's, with its further surface forms, but belongs to no document."""

    id: str
    name: str
    forms: tuple[str, ...] = ()
    type: EntityType | None = None


def entity_fields(entity: Entity | IndexedName) -> dict[str, str]:
    """Return `name`, and `form:N` for each further surface form of the entity."""
    further_forms = [form for form in entity.forms if form != entity.name]
    return {"name": entity.name} | {f"form:{n}": form for n, form in enumerate(further_forms)}


def agreement_fields(agreement: Agreement) -> dict[str, str]:
    """Return the non-empty strings of an agreement: title, quote and parties first."""
    fields = {
        "title": agreement.title,
        "quote": agreement.evidence.quote,
        "parties": ", ".join(agreement.parties),
        "instrument": agreement.instrument,
        "deadline": agreement.deadline.span.quote if agreement.deadline else None,
        "strength": agreement.strength,
        "domain": agreement.domain,
        "attribution": agreement.attribution,
    }
    return {name: str(value) for name, value in fields.items() if value}
