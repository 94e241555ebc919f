"""Which entity takes part in which agreement."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

from alliance_tui.chunked_sort import sorted_by_offset
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Analysis


class EntityAgreementLinks:
    """Who takes part in what: an entity in an agreement of which it is a party or the instrument, or whose evidence
    names it. Both mappings have ids for keys and values; a record without the other kind has the empty set.
    """

    def __init__(self, analysis: Analysis) -> None:
        named: dict[str, list[str]] = defaultdict(list)
        for entity in analysis.entities:
            named[entity.name].append(entity.id)
        places = list(sorted_by_offset((m.span.start, m.span.end, e.id) for e in analysis.entities for m in e.mentions))
        starts = [start for start, _, _ in places]
        agreements: dict[str, set[str]] = {entity.id: set() for entity in analysis.entities}
        entities: dict[str, set[str]] = {}
        for agreement in analysis.agreements:
            evidence = agreement.evidence
            there = places[bisect_left(starts, evidence.start) : bisect_left(starts, evidence.end)]
            taking_part = {entity for _, end, entity in there if end <= evidence.end}
            for name in (*agreement.parties, agreement.instrument):
                taking_part.update(named.get(name or "", ()))
            entities[agreement.id] = taking_part
            for entity_id in taking_part:
                agreements[entity_id].add(agreement.id)
        self.entities_by_agreement: Mapping[str, set[str]] = entities
        """For each agreement, the entities that take part."""
        self.agreements_by_entity: Mapping[str, set[str]] = agreements
        """For each entity, the agreements in which it takes part."""


@cache_by_identity
def link_entities_to_agreements(analysis: Analysis) -> EntityAgreementLinks:
    """Who takes part in what in this analysis."""
    return EntityAgreementLinks(analysis)
