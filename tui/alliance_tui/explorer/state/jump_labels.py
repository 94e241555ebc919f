"""Jumping: a label on all that is in view and can be chosen; typing it chooses that, as a click would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.explorer.state import transitions as moves
from alliance_tui.explorer.state.explorer_state import ExplorerState, Jump, Pane, Spot
from alliance_tui.highlighting import RecordKind, SelectedRecord

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""What labels are made of, the letters under the resting fingers first."""
HINT = "Type a label to choose what it stands on; any other key takes the labels away."
KINDS = {Pane.ENTITIES: RecordKind.ENTITY, Pane.AGREEMENTS: RecordKind.AGREEMENT}


def labels(count: int) -> Iterator[str]:
    """So many labels of one letter or two, as few of two as can be; none is the beginning of another."""
    letters = len(LETTERS)
    pairs = max(0, -(-(count - letters) // (letters - 1)))
    singles = LETTERS[: max(0, letters - pairs)]
    doubles = (first + second for first in LETTERS[len(singles) :] for second in LETTERS)
    return (label for label, _ in zip((*singles, *doubles), range(count), strict=False))


def begin(state: ExplorerState, spots: Sequence[Spot]) -> ExplorerState:
    """With a label on each of the spots, those of the pane with the focus first; more than 676 stay without."""
    ordered = sorted(spots, key=lambda spot: spot.pane is not state.pane)
    jumps = tuple(Jump(label, spot) for label, spot in zip(labels(min(len(spots), 676)), ordered, strict=False))
    return replace(state, jumps=jumps, notice=HINT) if jumps else state


def typed(state: ExplorerState, character: str | None) -> ExplorerState:
    """With one more character of a label typed: there, or closer, or the labels gone where none begins so."""
    left = tuple(Jump(jump.label[1:], jump.spot) for jump in state.jumps if jump.label[0] == character)
    if left and left[0].label:
        return replace(state, jumps=left)
    state = replace(state, jumps=(), notice="")
    return _there(state, left[0].spot) if left else state


def _there(state: ExplorerState, spot: Spot) -> ExplorerState:
    state = moves.focus(state, spot.pane)
    if spot.pane is Pane.TEXT:
        chosen = moves.choose_in_text(state, spot.start)
        return chosen if chosen is not state else moves.go(state, replace(state.place, point=spot.start))
    return moves.choose(state, SelectedRecord(KINDS[spot.pane], spot.record))


def text_labels(state: ExplorerState) -> dict[int, str]:
    """Where in the text which label stands."""
    return {jump.spot.start: jump.label for jump in state.jumps if jump.spot.pane is Pane.TEXT}


def row_labels(state: ExplorerState) -> dict[str, str]:
    """On which record's row which label stands."""
    return {jump.spot.record: jump.label for jump in state.jumps if jump.spot.pane is not Pane.TEXT}
