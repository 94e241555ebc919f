"""Links between entities and the agreements in which they take part."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

from alliance_tui.chunked_sort import sorted_by_offset
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Analysis


class EntityAgreementLinks:
    """The links of one analysis, by the records' ids; a record without links has the empty set.

    An entity takes part in an agreement as a party or the instrument, or by a mention in the evidence.
    """

    def __init__(self, analysis: Analysis) -> None:
        ids_by_name: dict[str, list[str]] = defaultdict(list)
        for entity in analysis.entities:
            ids_by_name[entity.name].append(entity.id)
        mentions = list(
            sorted_by_offset((m.span.start, m.span.end, e.id) for e in analysis.entities for m in e.mentions)
        )
        starts = [start for start, _, _ in mentions]
        agreements: dict[str, set[str]] = {entity.id: set() for entity in analysis.entities}
        entities: dict[str, set[str]] = {}
        for agreement in analysis.agreements:
            evidence = agreement.evidence
            in_evidence = mentions[bisect_left(starts, evidence.start) : bisect_left(starts, evidence.end)]
            linked = {entity for _, end, entity in in_evidence if end <= evidence.end}
            for name in (*agreement.parties, agreement.instrument):
                linked.update(ids_by_name.get(name or "", ()))
            entities[agreement.id] = linked
            for entity_id in linked:
                agreements[entity_id].add(agreement.id)
        self.entities_by_agreement: Mapping[str, set[str]] = entities
        self.agreements_by_entity: Mapping[str, set[str]] = agreements


@cache_by_identity
def link_entities_to_agreements(analysis: Analysis) -> EntityAgreementLinks:
    """Return the links of an analysis; the last few are cached."""
    return EntityAgreementLinks(analysis)
