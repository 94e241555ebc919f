"""Where each part of the screen stands, at every size."""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from alliance_tui.explorer.state.explorer_state import ExplorerState, Pane

BESIDE, THREE_COLUMNS = 100, 160
"""Columns from which the lists stand beside the text, and from which they stand beside each other too."""
NARROW, LOW = 70, 16
"""Below so many columns or rows there is one pane at a time."""
TEXT_COLUMN = 106
"""Columns of the text in three columns: its longest line, its margins and its frame."""

Parts = dict[str, Region]
"""Widget id to its place on the screen."""


def arrange(size: Size, state: ExplorerState) -> Parts:
    """The parts that are shown: the lines `top`, `query`, `record` and `keys`, and the panes by their names."""
    width, height = size
    query = min(width, max(30, width // 2)) if state.typing else 0
    return {
        "query": Region(0, 0, query, 1),
        "top": Region(query, 0, width - query, 1),
        "record": Region(0, height - 2, width, 1),
        "keys": Region(0, height - 1, width, 1),
    } | _panes(Region(0, 1, width, max(1, height - 3)), state)


def framed(size: Size, state: ExplorerState) -> bool:
    """Whether there is room for a frame around each pane, rather than a rule above it."""
    return size.width >= BESIDE and not _alone(size, state)


def _alone(size: Size, state: ExplorerState) -> bool:
    return state.zoomed or size.width < NARROW or size.height < LOW


def _panes(room: Region, state: ExplorerState) -> Parts:
    x, y, width, height = room
    if _alone(Size(width, height + 3), state):
        return {state.pane: room}
    if width < BESIDE:
        upper, left = height - round(height * 0.42), round(width * 0.6)
        return {
            Pane.TEXT: Region(x, y, width, upper),
            Pane.AGREEMENTS: Region(x, y + upper, left, height - upper),
            Pane.ENTITIES: Region(x + left, y + upper, width - left, height - upper),
        }
    if width < THREE_COLUMNS:
        left, upper = round(width * 0.6), height // 2
        return {
            Pane.TEXT: Region(x, y, left, height),
            Pane.AGREEMENTS: Region(x + left, y, width - left, upper),
            Pane.ENTITIES: Region(x + left, y + upper, width - left, height - upper),
        }
    left = min(TEXT_COLUMN, round(width * 0.5))
    middle = round((width - left) * 0.6)
    return {
        Pane.TEXT: Region(x, y, left, height),
        Pane.AGREEMENTS: Region(x + left, y, middle, height),
        Pane.ENTITIES: Region(x + left + middle, y, width - left - middle, height),
    }


class Arrangement(Layout):
    """Textual's view of `arrange` for the state last given to it."""

    name = "arrangement"

    def __init__(self, state: ExplorerState) -> None:
        self.state = state

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """The placements of the parts that are shown; nothing else has a place."""
        parts = arrange(size, self.state)
        shown = [(parts[child.id], child) for child in children if child.id in parts]
        return [WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child) for region, child in shown]
