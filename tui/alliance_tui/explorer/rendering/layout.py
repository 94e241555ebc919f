"""Where each part of the screen stands, at every size."""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from alliance_tui.explorer.state.explorer_state import ExplorerState, Pane

MIN_TWO_COLUMNS, MIN_THREE_COLUMNS = 100, 160
"""Columns from which the lists stand beside the text, and from which they stand beside each other too."""
MIN_PANES_WIDTH, MIN_PANES_HEIGHT = 70, 16
"""Below so many columns or rows there is one pane at a time."""
TEXT_COLUMN = 106
"""Columns of the text in three columns: its longest line, its margins and its frame."""

Regions = dict[str, Region]
"""Widget id to its place on the screen."""


def place_regions(size: Size, state: ExplorerState) -> Regions:
    """The parts that are shown: the lines `top`, `query`, `record` and `keys`, and the panes by their names."""
    width, height = size
    query = min(width, max(30, width // 2)) if state.typing else 0
    return {
        "query": Region(0, 0, query, 1),
        "top": Region(query, 0, width - query, 1),
        "record": Region(0, height - 2, width, 1),
        "keys": Region(0, height - 1, width, 1),
    } | _pane_regions(Region(0, 1, width, max(1, height - 3)), state)


def has_frames(size: Size, state: ExplorerState) -> bool:
    """Whether there is room for a frame around each pane, rather than a rule above it."""
    return size.width >= MIN_TWO_COLUMNS and not _shows_one_pane(size, state)


def _shows_one_pane(size: Size, state: ExplorerState) -> bool:
    return state.zoomed or size.width < MIN_PANES_WIDTH or size.height < MIN_PANES_HEIGHT


def _pane_regions(room: Region, state: ExplorerState) -> Regions:
    x, y, width, height = room
    if _shows_one_pane(Size(width, height + 3), state):
        return {state.pane: room}
    if width < MIN_TWO_COLUMNS:
        upper, left = height - round(height * 0.42), round(width * 0.6)
        return {
            Pane.TEXT: Region(x, y, width, upper),
            Pane.AGREEMENTS: Region(x, y + upper, left, height - upper),
            Pane.ENTITIES: Region(x + left, y + upper, width - left, height - upper),
        }
    if width < MIN_THREE_COLUMNS:
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


class ExplorerLayout(Layout):
    """Textual's view of `arrange` for the state last given to it."""

    name = "arrangement"

    def __init__(self, state: ExplorerState) -> None:
        self.state = state

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """The placements of the parts that are shown; nothing else has a place."""
        parts = place_regions(size, self.state)
        shown = [(parts[child.id], child) for child in children if child.id in parts]
        return [WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child) for region, child in shown]
