"""What lights up where: a pure function of an analysis, the matches of a query, and a chosen record.

The explorer's panes draw what this says and decide nothing themselves; so the three are always in step.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from enum import Flag, StrEnum, auto
from functools import reduce
from heapq import merge
from itertools import pairwise
from operator import or_

from msgspec import Struct, field

from alliance_tui.chunked_sort import in_order
from alliance_tui.identity_cache import remembered
from alliance_tui.records import Agreement, Analysis, Entity
from alliance_tui.search.entity_agreement_links import Participation, participation_in
from alliance_tui.search.matches import Matches, Range, RecordMatch


class Light(Flag):
    """Why a stretch of text is lit; a stretch may have several reasons."""

    ENTITY = auto()
    """A mention of any entity."""
    AGREEMENT = auto()
    """The evidence of any agreement."""
    CHOSEN = auto()
    """A mention or the evidence of the chosen record, or of a record that takes part in it."""
    ANCHOR = auto()
    """The word that names the action of the chosen agreement."""
    DEADLINE = auto()
    """The words that give the deadline of the chosen agreement."""
    MATCH = auto()
    """The exact characters that the query matches."""


_LIGHTS = tuple(Light(value) for value in range(1 << len(Light)))  # indexing is ten times faster than Light(value)


class RecordKind(StrEnum):
    """In which pane a record lives."""

    ENTITY = "entity"
    AGREEMENT = "agreement"


class Choice(Struct, frozen=True):
    """The record that the reader has chosen."""

    kind: RecordKind
    record: str


class Run(Struct, frozen=True, gc=False):
    """A stretch of the text (code points, end exclusive) that is lit for the same reasons throughout."""

    start: int
    end: int
    light: Light


class Row(Struct, frozen=True, gc=False):
    """How a record's row is drawn: lit (matched, chosen or linked) or dimmed, and what is lit in which field."""

    lit: bool = False
    dim: bool = False
    fields: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)


_LIT, _DIMMED = Row(lit=True), Row(dim=True)


class Highlights(Struct, frozen=True):
    """What is lit in each pane. A record without a row of its own is drawn plainly.

    `runs` are in reading order and disjoint; what lies between them is plain, or dimmed where `dim_text`.
    The ticks are the stretches worth a mark beside the scrollbar: the query's hits, and the chosen record's places.
    `stops` are the spans to move between: all ticks, or where nothing is asked all mentions and evidence. All these
    are in reading order.
    """

    runs: tuple[Run, ...] = ()
    dim_text: bool = False
    rows: Mapping[str, Row] = field(default_factory=dict)
    hit_ticks: tuple[Range, ...] = ()
    record_ticks: tuple[Range, ...] = ()
    stops: tuple[Range, ...] = ()


def agreements_of(analysis: Analysis, entity: Entity) -> list[Agreement]:
    """The records in which the entity takes part: as a party, as the instrument, or named in the evidence."""
    taken_part = _links(analysis).participation.agreements.get(entity.id, set())
    return [agreement for agreement in analysis.agreements if agreement.id in taken_part]


def highlights(analysis: Analysis, matches: Matches, choice: Choice | None) -> Highlights:
    """What to light for these matches and this choice. A choice of a record that is not there counts as none."""
    links = _links(analysis)
    entity = links.entities.get(choice.record) if choice and choice.kind is RecordKind.ENTITY else None
    agreement = links.agreements.get(choice.record) if choice and choice.kind is RecordKind.AGREEMENT else None
    chosen, linked = _chosen_places(links.participation, entity, agreement)
    hits = tuple((hit.start, hit.end) for hit in matches.text)
    ticks = tuple(sorted((start, end) for start, end, light in chosen if light is Light.CHOSEN))
    asked = bool(entity or agreement or matches.active)
    runs: Sequence[Run] = links.runs
    ends: Sequence[int] = links.ends
    if chosen:
        runs = overlaid(runs, ends, flatten(chosen))
        ends = [run.end for run in runs]
    return Highlights(
        runs=tuple(overlaid(runs, ends, [Run(start, end, Light.MATCH) for start, end in hits])),
        dim_text=asked,
        rows=_rows(analysis, matches, choice if entity or agreement else None, linked),
        hit_ticks=hits,
        record_ticks=ticks,
        stops=tuple(merge(ticks, hits)) if asked else links.places,
    )


def flatten(layers: Iterable[tuple[int, int, Light]]) -> list[Run]:
    """Disjoint runs in reading order from stretches that may overlap: each run has the lights of all that cover it."""
    edges: list[tuple[int, int, int]] = []
    for start, end, light in layers:
        edges += (start, 1, light.value), (end, -1, light.value)
    runs: list[Run] = []
    depth: dict[int, int] = {}
    on = since = 0
    for offset, opens, light_value in in_order(edges):
        if on and offset > since:
            if runs and runs[-1].end == since and runs[-1].light == _LIGHTS[on]:
                runs[-1] = Run(runs[-1].start, offset, _LIGHTS[on])
            else:
                runs.append(Run(since, offset, _LIGHTS[on]))
        since = offset
        depth[light_value] = depth.get(light_value, 0) + opens
        on = reduce(or_, (value for value, layers_deep in depth.items() if layers_deep), 0)
    return runs


def overlaid(runs: Sequence[Run], ends: Sequence[int], others: Sequence[Run]) -> list[Run]:
    """Both sets of disjoint runs as one, cut where they overlap; `ends` are the ends of `runs`.

    Costs little beside the number of `others`: what none of them touches is taken over as it is.
    """
    out: list[Run] = []
    taken = at = 0
    while at < len(others):
        first = upto = bisect_right(ends, others[at].start, taken)
        out += runs[taken:first]
        since, reach = at, others[at].end
        at += 1
        while True:
            if upto < len(runs) and runs[upto].start < reach:
                reach = max(reach, runs[upto].end)
                upto += 1
            elif at < len(others) and others[at].start < reach:
                reach = max(reach, others[at].end)
                at += 1
            else:
                break
        out += _woven(runs[first:upto], others[since:at]) if upto > first else others[since:at]
        taken = upto
    out += runs[taken:]
    return out


def _woven(some: Sequence[Run], others: Sequence[Run]) -> list[Run]:
    """Two lots of disjoint runs that overlap each other as one, cut where they do."""
    edges = sorted({edge for run in (*some, *others) for edge in (run.start, run.end)})
    out: list[Run] = []
    one = other = 0
    for start, end in pairwise(edges):
        light = 0
        if one < len(some) and some[one].start <= start:
            light = some[one].light.value
            one += some[one].end == end
        if other < len(others) and others[other].start <= start:
            light |= others[other].light.value
            other += others[other].end == end
        if out and out[-1].end == start and out[-1].light == _LIGHTS[light]:
            out[-1] = Run(out[-1].start, end, _LIGHTS[light])
        elif light:
            out.append(Run(start, end, _LIGHTS[light]))
    return out


class _Links(Struct, frozen=True):
    """What of an analysis is the same for every query and choice."""

    entities: Mapping[str, Entity]
    agreements: Mapping[str, Agreement]
    participation: Participation
    runs: Sequence[Run]
    ends: Sequence[int]
    places: tuple[Range, ...]


@remembered
def _links(analysis: Analysis) -> _Links:
    places = [
        *((m.span.start, m.span.end, Light.ENTITY) for e in analysis.entities for m in e.mentions),
        *((a.evidence.start, a.evidence.end, Light.AGREEMENT) for a in analysis.agreements),
    ]
    runs = flatten(places)
    return _Links(
        {entity.id: entity for entity in analysis.entities},
        {agreement.id: agreement for agreement in analysis.agreements},
        participation_in(analysis),
        runs,
        [run.end for run in runs],
        tuple(in_order((start, end) for start, end, _ in places)),
    )


def _chosen_places(
    participation: Participation, entity: Entity | None, agreement: Agreement | None
) -> tuple[list[tuple[int, int, Light]], set[str]]:
    """The stretches that the choice lights in the text, and the ids of the records linked with it."""
    if entity:
        places = [(m.span.start, m.span.end, Light.CHOSEN) for m in entity.mentions]
        return places, participation.agreements[entity.id]
    if agreement:
        places = [
            (agreement.evidence.start, agreement.evidence.end, Light.CHOSEN),
            (agreement.anchor.start, agreement.anchor.end, Light.ANCHOR),
        ]
        if agreement.deadline:
            places.append((agreement.deadline.span.start, agreement.deadline.span.end, Light.DEADLINE))
        return places, participation.entities[agreement.id]
    return [], set()


def _rows(analysis: Analysis, matches: Matches, choice: Choice | None, linked: set[str]) -> dict[str, Row]:
    """A row for each record that is lit or dimmed by the choice (which wins) or by the query.

    With a choice, the chosen record and those linked with it are lit and the rest dimmed. With a query, the
    matching records are lit and the rest dimmed. With both, the choice decides, and the matched characters
    of every row stand out all the same.
    """
    found: dict[str, RecordMatch] = {m.record: m for m in (*matches.entities, *matches.agreements)}
    if choice:
        lit = linked | {choice.record}
    elif matches.active:
        lit = set(found)
    else:
        return {}
    ids = [entity.id for entity in analysis.entities] + [agreement.id for agreement in analysis.agreements]
    rows = {record: _LIT if record in lit else _DIMMED for record in ids}
    rows |= {record: Row(record in lit, record not in lit, match.lit) for record, match in found.items()}
    return rows
