"""Records as entities of FollowTheMoney, a line of JSON each: documents, parties and agreements as events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator

from alliance_tui.export.interchange.bibliography import publisher, source_address
from alliance_tui.export.json_values import JsonObject
from alliance_tui.export.labels import collapse_whitespace
from alliance_tui.export.provenance import provenance_line
from alliance_tui.records import Agreement, Entity, EntityType
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

_SCHEMATA = {
    EntityType.STATE: "PublicBody",
    EntityType.PERSON: "Person",
    EntityType.ORGANISATION: "Organization",
    EntityType.BODY: "PublicBody",
    EntityType.UNIT: "PublicBody",
}
_UNNAMED = "LegalEntity"


def to_follow_the_money(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield the entities of each document."""
    for reviewed in documents:
        for entity in _entities(reviewed):
            yield json.dumps(entity) + "\n"


def _entities(reviewed: ReviewedAnalysis) -> Iterator[JsonObject]:
    analysis = reviewed.analysis
    document = analysis.document
    document_id = f"document-{document.id}"
    yield _entity(
        document_id,
        "PlainText",
        {
            "title": document.title,
            "fileName": document.path.rpartition("/")[2] if document.path else None,
            "date": document.date,
            "publisher": publisher(document),
            "sourceUrl": source_address(document),
            "contentHash": hashlib.sha1(document.text.encode(), usedforsecurity=False).hexdigest(),
            "processingStatus": provenance_line(reviewed),
        },
    )
    named = {entity.name: entity for entity in analysis.entities}
    parties = dict.fromkeys(party for record in analysis.agreements for party in record.parties)
    for party in parties:
        yield _party(document_id, party, named.get(party))
    for record in analysis.agreements:
        yield _agreement(reviewed, document_id, record)


def _party(document_id: str, name: str, entity: Entity | None) -> JsonObject:
    schema = _SCHEMATA.get(entity.type, _UNNAMED) if entity else _UNNAMED
    aliases = [form for form in entity.forms if form != name] if entity else []
    return _entity(_party_id(name), schema, {"name": name, "alias": aliases, "proof": document_id})


def _party_id(name: str) -> str:
    return f"party-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _agreement(reviewed: ReviewedAnalysis, document_id: str, record: Agreement) -> JsonObject:
    review, deadline = reviewed.reviews.get(record.id), record.deadline
    judged = f"{review.judgement} by {review.author}, {review.time}" if review and review.judgement else None
    return _entity(
        f"agreement-{reviewed.analysis.document.id}-{record.id}",
        "Event",
        {
            "name": record.title,
            "summary": record.evidence.quote,
            "date": reviewed.analysis.document.date,
            "endDate": deadline.latest if deadline else None,
            "involved": [_party_id(party) for party in record.parties],
            "proof": document_id,
            "keywords": [value for value in (record.strength, record.domain) if value],
            "notes": [note for note in (judged, *(review.notes if review else ())) if note],
        },
    )


def _entity(identifier: str, schema: str, properties: dict[str, str | list[str] | None]) -> JsonObject:
    """Return an entity with the properties that have values, each a list of strings on one line."""
    listed = {name: [value] if isinstance(value, str) else value or [] for name, value in properties.items()}
    values = {name: [collapse_whitespace(value) for value in each] for name, each in listed.items() if each}
    return {"id": identifier, "schema": schema, "properties": values}
