"""Who undertakes what with whom, on a screen: counts, and what they count."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_tui.explorer.dialogs.source_screen import NOTHING_TO_EXPORT
from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.grid_source import lay_out
from alliance_tui.explorer.presenters.matrix_grid import MatrixSource
from alliance_tui.explorer.rendering.glyphs import UNICODE
from alliance_tui.explorer.rendering.theme import DARK, PALETTES
from alliance_tui.explorer.state.overview_state import GridPosition
from alliance_tui.library.analysis_cache import AnalysisCache
from tests.overviews.builders import undertaking
from tests.support import builders
from tests.support.grids import assert_fits
from tests.support.pilot import Drive, app_on, driving, pressing
from tests.support.sample_library import fill


@asynccontextmanager
async def in_matrix(*keys: str) -> AsyncIterator[Drive]:
    async with driving(app_on(builders.analysis())) as drive:
        await drive.press("J", *keys)
        yield drive


def cells(drive: Drive) -> list[list[str]]:
    """Return the words of each row, without the cursor."""
    return [line[2:].split() for line in drive.shown("#rows").splitlines() if line.strip()]


async def test_parties_have_counts_by_party_under_their_codes() -> None:
    async with in_matrix() as drive:
        assert drive.shown("#grid-headings").split() == ["all", "DK", "PT"]
        assert cells(drive) == [["Denmark", "DK", "4", "1", "3"], ["Portugal", "PT", "4", "3", "1"]]


def test_a_row_has_its_name_and_at_the_end_the_code_of_its_column() -> None:
    row = undertaking("x", "2029-01-01", parties="Harbour Ministry, Norland")
    grid = MatrixSource("x", [row], None).lay_out(GridPosition(0, (0,))).grid
    styler = LineStyler(DARK, UNICODE, {})
    labels = ["".join(text for text, _ in grid.label(number, 16, styler)) for number in range(grid.row_count)]
    assert labels == ["Harbour Mini⋯ HM", "Norland         "]
    assert lay_out(grid, 60, 0, 0).label_width == grid.longest_label + 1, "room that no column needs"


async def test_tab_turns_the_columns_to_fields_and_back() -> None:
    async with in_matrix("tab") as drive:
        assert "[by field]" in drive.shown("#rows-views")
        assert "DK" not in drive.shown("#grid-headings")
        await drive.press("tab")
        assert "DK" in drive.shown("#grid-headings")


async def test_a_cell_opens_its_undertakings() -> None:
    async with in_matrix("right", "right", "enter") as drive:
        assert "Denmark and Portugal" in drive.shown("#rows-top")
        assert len(cells(drive)) == 3
        await drive.press("escape")
        assert cells(drive)[0][0] == "Denmark"
        await drive.press("left", "enter")
        assert "Denmark alone" in drive.shown("#rows-top")
        await drive.press("enter")
        assert drive.app.screen is drive.screen


async def test_the_undertakings_of_a_cell_are_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with in_matrix("right", "right", "enter", "ctrl+x") as drive:
        await drive.press("enter")
        assert "Wrote a register of 3 undertakings to register.html" in drive.shown("#rows-message")
    assert "Portugal" in (tmp_path / "register.html").read_text(encoding="utf-8")


async def test_an_empty_cell_opens_nothing(tmp_path: Path) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(fill(tmp_path)))) as drive:
        await drive.press("L", "J")
        shown = drive.app.screen
        await drive.press("right", "enter")
        assert drive.app.screen is shown
        assert cells(drive)[0][0] == "Norland"


@pytest.mark.parametrize("listing", [(), ("tab",)], ids=["documents", "agreements"])
async def test_what_a_query_lists_has_an_overview_of_its_own(tmp_path: Path, listing: tuple[str, ...]) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(fill(tmp_path)))) as drive:
        await drive.press("L", *listing, "slash")
        await drive.type("drones")
        await drive.press("enter", "J")
        assert "listed for drones" in drive.shown("#rows-top")
        assert [row[0] for row in cells(drive)] == ["Norland", "Suderia"]


async def test_marked_documents_have_an_overview_of_their_own(tmp_path: Path) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(fill(tmp_path, ["accord", "drones"])))) as drive:
        await drive.press("L", "space", "J")
        assert "1 marked document" in drive.shown("#rows-top")
        assert len(cells(drive)) == 2


async def test_it_is_exported_in_the_format_of_the_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with in_matrix("X") as drive:
        await drive.press("enter")
        assert "Wrote a matrix of 5 undertakings to matrix.graphml" in drive.shown("#rows-message")
    assert '<data key="name">Denmark</data>' in (tmp_path / "matrix.graphml").read_text(encoding="utf-8")


async def test_where_nothing_is_shown_the_export_says_so() -> None:
    async with in_matrix("slash", *"zebra", "enter", "X") as drive:
        assert NOTHING_TO_EXPORT in drive.shown("#rows-message")


async def test_parties_are_sorted_by_total_or_by_name(tmp_path: Path) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(fill(tmp_path)))) as drive:
        await drive.press("L", "J", "down")
        focused = next(line for line in drive.shown("#rows").splitlines() if line.startswith("▸")).split()[1]
        await drive.press("S")
        names = [row[0] for row in cells(drive)]
        assert names == sorted(names)
        assert next(line for line in drive.shown("#rows").splitlines() if line.startswith("▸")).split()[1] == focused


names = st.sampled_from(
    ["Japan", "United States", "日本国", "Arctic Coast Guard Forum", "Ost", "Ärzte ohne Grenzen e. V."]
)
some = st.lists(
    st.builds(undertaking, st.just("x"), st.just("2029-01-01"), parties=st.sets(names).map(", ".join)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=50)
@given(some, st.integers(20, 160), st.data())
def test_rows_and_headings_are_exactly_as_wide_as_their_columns(
    undertakings: list[Any], width: int, data: st.DataObject
) -> None:
    source = MatrixSource("x", undertakings, None)
    grid = source.lay_out(GridPosition(data.draw(st.integers(0, 1)), (data.draw(st.integers(0, 1)),))).grid
    assert_fits(grid, width, data)
    assert [grid.row_of(grid.row_key(row)) for row in range(grid.row_count)] == [*range(grid.row_count)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("palette", ["dark", "light"])
def test_the_matrix_looks_like_this(
    snap_compare: Any, palette: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = app_on(builders.analysis(), palette=PALETTES[palette])
    assert snap_compare(app, terminal_size=size, run_before=pressing(["J", "right"]))
