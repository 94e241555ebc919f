"""What lights up where: a pure function of an analysis, the matches of a query, and a chosen record.

The explorer's panes draw what this says and decide nothing themselves; so the three are always in step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Flag, StrEnum, auto
from typing import TypeVar

from msgspec import Struct, field

from alliance_tui.records import Agreement, Analysis, Entity
from alliance_tui.search.matches import Matches, Range, RecordMatch
from alliance_tui.search.participation import takes_part


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


class RecordKind(StrEnum):
    """In which pane a record lives."""

    ENTITY = "entity"
    AGREEMENT = "agreement"


class Choice(Struct, frozen=True):
    """The record that the reader has chosen."""

    kind: RecordKind
    record: str


class Run(Struct, frozen=True):
    """A stretch of the text (code points, end exclusive) that is lit for the same reasons throughout."""

    start: int
    end: int
    light: Light


class Row(Struct, frozen=True):
    """How a record's row is drawn: lit (matched, chosen or linked) or dimmed, and what is lit in which field."""

    lit: bool = False
    dim: bool = False
    fields: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)


class Highlights(Struct, frozen=True):
    """What is lit in each pane. A record without a row of its own is drawn plainly.

    `runs` are in reading order and disjoint; what lies between them is plain, or dimmed where `dim_text`.
    `ticks` are the stretches worth a mark beside the scrollbar: the query's hits, or the chosen record's places.
    """

    runs: tuple[Run, ...] = ()
    dim_text: bool = False
    rows: Mapping[str, Row] = field(default_factory=dict)
    hit_ticks: tuple[Range, ...] = ()
    record_ticks: tuple[Range, ...] = ()


def parties_of(analysis: Analysis, agreement: Agreement) -> list[Entity]:
    """The entities that undertake the agreement, in the record's order."""
    by_name = {entity.name: entity for entity in analysis.entities}
    return [by_name[name] for name in agreement.parties if name in by_name]


def agreements_of(analysis: Analysis, entity: Entity) -> list[Agreement]:
    """The records in which the entity takes part: as a party, as the instrument, or named in the evidence."""
    return [agreement for agreement in analysis.agreements if takes_part(entity, agreement)]


def highlights(analysis: Analysis, matches: Matches, choice: Choice | None) -> Highlights:
    """What to light for these matches and this choice. A choice of a record that is not there counts as none."""
    entity = _find(analysis.entities, choice, RecordKind.ENTITY)
    agreement = _find(analysis.agreements, choice, RecordKind.AGREEMENT)
    chosen, linked = _chosen_places(analysis, entity, agreement)
    layers = [
        *((m.span.start, m.span.end, Light.ENTITY) for e in analysis.entities for m in e.mentions),
        *((a.evidence.start, a.evidence.end, Light.AGREEMENT) for a in analysis.agreements),
        *chosen,
        *((hit.start, hit.end, Light.MATCH) for hit in matches.text),
    ]
    return Highlights(
        runs=tuple(flatten(layers)),
        dim_text=bool(entity or agreement or matches.active),
        rows=_rows(analysis, matches, choice if entity or agreement else None, linked),
        hit_ticks=tuple((hit.start, hit.end) for hit in matches.text),
        record_ticks=tuple((start, end) for start, end, light in chosen if light is Light.CHOSEN),
    )


def flatten(layers: Iterable[tuple[int, int, Light]]) -> list[Run]:
    """Disjoint runs in reading order from stretches that may overlap: each run has the lights of all that cover it."""
    edges: list[tuple[int, bool, Light]] = []
    for start, end, light in layers:
        edges += (start, True, light), (end, False, light)
    edges.sort(key=lambda edge: edge[0])
    runs: list[Run] = []
    depth = dict.fromkeys(Light, 0)
    on, since = Light(0), 0
    for offset, opens, light in edges:
        if on and offset > since:
            if runs and runs[-1].end == since and runs[-1].light == on:
                runs[-1] = Run(runs[-1].start, offset, on)
            else:
                runs.append(Run(since, offset, on))
        since = offset
        depth[light] += 1 if opens else -1
        on = on | light if depth[light] else on & ~light
    return runs


_Record = TypeVar("_Record", Entity, Agreement)


def _find(records: tuple[_Record, ...], choice: Choice | None, kind: RecordKind) -> _Record | None:
    if choice is None or choice.kind is not kind:
        return None
    return next((record for record in records if record.id == choice.record), None)


def _chosen_places(
    analysis: Analysis, entity: Entity | None, agreement: Agreement | None
) -> tuple[list[tuple[int, int, Light]], set[str]]:
    """The stretches that the choice lights in the text, and the ids of the records linked with it."""
    if entity:
        places = [(m.span.start, m.span.end, Light.CHOSEN) for m in entity.mentions]
        return places, {other.id for other in agreements_of(analysis, entity)}
    if agreement:
        places = [
            (agreement.evidence.start, agreement.evidence.end, Light.CHOSEN),
            (agreement.anchor.start, agreement.anchor.end, Light.ANCHOR),
        ]
        if agreement.deadline:
            places.append((agreement.deadline.span.start, agreement.deadline.span.end, Light.DEADLINE))
        return places, {other.id for other in analysis.entities if takes_part(other, agreement)}
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
    return {
        record: Row(record in lit, record not in lit, found[record].lit if record in found else {}) for record in ids
    }
