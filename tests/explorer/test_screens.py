"""What the main screens look like, kept as pictures."""

from __future__ import annotations

from itertools import product
from typing import Any

import building
import pytest
from driving import app_on
from textual.pilot import Pilot

from alliance_tui.explorer.state import ExplorerState, Reading, Stage
from alliance_tui.explorer.theme import PALETTES
from alliance_tui.records import Document

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
KEYS = {
    "open": [],
    "agreement": ["tab", "j", "j", "enter"],
    "entity": ["tab", "tab", "j", "enter"],
    "typing": ["slash", *"danmark"],
    "filter": ["slash", *"skadi", "enter", "f"],
    "details": ["tab", "d"],
    "help": ["question_mark"],
}


@pytest.fixture(autouse=True)
def _in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until nothing is under way, and press the keys once it is."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def pressing(keys: list[str]) -> Any:
    """Presses the keys on a screen that has come to rest."""

    async def _press(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)

    return _press


@pytest.mark.parametrize(
    ("screen", "size"),
    [*product(KEYS, ["80x24", "120x40"]), ("open", "200x60"), ("agreement", "200x60"), ("typing", "200x60")],
)
def test_the_main_screens(snap_compare: Any, screen: str, size: str) -> None:
    app = app_on(building.analysis())
    assert snap_compare(app, terminal_size=SIZES[size], run_before=pressing(KEYS[screen]))


@pytest.mark.parametrize("palette", ["light", "high-contrast", "ansi", "plain"])
def test_the_other_palettes(snap_compare: Any, palette: str) -> None:
    app = app_on(building.analysis(), palette=PALETTES[palette])
    keys = ["slash", *"joint", "enter", "tab", "enter"]
    assert snap_compare(app, terminal_size=(120, 40), run_before=pressing(keys))


def state_of(document: Document, stage: Stage, **told: Any) -> ExplorerState:
    """A state in which the analysis of the document is at some stage."""
    from msgspec.structs import replace

    return ExplorerState((replace(Reading.of(document), stage=stage, **told),))


@pytest.mark.parametrize("size", ["80x24", "120x40"])
@pytest.mark.parametrize("case", ["empty", "running", "failed"])
def test_the_screens_of_what_is_not_there(snap_compare: Any, case: str, size: str) -> None:
    app = app_on()
    app.first = {
        "empty": state_of(building.document(""), Stage.DONE),
        "running": state_of(building.document(), Stage.RUNNING, doing="finding agreements", done=30, total=100),
        "failed": state_of(
            building.document(),
            Stage.FAILED,
            message="the spaCy pipeline xx cannot be loaded: install it, or name another with --model",
        ),
    }[case]
    assert snap_compare(app, terminal_size=SIZES[size], run_before=pressing([]))


def test_a_small_screen(snap_compare: Any) -> None:
    assert snap_compare(app_on(building.analysis()), terminal_size=(50, 14), run_before=pressing(["tab"]))
