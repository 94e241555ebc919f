"""Highlights of each pane: a pure function of an analysis, the matches of a query and the selected record.

The explorer's panes draw these highlights and decide nothing themselves, so the three always agree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Flag, StrEnum, auto
from functools import reduce
from heapq import merge
from itertools import pairwise
from operator import or_

from msgspec import Struct, field

from alliance_tui.chunked_sort import sorted_by_offset
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.records import Agreement, Analysis, Entity
from alliance_tui.search.cancellation import CancellationToken
from alliance_tui.search.indexing.entity_agreement_links import EntityAgreementLinks, link_entities_to_agreements
from alliance_tui.search.matches import Matches, Range, RecordMatch


class HighlightReason(Flag):
    """The reasons for which a span of text is highlighted; a span may have several."""

    ENTITY = auto()
    """A mention of any entity."""
    AGREEMENT = auto()
    """The evidence of any agreement."""
    SELECTED = auto()
    """A mention or the evidence of the selected record."""
    TRIGGER = auto()
    """The trigger of the selected agreement."""
    DEADLINE = auto()
    """The deadline of the selected agreement."""
    MATCH = auto()
    """Characters that the query matches."""


_REASONS = tuple(HighlightReason(value) for value in range(1 << len(HighlightReason)))
"""Indexing is ten times faster than `HighlightReason(value)`."""

Layer = tuple[int, int, HighlightReason]
"""Start, end (exclusive) and reason of a highlight; layers may overlap."""


class RecordKind(StrEnum):
    """The kinds of record that a pane lists."""

    ENTITY = "entity"
    AGREEMENT = "agreement"


class SelectedRecord(Struct, frozen=True):
    """The kind and the id of the record that the reader has selected; the file of reading positions keeps it."""

    kind: RecordKind
    id: str = field(name="record")


class HighlightedSpan(Struct, frozen=True, gc=False):
    """A span of the text (code points, end exclusive) that has the same reasons throughout."""

    start: int
    end: int
    reasons: HighlightReason


class RowHighlight(Struct, frozen=True, gc=False):
    """The look of a record's row, with the ranges of each field's string that the query matches."""

    highlighted: bool = False
    dimmed: bool = False
    matched_ranges: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)


_HIGHLIGHTED, _DIMMED = RowHighlight(highlighted=True), RowHighlight(dimmed=True)


class Highlights(Struct, frozen=True):
    """The highlights of all panes. Text without a span and records without a row have none.

    All tuples are in reading order and `spans` are disjoint. `text_dimmed`: the text between spans is dimmed. The ticks
    are what the scrollbar marks: the query's matches, and the selected record's mentions or evidence. `stops` are the
    spans that next and previous move between: all ticks, or, without query and selection, all mentions and evidence.
    """

    spans: tuple[HighlightedSpan, ...] = ()
    text_dimmed: bool = False
    rows: Mapping[str, RowHighlight] = field(default_factory=dict)
    match_ticks: tuple[Range, ...] = ()
    selection_ticks: tuple[Range, ...] = ()
    stops: tuple[Range, ...] = ()


def agreements_involving(analysis: Analysis, entity: Entity) -> list[Agreement]:
    """Return the agreements that have the entity as party or instrument or mention it in their evidence."""
    ids = _base_highlights(analysis).links.agreements_by_entity.get(entity.id, set())
    return [agreement for agreement in analysis.agreements if agreement.id in ids]


def compute_highlights(
    analysis: Analysis,
    matches: Matches,
    selection: SelectedRecord | None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Highlights:
    """Return the highlights for these matches and this selection; an unknown selected record counts as None.

    Raises:
        CancelledError: As soon as `cancelled`, which is called at intervals, returns True.
    """
    token = CancellationToken(cancelled)
    base = _base_highlights(analysis)
    entity = base.entities.get(selection.id) if selection and selection.kind is RecordKind.ENTITY else None
    agreement = base.agreements.get(selection.id) if selection and selection.kind is RecordKind.AGREEMENT else None
    layers, linked = _selection_layers(base.links, entity, agreement)
    match_ticks = tuple((match.start, match.end) for match in token.iterate(matches.text))
    selection_ticks = tuple(sorted((start, end) for start, end, reason in layers if reason is HighlightReason.SELECTED))
    active = bool(entity or agreement or matches.active)
    spans: Sequence[HighlightedSpan] = base.spans
    ends: Sequence[int] = base.ends
    if layers:
        spans = merge_spans(spans, ends, flatten_layers(layers), token)
        ends = [span.end for span in spans]
    matched = [HighlightedSpan(start, end, HighlightReason.MATCH) for start, end in token.iterate(match_ticks)]
    return Highlights(
        spans=tuple(merge_spans(spans, ends, matched, token)),
        text_dimmed=active,
        rows=_row_highlights(analysis, matches, selection if entity or agreement else None, linked, token),
        match_ticks=match_ticks,
        selection_ticks=selection_ticks,
        stops=tuple(merge(selection_ticks, match_ticks)) if active else base.stops,
    )


def flatten_layers(layers: Iterable[Layer]) -> list[HighlightedSpan]:
    """Return disjoint spans in reading order, each with the reasons of all layers that cover it."""
    edges: list[tuple[int, int, int]] = []
    for start, end, reason in layers:
        edges += (start, 1, reason.value), (end, -1, reason.value)
    spans: list[HighlightedSpan] = []
    depths: dict[int, int] = {}
    active = start = 0
    for offset, step, value in sorted_by_offset(edges):
        if active and offset > start:
            _append(spans, start, offset, active)
        start = offset
        depths[value] = depths.get(value, 0) + step
        active = reduce(or_, (value for value, depth in depths.items() if depth), 0)
    return spans


def merge_spans(
    base: Sequence[HighlightedSpan],
    base_ends: Sequence[int],
    added: Sequence[HighlightedSpan],
    token: CancellationToken,
) -> list[HighlightedSpan]:
    """Merge two lists of disjoint spans in reading order, splitting spans where they overlap.

    The cost grows with `added` only: stretches of `base` that no added span overlaps are copied unchanged.

    Args:
        base: The longer list.
        base_ends: The ends of the spans of `base`, for bisection.
        added: The shorter list.
        token: Is checked at intervals.
    """
    merged: list[HighlightedSpan] = []
    copied = 0
    for first, last, cluster in token.iterate(_clusters(base, base_ends, added)):
        merged += base[copied:first]
        merged += _split_at_edges(base[first:last], cluster) if last > first else cluster
        copied = last
    merged += base[copied:]
    return merged


def _clusters(
    base: Sequence[HighlightedSpan], base_ends: Sequence[int], added: Sequence[HighlightedSpan]
) -> Iterator[tuple[int, int, Sequence[HighlightedSpan]]]:
    """Yield the added spans in groups, each with the stretch of `base`, from and to, that overlaps with its spans."""
    last = at = 0
    while at < len(added):
        first = last = bisect_right(base_ends, added[at].start, last)
        first_added, reach = at, added[at].end
        at += 1
        while True:  # grow the group of spans that overlap one another
            if last < len(base) and base[last].start < reach:
                reach = max(reach, base[last].end)
                last += 1
            elif at < len(added) and added[at].start < reach:
                reach = max(reach, added[at].end)
                at += 1
            else:
                break
        yield first, last, added[first_added:at]


def _split_at_edges(first: Sequence[HighlightedSpan], second: Sequence[HighlightedSpan]) -> list[HighlightedSpan]:
    """Merge two lists of disjoint spans of one cluster, splitting both at all edges."""
    edges = sorted({edge for span in (*first, *second) for edge in (span.start, span.end)})
    spans: list[HighlightedSpan] = []
    i = j = 0
    for start, end in pairwise(edges):
        reasons = 0
        if i < len(first) and first[i].start <= start:
            reasons = first[i].reasons.value
            i += first[i].end == end
        if j < len(second) and second[j].start <= start:
            reasons |= second[j].reasons.value
            j += second[j].end == end
        if reasons:
            _append(spans, start, end, reasons)
    return spans


def _append(spans: list[HighlightedSpan], start: int, end: int, reasons: int) -> None:
    """Append a span, or extend the last one if it touches and has the same reasons."""
    if spans and spans[-1].end == start and spans[-1].reasons == _REASONS[reasons]:
        spans[-1] = HighlightedSpan(spans[-1].start, end, _REASONS[reasons])
    else:
        spans.append(HighlightedSpan(start, end, _REASONS[reasons]))


class _BaseHighlights(Struct, frozen=True):
    """The part of the highlights that depends on the analysis alone, with tables to look records up."""

    entities: Mapping[str, Entity]
    agreements: Mapping[str, Agreement]
    links: EntityAgreementLinks
    spans: Sequence[HighlightedSpan]
    ends: Sequence[int]
    stops: tuple[Range, ...]


@cache_by_identity
def _base_highlights(analysis: Analysis) -> _BaseHighlights:
    layers = [
        *((m.span.start, m.span.end, HighlightReason.ENTITY) for e in analysis.entities for m in e.mentions),
        *((a.evidence.start, a.evidence.end, HighlightReason.AGREEMENT) for a in analysis.agreements),
    ]
    spans = flatten_layers(layers)
    return _BaseHighlights(
        {entity.id: entity for entity in analysis.entities},
        {agreement.id: agreement for agreement in analysis.agreements},
        link_entities_to_agreements(analysis),
        spans,
        [span.end for span in spans],
        tuple(sorted_by_offset((start, end) for start, end, _ in layers)),
    )


def _selection_layers(
    links: EntityAgreementLinks, entity: Entity | None, agreement: Agreement | None
) -> tuple[list[Layer], set[str]]:
    """Return the layers of the selected record and the ids of the records linked with it."""
    if entity:
        mentions = [(m.span.start, m.span.end, HighlightReason.SELECTED) for m in entity.mentions]
        return mentions, links.agreements_by_entity[entity.id]
    if agreement:
        layers = [
            (agreement.evidence.start, agreement.evidence.end, HighlightReason.SELECTED),
            (agreement.trigger.start, agreement.trigger.end, HighlightReason.TRIGGER),
        ]
        if agreement.deadline:
            layers.append((agreement.deadline.span.start, agreement.deadline.span.end, HighlightReason.DEADLINE))
        return layers, links.entities_by_agreement[agreement.id]
    return [], set()


def _row_highlights(
    analysis: Analysis,
    matches: Matches,
    selection: SelectedRecord | None,
    linked: set[str],
    token: CancellationToken,
) -> dict[str, RowHighlight]:
    """Return a row for every record; none without query and selection.

    With a selection, the selected record and those linked with it are highlighted and the rest dimmed; otherwise the
    matching records are highlighted and the rest dimmed. Matched ranges are kept either way.
    """
    matches_by_id: dict[str, RecordMatch] = {m.record_id: m for m in (*matches.entities, *matches.agreements)}
    if selection:
        highlighted = linked | {selection.id}
    elif matches.active:
        highlighted = set(matches_by_id)
    else:
        return {}
    ids = [entity.id for entity in analysis.entities] + [agreement.id for agreement in analysis.agreements]
    rows = {record: _HIGHLIGHTED if record in highlighted else _DIMMED for record in token.iterate(ids)}
    rows |= {
        record: RowHighlight(record in highlighted, record not in highlighted, match.matched_ranges)
        for record, match in token.iterate(matches_by_id.items())
    }
    return rows
