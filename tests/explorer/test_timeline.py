"""The timeline on a screen: undertakings as spans along an axis, or counts of groups that open what they count."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.explorer.presenters.timeline_grid import CountsGrid, TimelineSource
from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.state.document_transitions import open_document
from alliance_tui.explorer.state.overview_state import GridPosition
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.linking.register import RegisterRow
from alliance_tui.overviews.timeline import Grouping
from alliance_tui.records import Analysis
from tests.overviews.builders import TODAY, undertaking
from tests.support import builders
from tests.support.grids import assert_fits
from tests.support.linked_documents import statement
from tests.support.pilot import Drive, app_on, driving, pressing
from tests.support.sample_library import fill


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the same day whenever the tests run."""
    monkeypatch.setattr("alliance_tui.explorer.handlers.overview_handlers._today", lambda: "2026-12-02")


def dated() -> Analysis:
    """The analysis of the tests with the first and the last day of each deadline."""
    analysis = builders.analysis()
    agreements = tuple(
        replace(each, deadline=replace(each.deadline, earliest="2027-06-01", latest="2027-06-30"))
        if each.deadline and each.deadline.edtf == "2027-06"
        else each
        for each in analysis.agreements
    )
    return replace(analysis, agreements=agreements)


@asynccontextmanager
async def in_timeline(*keys: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Drive]:
    async with driving(app_on(dated()), size=size) as drive:
        await drive.press("H", *keys)
        yield drive


def rows(drive: Drive) -> list[str]:
    return [line.rstrip() for line in drive.shown("#rows").splitlines() if line.strip()]


async def test_a_document_has_a_row_for_each_undertaking() -> None:
    async with in_timeline() as drive:
        assert len(rows(drive)) == sum(each.kind == "agreement" for each in builders.analysis().agreements)
        assert "[year]" in drive.shown("#rows-views")
        assert "4 of 5 undertakings are without a due date" in drive.shown("#rows-message")
        cable = next(row for row in rows(drive) if "joint centre" in row)
        assert "◉" in cable and "━" in cable


async def test_plus_and_minus_zoom_and_keep_the_period() -> None:
    async with in_timeline() as drive:
        await drive.press("plus", "plus")
        assert "[month]" in drive.shown("#rows-views")
        assert "Jan" in drive.shown("#grid-headings")
        await drive.press("plus")
        assert "[month]" in drive.shown("#rows-views")
        await drive.press("minus")
        assert "Q1" in drive.shown("#grid-headings")


async def test_groups_are_counts_and_a_cell_opens_its_undertakings() -> None:
    async with in_timeline("O") as drive:
        assert [row.split()[:2] for row in rows(drive)][:1] == [["▸", "All"]]
        portugal = next(row for row in rows(drive) if "Portugal" in row).split()
        await drive.press("down", "home", *["left"] * 60)
        assert drive.shown("#row-details").split()[0] == rows(drive)[0].split()[2]
        await drive.press("down", "enter")
        assert "at any time" in drive.shown("#rows-top")
        assert sum("promised" in row or "delivered" in row for row in rows(drive)) == int(portugal[1])
        await drive.press("enter")
        assert drive.app.screen is drive.screen
        assert drive.state.selection is not None


async def test_the_timeline_is_found_again_as_it_was_left() -> None:
    async with in_timeline("plus", "O", "down") as drive:
        left = drive.shown("#rows")
        await drive.press("escape", "H")
        assert drive.shown("#rows") == left


async def test_a_query_narrows_and_leaving_it_does_not_lose_the_screen() -> None:
    async with in_timeline() as drive:
        everything = rows(drive)
        await drive.press("slash")
        await drive.type("drones")
        assert len(rows(drive)) == 1
        await drive.press("enter", "plus")
        assert "[quarter]" in drive.shown("#rows-views")
        await drive.press("escape")
        assert len(rows(drive)) == len(everything)
        await drive.press("slash")
        await drive.type("speed:9")
        assert "no field of the register" in drive.shown("#rows-message")


@pytest.mark.parametrize(("suffix", "begins"), [(".svg", "<svg"), (".ics", "BEGIN:VCALENDAR"), (".md", "# Timeline")])
async def test_it_is_exported_in_the_format_of_the_suffix(
    suffix: str, begins: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with in_timeline("X") as drive:
        await drive.press(*["backspace"] * 4)
        await drive.type(suffix)
        await drive.press("enter")
    assert (tmp_path / f"timeline{suffix}").read_text(encoding="utf-8").startswith(begins)


async def test_what_was_written_is_said_until_another_view_or_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with in_timeline("O", "X") as drive:
        await drive.press("enter")
        assert "Wrote a timeline of 5 undertakings to timeline.svg" in drive.shown("#rows-message")
        await drive.press("tab", "shift+tab")
        assert "4 of 5 undertakings are without a due date" in drive.shown("#rows-message")
        drive.app.screen.show_notice("Wrote it")  # type: ignore[attr-defined]
        await drive.press("slash")
        await drive.type("denmark")
        assert "without a due date" in drive.shown("#rows-message")


async def test_a_query_narrows_the_document_that_it_was_typed_for_alone() -> None:
    async with driving(app_on(dated(), statement())) as drive:
        await drive.press("H", "slash")
        await drive.type("drones")
        await drive.press("enter")
        assert len(rows(drive)) == 1
        drive.app.pop_screen()
        drive.screen.set_state(open_document(drive.state, 1))
        await drive.press("H")
        assert "/ words" in drive.shown("#rows-message") or "undertakings are" in drive.shown("#rows-message")
        assert len(rows(drive)) > 1


async def test_enter_on_an_undertaking_shows_it_in_the_text() -> None:
    async with in_timeline("down", "enter") as drive:
        assert drive.app.screen is drive.screen
        assert drive.state.selection is not None


async def test_marked_agreements_are_a_timeline_of_their_own() -> None:
    async with driving(app_on(dated())) as drive:
        await drive.press("2", "space", "down", "space", "H")
        assert "2 marked agreements" in drive.shown("#rows-top")
        assert len(rows(drive)) == 2


async def test_rejected_agreements_have_no_row(tmp_path: Path) -> None:
    async with driving(app_on(dated(), cache=AnalysisCache(tmp_path / "library.sqlite"))) as drive:
        await drive.press("2", "r", "H")
        undertakings = [each for each in dated().agreements if each.kind == "agreement"]
        assert len(rows(drive)) == len(undertakings) - 1


async def test_an_export_of_the_library_says_what_made_its_records_and_the_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driving(app_on(statement(), cache=AnalysisCache(fill(tmp_path)))) as drive:
        await drive.press("L", "slash")
        await drive.type("norland")
        await drive.press("enter", "H", "slash")
        await drive.type("radars")
        await drive.press("enter", "X")
        await drive.press(*["backspace"] * 4)
        await drive.type(".json")
        await drive.press("enter")
    text = (tmp_path / "timeline.json").read_text(encoding="utf-8")
    provenance = json.loads(text)["provenance"]
    assert provenance["query"] == "norland radars"
    assert (provenance["extraction"], provenance["model"]) == ("rules", "model")
    assert str(tmp_path) not in text


async def test_the_library_has_counts_by_field_and_opens_the_life_of_an_undertaking(tmp_path: Path) -> None:
    async with driving(app_on(statement(), cache=AnalysisCache(fill(tmp_path)))) as drive:
        await drive.press("L", "H")
        assert "maritime" in drive.shown("#rows")
        await drive.press(*["left"] * 200, "enter", "enter")
        assert "statement" in drive.shown("#rows-views")
        await drive.press("enter")
        assert drive.app.screen is drive.screen


async def test_a_document_without_agreements_says_so() -> None:
    async with driving(app_on(replace(dated(), agreements=()))) as drive:
        await drive.press("H")
        assert "no agreements" in drive.state.notice


@pytest.mark.parametrize(
    ("dates", "expected"),
    [(("2029-01-01", "2031-05-06"), "2031"), (("2029-01-01", "2041-05-06"), "2034"), (("",), "2034")],
)
def test_it_begins_at_the_last_statement_and_never_after_today(dates: tuple[str, ...], expected: str) -> None:
    rows = [undertaking("Meet", date, due=("2020/2050", "2020-01-01", "2050-12-31")) for date in dates]
    grid = TimelineSource("x", rows, "2034-02-03", Grouping.NONE, None).lay_out(GridPosition(0, (2, 0))).grid
    assert grid.column_key(grid.column_of(None)) == expected


def test_undertakings_of_one_title_are_told_apart() -> None:
    first, second = undertaking("Meet yearly", "2029-01-01"), undertaking("Meet yearly", "2029-01-01", "2030-01-01")
    moved = replace(second.statements[0], position=3)
    same_title = [first, RegisterRow((moved, *second.statements[1:]), second.context)]
    grid = TimelineSource("x", same_title, TODAY, Grouping.NONE, None).lay_out(GridPosition(0, (2, 0))).grid
    assert [grid.row_of(grid.row_key(row)) for row in range(2)] == [0, 1]


day = st.dates(date(1990, 1, 1), date(2040, 12, 31)).map(str)
deadline = st.none() | st.tuples(day, day).map(lambda ends: (f"{ends[0]}/{ends[1]}", min(ends), max(ends)))
some = st.lists(st.builds(undertaking, st.text(max_size=30), st.just("") | day, due=deadline), min_size=1, max_size=4)


@settings(max_examples=30)
@given(some, st.integers(20, 160), st.data())
def test_rows_and_headings_are_exactly_as_wide_as_their_columns(
    undertakings: list[Any], width: int, data: st.DataObject
) -> None:
    source = TimelineSource("x", undertakings, TODAY, Grouping.NONE, None)
    choices = data.draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    grid = source.lay_out(GridPosition(data.draw(st.integers(0, 1)), choices)).grid
    assert_fits(grid, width, data)


@settings(max_examples=30)
@given(some)
def test_every_undertaking_that_a_total_counts_is_in_one_of_the_cells(undertakings: list[Any]) -> None:
    source = TimelineSource("x", undertakings, TODAY, Grouping.PARTY, None)
    for view in range(2):
        grid = source.lay_out(GridPosition(view, (1, 1))).grid
        assert isinstance(grid, CountsGrid)
        for row in range(grid.row_count):
            parts = sum(len(grid.undertakings(row, column)) for column in range(1, grid.column_count))
            assert parts == len(grid.undertakings(row, 0))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("palette", ["dark", "light"])
@pytest.mark.parametrize("keys", [("plus",), ("O", "plus")], ids=["spans", "counts"])
def test_the_timeline_looks_like_this(
    snap_compare: Any, keys: tuple[str, ...], palette: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = app_on(dated(), palette=PALETTES[palette])
    assert snap_compare(app, terminal_size=size, run_before=pressing(["H", *keys]))
