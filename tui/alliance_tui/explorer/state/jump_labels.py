"""Jumping: a label on all that is in view and can be chosen; typing it chooses that, as a click would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.explorer.state import transitions
from alliance_tui.explorer.state.explorer_state import ExplorerState, JumpLabel, JumpTarget, Pane
from alliance_tui.highlighting import RecordKind, SelectedRecord

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""What labels are made of, the letters under the resting fingers first."""
HINT = "Type a label to choose what it stands on; any other key takes the labels away."
RECORD_KINDS = {Pane.ENTITIES: RecordKind.ENTITY, Pane.AGREEMENTS: RecordKind.AGREEMENT}


def labels(count: int) -> Iterator[str]:
    """So many labels of one letter or two, as few of two as can be; none is the beginning of another."""
    letters = len(LETTERS)
    pairs = max(0, -(-(count - letters) // (letters - 1)))
    singles = LETTERS[: max(0, letters - pairs)]
    doubles = (first + second for first in LETTERS[len(singles) :] for second in LETTERS)
    return (label for label, _ in zip((*singles, *doubles), range(count), strict=False))


def show_labels(state: ExplorerState, spots: Sequence[JumpTarget]) -> ExplorerState:
    """With a label on each of the spots, those of the pane with the focus first; more than 676 stay without."""
    ordered = sorted(spots, key=lambda spot: spot.pane is not state.pane)
    jumps = tuple(JumpLabel(label, spot) for label, spot in zip(labels(min(len(spots), 676)), ordered, strict=False))
    return replace(state, jump_labels=jumps, notice=HINT) if jumps else state


def type_label(state: ExplorerState, character: str | None) -> ExplorerState:
    """With one more character of a label typed: there, or closer, or the labels gone where none begins so."""
    left = tuple(JumpLabel(jump.keys[1:], jump.target) for jump in state.jump_labels if jump.keys[0] == character)
    if left and left[0].keys:
        return replace(state, jump_labels=left)
    state = replace(state, jump_labels=(), notice="")
    return _go_to_target(state, left[0].target) if left else state


def _go_to_target(state: ExplorerState, spot: JumpTarget) -> ExplorerState:
    state = transitions.focus_pane(state, spot.pane)
    if spot.pane is Pane.TEXT:
        chosen = transitions.select_in_text(state, spot.offset)
        return (
            chosen if chosen is not state else transitions.move_to(state, replace(state.position, offset=spot.offset))
        )
    return transitions.select(state, SelectedRecord(RECORD_KINDS[spot.pane], spot.record_id))


def text_labels(state: ExplorerState) -> dict[int, str]:
    """Where in the text which label stands."""
    return {jump.target.offset: jump.keys for jump in state.jump_labels if jump.target.pane is Pane.TEXT}


def row_labels(state: ExplorerState) -> dict[str, str]:
    """On which record's row which label stands."""
    return {jump.target.record_id: jump.keys for jump in state.jump_labels if jump.target.pane is not Pane.TEXT}
