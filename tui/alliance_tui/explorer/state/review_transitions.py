"""Transitions of a review: marks on records, and the pass through those that are not judged."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from alliance_tui.explorer.state.explorer_state import (
    ExplorerState,
    LibraryPass,
    Pane,
    ReviewOrder,
    agreement_order,
    find_record,
    focused_record,
    is_judged,
)
from alliance_tui.explorer.state.transitions import focus_pane, select, step_row
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord
from alliance_tui.records import Agreement, Kind


def target_records(state: ExplorerState) -> list[Agreement]:
    """Return the records that a command is for: the marked ones or, without any, the focused or selected one."""
    if state.marked:
        return [record for record in state.analysis.agreements if record.id in state.marked]
    record = focused_record(state)
    return [record] if isinstance(record, Agreement) else []


def toggle_mark(state: ExplorerState, highlights: Highlights) -> ExplorerState:
    """Mark the focused agreement, or take its mark away, and go to the next row."""
    record = focused_record(state)
    if state.pane is not Pane.AGREEMENTS or record is None:
        return state
    return step_row(replace(state, marked=state.marked ^ {record.id}), highlights, 1)


def mark_range(state: ExplorerState, highlights: Highlights) -> ExplorerState:
    """Mark the rows from the nearest marked one above the focused row, or else below it, to the focused one."""
    rows = [record.id for record in agreement_order(state, highlights)]
    if state.focused_agreement not in rows:
        return state
    here = rows.index(state.focused_agreement)
    marked = [index for index, record in enumerate(rows) if record in state.marked]
    above = [index for index in marked if index <= here]
    start = above[-1] if above else next(iter(marked), here)
    return replace(state, marked=state.marked | set(rows[min(start, here) : max(start, here) + 1]))


def mark_all(state: ExplorerState, highlights: Highlights) -> ExplorerState:
    """Mark all rows that are shown or, if all are marked, none."""
    rows = frozenset(record.id for record in agreement_order(state, highlights))
    return replace(state, marked=frozenset() if rows <= state.marked else rows)


def toggle_pass(state: ExplorerState, highlights: Highlights, order: ReviewOrder) -> ExplorerState:
    """Begin a review pass in this order at its first record, or end it."""
    if state.review_order is order:
        return replace(state, review_order=None, library_pass=None)
    return go_to_unjudged(replace(state, review_order=order, library_pass=None, marked=frozenset()), highlights)


def continue_library_pass(
    state: ExplorerState, highlights: Highlights, order: ReviewOrder, library_pass: LibraryPass
) -> ExplorerState:
    """Go on with a pass through the library at the first record of the document on the screen."""
    return go_to_unjudged(
        replace(state, review_order=order, library_pass=library_pass, marked=frozenset(), notice=""), highlights
    )


def go_to_unjudged(state: ExplorerState, highlights: Highlights) -> ExplorerState:
    """Select the next record that is not judged; after the last one the pass ends."""
    record = next_unjudged(state, highlights)
    if record is None:
        listed = bool(listed_agreements(state, highlights))
        notice = "All that is listed is judged." if listed else "No agreement is listed yet."
        return replace(state, review_order=None, notice=notice)
    selected = select(state, SelectedRecord(RecordKind.AGREEMENT, record.id))
    return focus_pane(replace(selected, focused_agreement=record.id), Pane.AGREEMENTS)


def next_unjudged(state: ExplorerState, highlights: Highlights) -> Agreement | None:
    """Return the record that is not judged and comes next: the least certain, or the next below the selected one."""
    unjudged = [record for record in listed_agreements(state, highlights) if not is_judged(state, record.id)]
    if state.review_order is ReviewOrder.LEAST_CERTAIN:
        return min(unjudged, key=_certainty, default=None)
    selected = find_record(state, state.selection) if state.selection else None
    start = selected.evidence.start if isinstance(selected, Agreement) else -1
    in_order = sorted(unjudged, key=lambda record: record.evidence.start)
    following = [record for record in in_order if record.evidence.start >= start]
    return next(iter(following or in_order), None)


def _certainty(record: Agreement) -> tuple[float, int]:
    """Return how certain the extraction is of a record; without a confidence it is certain."""
    return (1.0 if record.confidence is None else record.confidence), record.evidence.start


def listed_agreements(state: ExplorerState, highlights: Highlights) -> Sequence[Agreement]:
    """Return the agreements proper among the rows."""
    return [record for record in agreement_order(state, highlights) if record.kind is Kind.AGREEMENT]


def judged_count(state: ExplorerState) -> tuple[int, int]:
    """Return how many of the document's agreements are judged, and how many there are."""
    possible = {record.id for record in state.analysis.possible}
    listed = (record for record in state.analysis.agreements if record.id not in possible)
    agreements = [record for record in listed if record.kind is Kind.AGREEMENT]
    return sum(is_judged(state, record.id) for record in agreements), len(agreements)
