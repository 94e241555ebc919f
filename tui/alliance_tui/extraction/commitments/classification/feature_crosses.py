"""Feature crosses: combinations of trigger, object, actor and strength on which close decisions turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_tui.extraction.commitments.candidate import Modality
from alliance_tui.extraction.commitments.classification.candidate_properties import (
    actor_types,
    classes_of,
    domains_of,
    object_head,
    trigger_classes,
)
from alliance_tui.extraction.commitments.fields.strength import candidate_strength, is_reaffirmation
from alliance_tui.extraction.commitments.mention_index import MentionIndex
from alliance_tui.extraction.parties.entity_table import EntityTable

if TYPE_CHECKING:
    from alliance_tui.extraction.commitments.candidate import LocatedCandidate

_CROSSED_MARKS = frozenset({Modality.PASSIVE, Modality.PROGRESSIVE, Modality.PAST, Modality.PERFECT})


def feature_crosses(located: LocatedCandidate, table: EntityTable, mentions: MentionIndex) -> Iterator[str]:
    """Yield what is done to what by whom, how firmly, and whether a domain is indicated."""
    candidate = located.candidate
    group, strength = candidate.pattern.group, candidate_strength(candidate)
    target = object_head(located)
    events = trigger_classes(located)
    objects = classes_of(target, "nouns") if target is not None else ["none"]
    domain = "field" if domains_of(located) else "no field"
    actors = actor_types(located, table, mentions)
    for event in events:
        yield f"{group}+{event}"
        yield f"{event}+{domain}"
        yield from (f"{event}+{thing}" for thing in objects)
        yield from (f"{event}+{thing}+{domain}" for thing in objects)
        yield from (f"{event}+by {actor}" for actor in actors)
        yield f"{strength}+{event}"
        yield f"{strength}+{event}+{domain}"
        if is_reaffirmation(candidate):
            yield f"reaffirms+{event}"
            yield f"reaffirms+{event}+{domain}"
        if Modality.PASSIVE in candidate.modality:
            yield f"{group}+passive+{event}"
    for thing in objects:
        yield f"{thing}+{domain}"
        yield f"{strength}+{thing}"
    for actor in actors:
        yield f"actor kind={actor}"
        yield f"{group}+by {actor}"
        yield from (f"{mark}+by {actor}" for mark in candidate.modality & _CROSSED_MARKS)
