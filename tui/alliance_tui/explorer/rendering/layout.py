"""The layout of the document's screen at every size."""

from __future__ import annotations

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from alliance_tui.explorer.state.explorer_state import ExplorerState, Pane
from alliance_tui.explorer.state.pane_sizes import share

MIN_TWO_COLUMNS, MIN_THREE_COLUMNS = 100, 160
"""Columns from which the lists are beside the text, and from which they are beside each other too."""
MIN_PANES_WIDTH, MIN_PANES_HEIGHT = 70, 16
"""Columns and rows below which one pane is shown at a time."""
MIN_SUMMARY_HEIGHT = 28
"""Rows from which there is a line that sums up the agreements."""
WELCOME_HEIGHT = 3
"""Rows of the lines that say what the panes are."""
TEXT_COLUMN = 106
"""Columns of the text in three columns: its longest line, its margins and its frame."""

Regions = dict[str, Region]
"""Regions by widget id."""


def place_regions(size: Size, state: ExplorerState) -> Regions:
    """Return the regions of what is shown: `top`, `query`, `record` and `keys`, and the panes by name."""
    width, height = size
    query = min(width, max(30, width // 2)) if state.typing else 0
    welcome = WELCOME_HEIGHT if state.welcome and not _shows_one_pane(size, state) else 0
    regions = {
        "query": Region(0, 0, query, 1),
        "top": Region(query, 0, width - query, 1),
        "record": Region(0, height - 2, width, 1),
        "keys": Region(0, height - 1, width, 1),
    }
    summary = (
        1 if height >= MIN_SUMMARY_HEIGHT and state.analysis.agreements and not _shows_one_pane(size, state) else 0
    )
    if summary:
        regions["summary"] = Region(0, 1, width, summary)
    if welcome:
        regions["welcome"] = Region(0, height - 2 - welcome, width, welcome)
    room = Region(0, 1 + summary, width, max(1, height - 3 - welcome - summary))
    return regions | _pane_regions(room, size, state)


def details_region(size: Size, state: ExplorerState) -> Region:
    """Return the room for details: that of the lists, so that the text stays in view; all where one pane is shown."""
    regions = place_regions(size, state)
    lists = [regions[pane] for pane in (Pane.AGREEMENTS, Pane.ENTITIES) if pane in regions]
    if Pane.TEXT not in regions or not lists:
        return Region(0, 1, size.width, max(1, size.height - 2))
    return Region.from_union(lists)


def has_frames(size: Size, state: ExplorerState) -> bool:
    """Return whether there is room for a frame around each pane, rather than a rule above it."""
    return size.width >= MIN_TWO_COLUMNS and not _shows_one_pane(size, state)


def _shows_one_pane(size: Size, state: ExplorerState) -> bool:
    return state.zoomed or size.width < MIN_PANES_WIDTH or size.height < MIN_PANES_HEIGHT


def _pane_regions(room: Region, size: Size, state: ExplorerState) -> Regions:
    x, y, width, height = room
    if _shows_one_pane(size, state):
        return {state.pane: room}
    sizes = state.sizes
    if width < MIN_TWO_COLUMNS:
        lower_height = round(height * share(0.42, -sizes.text))
        left_width = round(width * share(0.6, sizes.agreements))
        return {
            Pane.TEXT: Region(x, y, width, height - lower_height),
            Pane.AGREEMENTS: Region(x, y + height - lower_height, left_width, lower_height),
            Pane.ENTITIES: Region(x + left_width, y + height - lower_height, width - left_width, lower_height),
        }
    if width < MIN_THREE_COLUMNS:
        left_width = round(width * share(0.6, sizes.text))
        upper_height = round(height * share(0.5, sizes.agreements))
        return {
            Pane.TEXT: Region(x, y, left_width, height),
            Pane.AGREEMENTS: Region(x + left_width, y, width - left_width, upper_height),
            Pane.ENTITIES: Region(x + left_width, y + upper_height, width - left_width, height - upper_height),
        }
    left_width = min(TEXT_COLUMN, round(width * 0.5)) + round(width * sizes.text / 100)
    middle_width = round((width - left_width) * share(0.6, sizes.agreements))
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
