"""The layout of the document's screen at every size, and the dividers between its panes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual.geometry import NULL_OFFSET, NULL_SPACING, Offset, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from alliance_tui.explorer.state.explorer_state import ExplorerState, Pane
from alliance_tui.explorer.state.pane_sizes import PaneSizes, Share

MIN_TWO_COLUMNS, MIN_THREE_COLUMNS, MIN_SIDE_COLUMN = 100, 160, 180
"""Columns from which the lists are beside the text, beside each other too, and above each other beside a side column.
"""
MIN_PANES_WIDTH, MIN_PANES_HEIGHT = 70, 16
"""Columns and rows below which one pane is shown at a time."""
MIN_SUMMARY_HEIGHT = 28
"""Rows from which there is a line that sums up the agreements."""
WELCOME_HEIGHT = 3
"""Rows of the lines that say what the panes are."""
TEXT_COLUMN = 106
"""Columns of the text in three columns: its longest line, its margins and its frame."""
DETAILS = "details"
"""The id of the widget in the side column while the facets are closed."""

Regions = dict[str, Region]
"""Regions by widget id."""


class Divider(Struct, frozen=True):
    """The division of a region in two, by columns or else by rows; `usual` is the first part's share, 0 to 1.

    `share` is the one of the reader's sizes that changes it.
    """

    share: Share
    by_columns: bool
    region: Region
    usual: float

    @property
    def _start(self) -> int:
        return self.region.x if self.by_columns else self.region.y

    @property
    def _length(self) -> int:
        return self.region.width if self.by_columns else self.region.height

    def parts(self, sizes: PaneSizes) -> tuple[Region, Region]:
        """Return the two parts at these sizes."""
        x, y, width, height = self.region
        first = round(self._length * (self.usual + sizes.points(self.share) / 100))
        if self.by_columns:
            return Region(x, y, first, height), Region(x + first, y, width - first, height)
        return Region(x, y, width, first), Region(x, y + first, width, height - first)

    def edge_cells(self, sizes: PaneSizes, *, framed: bool) -> Region:
        """Return the cells by which the divider is dragged: the edges of both parts, or the rule above the second."""
        x, y, width, height = self.parts(sizes)[1]
        if self.by_columns:
            return Region(x - 1, y, 1 + framed, height)
        return Region(x, y - framed, width, 1 + framed)

    def dragged(self, sizes: PaneSizes, place: Offset) -> PaneSizes:
        """Return the sizes with which the second part begins at this place of the screen, as far as they allow it."""
        at = place.x if self.by_columns else place.y
        points = 100 * ((at - self._start) / self._length - self.usual)
        return sizes.changed(self.share, points - sizes.points(self.share))


def place_regions(size: Size, state: ExplorerState) -> Regions:
    """Return the regions of what is shown: the lines above and below the panes, and the panes by name."""
    width, height = size
    query = min(width, max(30, width // 2)) if state.typing else 0
    regions = {
        "query": Region(0, 0, query, 1),
        "top": Region(query, 0, width - query, 1),
        "record": Region(0, height - 2, width, 1),
        "keys": Region(0, height - 1, width, 1),
    }
    if summary := _summary_height(size, state):
        regions["summary"] = Region(0, 1, width, summary)
    if welcome := _welcome_height(size, state):
        regions["welcome"] = Region(0, height - 2 - welcome, width, welcome)
    return regions | _pane_regions(size, state)


def details_region(size: Size, state: ExplorerState) -> Region:
    """Return the room for details: the side column, or that of the lists; all where one pane is shown.

    The text stays in view.
    """
    regions = place_regions(size, state)
    if side := regions.get(DETAILS):
        return side
    lists = [region for pane, region in regions.items() if pane in (Pane.AGREEMENTS, Pane.ENTITIES, Pane.FACETS)]
    if size.width >= MIN_SIDE_COLUMN and Pane.FACETS in regions:
        return regions[Pane.FACETS]
    if Pane.TEXT not in regions or not lists:
        return Region(0, 1, size.width, max(1, size.height - 2))
    return Region.from_union(lists)


def has_frames(size: Size, state: ExplorerState) -> bool:
    """Return whether there is room for a frame around each pane, rather than a rule above it."""
    return size.width >= MIN_TWO_COLUMNS and not _shows_one_pane(size, state)


def has_room_for_facets(size: Size, state: ExplorerState) -> bool:
    """Return whether facets can be a pane beside the text and the agreements."""
    return has_frames(size, state)


def dividers(size: Size, state: ExplorerState) -> Sequence[Divider]:
    """Return the dividers between the panes, the outermost first; none where one pane is shown."""
    if _shows_one_pane(size, state):
        return ()
    room, width = _room(size, state), size.width
    outer = Divider(Share.TEXT, width >= MIN_TWO_COLUMNS, room, _usual_text_share(width))
    rest = outer.parts(state.sizes)[1]
    if width < MIN_SIDE_COLUMN:
        by_columns = not MIN_TWO_COLUMNS <= width < MIN_THREE_COLUMNS
        return outer, Divider(Share.AGREEMENTS, by_columns, rest, 0.6 if by_columns else 0.5)
    side = Divider(Share.LISTS, True, rest, 0.58)
    return outer, side, Divider(Share.AGREEMENTS, False, side.parts(state.sizes)[0], 0.6)


def _usual_text_share(width: int) -> float:
    if width < MIN_THREE_COLUMNS:
        return 0.58 if width < MIN_TWO_COLUMNS else 0.6
    return min(TEXT_COLUMN / width, 0.5)


def divider_at(size: Size, state: ExplorerState, place: Offset) -> Divider | None:
    """Return the divider that can be dragged from this place of the screen."""
    framed = has_frames(size, state)
    cells = ((each, each.edge_cells(state.sizes, framed=framed)) for each in dividers(size, state))
    return next((divider for divider, edge in cells if edge.contains_point(place)), None)


def enlarged(size: Size, state: ExplorerState, points: float) -> PaneSizes:
    """Return the sizes with the focused pane larger by so many percentage points."""
    shares = [divider.share for divider in dividers(size, state)]
    if state.pane is Pane.TEXT:
        return state.sizes.changed(Share.TEXT, points)
    if state.pane is Pane.AGREEMENTS:
        return state.sizes.changed(Share.AGREEMENTS, points)
    beside_lists = state.pane is Pane.FACETS and Share.LISTS in shares
    return state.sizes.changed(Share.LISTS if beside_lists else Share.AGREEMENTS, -points)


def _summary_height(size: Size, state: ExplorerState) -> int:
    shown = size.height >= MIN_SUMMARY_HEIGHT and state.analysis.agreements and not _shows_one_pane(size, state)
    return 1 if shown else 0


def _welcome_height(size: Size, state: ExplorerState) -> int:
    return WELCOME_HEIGHT if state.welcome and not _shows_one_pane(size, state) else 0


def _room(size: Size, state: ExplorerState) -> Region:
    """Return the room for the panes between the lines."""
    above, below = 1 + _summary_height(size, state), 2 + _welcome_height(size, state)
    return Region(0, above, size.width, max(1, size.height - above - below))


def _shows_one_pane(size: Size, state: ExplorerState) -> bool:
    return state.zoomed or size.width < MIN_PANES_WIDTH or size.height < MIN_PANES_HEIGHT


def _pane_regions(size: Size, state: ExplorerState) -> Regions:
    divisions = [divider.parts(state.sizes) for divider in dividers(size, state)]
    if not divisions:
        return {state.pane: _room(size, state)}
    (text, _), *sides, (agreements, last) = divisions
    regions: Regions = {Pane.TEXT: text, Pane.AGREEMENTS: agreements}
    if sides:
        return regions | {Pane.ENTITIES: last, Pane.FACETS if state.facets_open else DETAILS: sides[0][1]}
    in_last = Pane.FACETS if state.facets_open and state.pane is not Pane.ENTITIES else Pane.ENTITIES
    return regions | {in_last: last}


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
