"""The layout of the document's screen at every size."""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from alliance_tui.explorer.state.explorer_state import ExplorerState, Pane

MIN_TWO_COLUMNS, MIN_THREE_COLUMNS = 100, 160
"""Columns from which the lists are beside the text, and from which they are beside each other too."""
MIN_PANES_WIDTH, MIN_PANES_HEIGHT = 70, 16
"""Columns and rows below which one pane is shown at a time."""
TEXT_COLUMN = 106
"""Columns of the text in three columns: its longest line, its margins and its frame."""

Regions = dict[str, Region]
"""Regions by widget id."""


def place_regions(size: Size, state: ExplorerState) -> Regions:
    """Return the regions of what is shown: `top`, `query`, `record` and `keys`, and the panes by name."""
    width, height = size
    query = min(width, max(30, width // 2)) if state.typing else 0
    return {
        "query": Region(0, 0, query, 1),
        "top": Region(query, 0, width - query, 1),
        "record": Region(0, height - 2, width, 1),
        "keys": Region(0, height - 1, width, 1),
    } | _pane_regions(Region(0, 1, width, max(1, height - 3)), state)


def has_frames(size: Size, state: ExplorerState) -> bool:
    """Return whether there is room for a frame around each pane, rather than a rule above it."""
    return size.width >= MIN_TWO_COLUMNS and not _shows_one_pane(size, state)


def _shows_one_pane(size: Size, state: ExplorerState) -> bool:
    return state.zoomed or size.width < MIN_PANES_WIDTH or size.height < MIN_PANES_HEIGHT


def _pane_regions(room: Region, state: ExplorerState) -> Regions:
    x, y, width, height = room
    if _shows_one_pane(Size(width, height + 3), state):
        return {state.pane: room}
    if width < MIN_TWO_COLUMNS:
        upper_height, left_width = height - round(height * 0.42), round(width * 0.6)
        return {
            Pane.TEXT: Region(x, y, width, upper_height),
            Pane.AGREEMENTS: Region(x, y + upper_height, left_width, height - upper_height),
            Pane.ENTITIES: Region(x + left_width, y + upper_height, width - left_width, height - upper_height),
        }
    if width < MIN_THREE_COLUMNS:
        left_width, upper_height = round(width * 0.6), height // 2
        return {
            Pane.TEXT: Region(x, y, left_width, height),
            Pane.AGREEMENTS: Region(x + left_width, y, width - left_width, upper_height),
            Pane.ENTITIES: Region(x + left_width, y + upper_height, width - left_width, height - upper_height),
        }
    left_width = min(TEXT_COLUMN, round(width * 0.5))
    middle_width = round((width - left_width) * 0.6)
    return {
        Pane.TEXT: Region(x, y, left_width, height),
        Pane.AGREEMENTS: Region(x + left_width, y, middle_width, height),
        Pane.ENTITIES: Region(x + left_width + middle_width, y, width - left_width - middle_width, height),
    }


class ExplorerLayout(Layout):
    """The regions for its `state`, as a layout of Textual."""

    name = "arrangement"

    def __init__(self, state: ExplorerState) -> None:
        self.state = state

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Return the placements of what is shown; other widgets get none."""
        regions = place_regions(size, self.state)
        children_with_region = [(regions[child.id], child) for child in children if child.id in regions]
        return [WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child) for region, child in children_with_region]
