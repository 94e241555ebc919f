"""Jump labels: letters on everything in view that can be selected; typing them selects it, as a click would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from alliance_tui.explorer.state import history, transitions
from alliance_tui.explorer.state.explorer_state import ExplorerState, JumpLabel, JumpTarget, Pane
from alliance_tui.highlighting import RecordKind, SelectedRecord

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The letters of labels, those under the resting fingers first."""
HINT = "Type a label to choose what it marks; any other key takes the labels away."
RECORD_KINDS = {Pane.ENTITIES: RecordKind.ENTITY, Pane.AGREEMENTS: RecordKind.AGREEMENT}


def labels(count: int) -> Iterator[str]:
    """Yield so many labels of one or two letters, as few of two as possible; none is a prefix of another."""
    letters = len(LETTERS)
    pairs = max(0, -(-(count - letters) // (letters - 1)))
    singles = LETTERS[: max(0, letters - pairs)]
    doubles = (first + second for first in LETTERS[len(singles) :] for second in LETTERS)
    return (label for label, _ in zip((*singles, *doubles), range(count), strict=False))


def show_labels(state: ExplorerState, targets: Sequence[JumpTarget]) -> ExplorerState:
    """Label the targets, those of the focused pane first; more than 676 stay without."""
    ordered = sorted(targets, key=lambda target: target.pane is not state.pane)
    shown = tuple(
        JumpLabel(label, target) for label, target in zip(labels(min(len(targets), 676)), ordered, strict=False)
    )
    return replace(state, jump_labels=shown, notice=HINT) if shown else state


def type_label(state: ExplorerState, character: str | None) -> ExplorerState:
    """Type a character of a label: go to its target, wait for its second letter, or take all labels away."""
    matching = tuple(JumpLabel(jump.keys[1:], jump.target) for jump in state.jump_labels if jump.keys[0] == character)
    if matching and matching[0].keys:
        return replace(state, jump_labels=matching)
    state = replace(state, jump_labels=(), notice="")
    return _go_to_target(state, matching[0].target) if matching else state


def _go_to_target(state: ExplorerState, target: JumpTarget) -> ExplorerState:
    state = transitions.focus_pane(state, target.pane)
    if target.pane is Pane.TEXT:
        selected = transitions.select_in_text(state, target.offset)
        return (
            selected if selected is not state else history.move_to(state, replace(state.position, offset=target.offset))
        )
    return transitions.select(state, SelectedRecord(RECORD_KINDS[target.pane], target.record_id))


def text_labels(state: ExplorerState) -> dict[int, str]:
    """Return the labels in the text by their offsets."""
    return {jump.target.offset: jump.keys for jump in state.jump_labels if jump.target.pane is Pane.TEXT}


def row_labels(state: ExplorerState) -> dict[str, str]:
    """Return the labels of rows by their records' ids."""
    return {jump.target.record_id: jump.keys for jump in state.jump_labels if jump.target.pane is not Pane.TEXT}
