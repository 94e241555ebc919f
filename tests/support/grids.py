"""What holds of each grid of undertakings, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.grid_source import Grid, lay_out
from alliance_tui.explorer.rendering.glyphs import ASCII, UNICODE
from alliance_tui.explorer.rendering.strips import parts_width
from alliance_tui.explorer.rendering.theme import DARK, PLAIN


def assert_fits(grid: Grid, width: int, data: st.DataObject) -> None:
    """Assert that rows and headings are as wide as their columns, and that rows and columns are found by their keys."""
    styler = LineStyler(*data.draw(st.sampled_from([(DARK, UNICODE), (PLAIN, ASCII)])), {})
    focused = data.draw(st.integers(0, max(0, grid.column_count - 1)))
    layout = lay_out(grid, width, focused, data.draw(st.integers(0, grid.column_count)))
    columns = sum(column.width for column in layout.columns)
    assert layout.label_width + 2 + columns <= width
    assert parts_width(grid.headings(layout.columns, focused, styler)) == columns
    for row in range(grid.row_count):
        assert parts_width(grid.cells(row, layout.columns, focused, styler)) == columns
        assert grid.row_key(grid.row_of(grid.row_key(row))) == grid.row_key(row)
    if grid.column_count:
        assert grid.column_of(grid.column_key(focused)) == focused
        assert width < 40 or focused in [column.index for column in layout.columns]
