"""One key puts a label on all that can be chosen; the label chooses it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.explorer.state.explorer_state import Pane
from alliance_tui.explorer.state.jump_labels import HINT, labels
from tests.support.pilot import Drive, driving


def label_of(drive: Drive, pane: Pane, what: str) -> str:
    """Return the label on a record, by its id, or at words of the text."""
    state = drive.state
    for jump in state.jump_labels:
        if jump.target.pane is pane and (
            jump.target.record_id == what or state.text.startswith(what, jump.target.offset)
        ):
            return jump.keys
    raise AssertionError(f"no label in {pane} for {what}")


@given(st.integers(0, 676))
def test_labels_are_short_and_none_is_the_beginning_of_another(count: int) -> None:
    made = list(labels(count))
    assert len(set(made)) == count
    assert all(len(label) <= 2 for label in made)
    assert not {label[0] for label in made if len(label) == 2} & {label for label in made if len(label) == 1}
    assert count > 26 or all(len(label) == 1 for label in made)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 60)], ids=str)
async def test_every_row_and_lit_span_in_view_has_a_label_and_leads_to_its_record(size: tuple[int, int]) -> None:
    async with driving(size=size) as drive:
        await drive.press("s")
        assert HINT[:20] in drive.shown("#record")
        targets = [jump.target for jump in drive.state.jump_labels]
        assert len(set(targets)) == len(targets) > 3
        assert {target.pane for target in targets} == (
            {Pane.TEXT, Pane.AGREEMENTS, Pane.ENTITIES} if size[0] > 70 else {Pane.TEXT}
        )
        label = label_of(drive, Pane.TEXT, "Mikkel Holm")
        assert f"{label}{'Mikkel Holm'[len(label) :]}" in drive.shown("#text")
        await drive.type(label)
        assert drive.state.selection
        assert drive.state.selection.id == drive.entity("Mikkel Holm").id
        assert not drive.state.jump_labels


async def test_a_label_on_a_row_chooses_its_record_and_takes_the_focus_there() -> None:
    async with driving(size=(80, 24)) as drive:
        record = drive.agreement("Deliver four")
        await drive.press("s")
        label = label_of(drive, Pane.AGREEMENTS, record.id)
        assert any(line.startswith(label) for line in drive.shown("#agreements").splitlines())
        await drive.type(label)
        assert drive.state.selection
        assert drive.state.selection.id == record.id
        assert drive.state.pane is Pane.AGREEMENTS
        await drive.press("u")
        assert drive.state.selection is None


async def test_a_match_that_is_no_record_is_gone_to() -> None:
    async with driving() as drive:
        await drive.search("opened")
        await drive.press("enter", "g", "s")
        await drive.type(label_of(drive, Pane.TEXT, "opened"))
        assert drive.state.text.startswith("opened", drive.state.position.offset)


@pytest.mark.parametrize("key", ["escape", "1", "enter", "down", "question_mark"])
async def test_any_other_key_takes_the_labels_away_and_does_nothing_else(key: str) -> None:
    async with driving() as drive:
        before = drive.shown("#text"), drive.shown("#agreements"), drive.shown("#entities"), drive.shown("#record")
        await drive.press("s", key)
        assert not drive.state.jump_labels
        assert before == (
            drive.shown("#text"),
            drive.shown("#agreements"),
            drive.shown("#entities"),
            drive.shown("#record"),
        )
        assert drive.app.screen is drive.screen
