"""The history of positions: moving to one, and stepping back and forward.

Moving adds the position that is left to `back_positions`, which `back` and `forward` walk.
"""

from __future__ import annotations

from msgspec.structs import replace

from alliance_tui.explorer.state.explorer_state import ExplorerState, Position
from alliance_tui.highlighting import RecordKind, SelectedRecord
from alliance_tui.search.matches import NO_MATCHES, Matches

HISTORY_LIMIT = 200
"""The number of positions that can be stepped back to."""


def move_to(state: ExplorerState, position: Position, history_group: str = "") -> ExplorerState:
    """Move to a position. Consecutive moves of one named `history_group` are one step of history."""
    if position == state.position:
        return state
    coalesced = bool(history_group) and history_group == state.history_group
    back_positions = state.back_positions if coalesced else (*state.back_positions, state.position)[-HISTORY_LIMIT:]
    return replace(
        state,
        position=position,
        back_positions=back_positions,
        forward_positions=(),
        matches=_matches_at(state, position),
        history_group=history_group,
        jump_to_first_match=False,
    )


def back(state: ExplorerState) -> ExplorerState:
    """Step back to the previous position."""
    if not state.back_positions:
        return state
    stepped = replace(
        state, back_positions=state.back_positions[:-1], forward_positions=(state.position, *state.forward_positions)
    )
    return _restore(stepped, state.back_positions[-1])


def forward(state: ExplorerState) -> ExplorerState:
    """Step forward to the position that was last stepped back from."""
    if not state.forward_positions:
        return state
    stepped = replace(
        state, back_positions=(*state.back_positions, state.position), forward_positions=state.forward_positions[1:]
    )
    return _restore(stepped, state.forward_positions[0])


def _restore(state: ExplorerState, position: Position) -> ExplorerState:
    matches = _matches_at(state, position)
    moved = replace(state, position=position, matches=matches, history_group="", query_opened_at=None)
    return focus_row(moved, position.selection) if position.selection else moved


def _matches_at(state: ExplorerState, position: Position) -> Matches:
    """Return the matches if they are those of the position's query and document too, else none."""
    same_query = position.query == state.position.query
    return state.matches if same_query and position.document_index == state.position.document_index else NO_MATCHES


def focus_row(state: ExplorerState, selection: SelectedRecord) -> ExplorerState:
    """Focus the row of this record in its list."""
    if selection.kind is RecordKind.ENTITY:
        return replace(state, focused_entity=selection.id)
    return replace(state, focused_agreement=selection.id)
