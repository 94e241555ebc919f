"""What the main screens look like, kept as pictures."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument
from alliance_tui.records import Document
from tests.support import builders
from tests.support.pilot import app_on, pressing

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x60": (200, 60)}
KEYS = {
    "open": [],
    "agreement": ["tab", "j", "j", "enter"],
    "entity": ["tab", "tab", "j", "enter"],
    "typing": ["slash", *"danmark"],
    "filter": ["slash", *"skadi", "enter", "f"],
    "details": ["tab", "d"],
    "help": ["question_mark"],
    "facets": ["F", "down"],
    "table": ["tab", "z", "O"],
}


@pytest.fixture(autouse=True)
def _in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        *product(KEYS, ["80x24", "120x40"]),
        *((screen, "200x60") for screen in ("open", "agreement", "typing", "facets")),
    ],
)
def test_the_main_screens(snap_compare: Any, screen: str, size: str) -> None:
    app = app_on(builders.analysis())
    assert snap_compare(app, terminal_size=SIZES[size], run_before=pressing(KEYS[screen]))


@pytest.mark.parametrize(
    ("palette", "size"), [*product(["light", "high-contrast", "ansi", "plain"], ["80x24", "120x40"])]
)
def test_the_other_palettes(snap_compare: Any, palette: str, size: str) -> None:
    app = app_on(builders.analysis(), palette=PALETTES[palette])
    keys = ["slash", *"joint", "enter", "tab", "enter"]
    assert snap_compare(app, terminal_size=SIZES[size], run_before=pressing(keys))


def state_of(document: Document, stage: AnalysisStage, **fields: Any) -> ExplorerState:
    """A state in which the analysis of the document is at some stage."""
    from msgspec.structs import replace

    return ExplorerState((replace(OpenDocument.unread(document), stage=stage, **fields),))


@pytest.mark.parametrize("size", ["80x24", "120x40"])
@pytest.mark.parametrize("case", ["empty", "running", "failed"])
def test_the_screens_of_what_is_not_there(snap_compare: Any, case: str, size: str) -> None:
    app = app_on()
    app.initial_state = {
        "empty": state_of(builders.document(""), AnalysisStage.DONE),
        "running": state_of(
            builders.document(), AnalysisStage.RUNNING, progress_label="finding agreements", done=30, total=100
        ),
        "failed": state_of(
            builders.document(),
            AnalysisStage.FAILED,
            message="the spaCy pipeline xx cannot be loaded: install it, or name another with --model",
        ),
    }[case]
    assert snap_compare(app, terminal_size=SIZES[size], run_before=pressing([]))


def test_a_small_screen(snap_compare: Any) -> None:
    assert snap_compare(app_on(builders.analysis()), terminal_size=(50, 14), run_before=pressing(["tab"]))
