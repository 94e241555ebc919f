"""Which entity takes part in which agreement."""

from __future__ import annotations

from alliance_tui.records import Agreement, Entity


def takes_part(entity: Entity, agreement: Agreement) -> bool:
    """Whether the entity is a party or the instrument of the agreement, or is named in its evidence."""
    evidence = agreement.evidence
    return (
        entity.name in agreement.parties
        or entity.name == agreement.instrument
        or any(evidence.start <= m.span.start and m.span.end <= evidence.end for m in entity.mentions)
    )
