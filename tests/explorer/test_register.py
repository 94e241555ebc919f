"""The register on a screen: the undertakings of the whole library, what became of them, and the life of one."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alliance_tui.explorer.dialogs.source_screen import NOTHING_TO_EXPORT
from alliance_tui.explorer.presenters.help_pages import REGISTER_PAGE
from alliance_tui.explorer.presenters.register_rows import RegisterRows
from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.screens.library_screen import LibraryScreen
from alliance_tui.explorer.workers.register_reader import RegisterReader
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.store import open_library
from alliance_tui.linking.register import RegisterRow
from tests.support import builders
from tests.support.linked_documents import fill_linked, linked_analysis, report, statement
from tests.support.pilot import Drive, app_on, driving, pressing

LATER = report()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return fill_linked(tmp_path, statement(), LATER)


@asynccontextmanager
async def in_register(library: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Drive]:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(library)), size) as drive:
        await drive.press("L", "P")
        yield drive


def lines(drive: Drive) -> list[str]:
    return [line.rstrip() for line in drive.shown("#rows").splitlines() if line[2:3].strip()]


async def test_each_undertaking_is_a_row_with_its_strengths_over_time_and_its_documents(library: Path) -> None:
    async with in_register(library) as drive:
        radars = next(line for line in lines(drive) if "radar" in line)
        assert radars[2:4] == "◒◕"
        assert radars.endswith("×2")
        assert "reaffirmed" in radars
        assert len(lines(drive)) == 6


async def test_a_query_has_fields_of_its_own(library: Path) -> None:
    async with in_register(library) as drive:
        await drive.type("told:>1")
        assert len(lines(drive)) == 3
        await drive.type(" drones")
        assert len(lines(drive)) == 1
        await drive.press("escape")
        await drive.type("speed:9")
        assert "no field of the register" in drive.shown("#rows-message")


async def test_tab_goes_through_the_statuses_and_arrows_through_the_orders(library: Path) -> None:
    async with in_register(library) as drive:
        await drive.press("tab")
        assert "[reaffirmed 3]" in drive.shown("#rows-views")
        assert "overdue" not in drive.shown("#rows-views"), "a status that no undertaking has is no view"
        await drive.press("tab")
        assert "[promised 3]" in drive.shown("#rows-views")
        assert len(lines(drive)) == 3
        await drive.press("tab", "right", "right", "right")
        assert "[times]" in drive.shown("#rows-views")


async def test_what_a_query_finds_of_another_status_is_counted(library: Path) -> None:
    async with in_register(library) as drive:
        await drive.press("shift+tab")
        await drive.type("radar")
        assert lines(drive) == ["  nothing fits"]
        assert "1 undertaking of another status" in drive.shown("#rows-message")


async def test_where_room_is_short_of_the_orders_only_the_chosen_one_is_named(library: Path) -> None:
    async with in_register(library, (50, 24)) as drive:
        views = drive.shown("#rows-views").rstrip()
        assert "reaffirmed 3" in views
        assert views.endswith("by [first]")
    async with in_register(library) as drive:
        assert drive.shown("#rows-views").rstrip().endswith("by [first] last  due  times")


@pytest.mark.parametrize("width", range(40, 81, 5))
async def test_views_and_keys_that_do_not_fit_are_left_out_whole(library: Path, width: int) -> None:
    async with in_register(library, (width, 24)) as drive:
        views, keys = drive.shown("#rows-views"), drive.shown("#keys")
        assert views.startswith(" [all 6]")
        assert keys.rstrip().endswith("Esc back")
        assert drive.app.glyphs.ellipsis not in views + keys


async def test_help_has_the_queries_and_leads_back(library: Path) -> None:
    async with in_register(library, (80, 24)) as drive:
        await drive.press("f1")
        shown = drive.shown("#items")
        assert all(entry.subject in shown for section in REGISTER_PAGE.sections for entry in section.entries)
        await drive.press("escape")
        assert len(lines(drive)) == 6


async def test_the_life_of_an_undertaking_has_its_statements_in_order_of_date(library: Path) -> None:
    async with in_register(library) as drive:
        await drive.type("radar")
        await drive.press("enter")
        assert [line[2:12] for line in lines(drive)] == ["2029-03-04", "2030-01-10"]
        await drive.press("down")
        details = drive.shown("#row-details")
        assert "planned before, committed now" in details
        assert "Linked by" in details
        await drive.press("enter")
        assert drive.app.screen is drive.screen
        assert drive.state.analysis.document.title == "Later"
        assert drive.state.selection is not None


async def test_the_life_of_an_undertaking_says_what_it_is_part_of(tmp_path: Path) -> None:
    general, limb = "Norland will deepen its work on harbours", "dredging the bay at Eskby"
    records = tuple({"quote": each, "title": each, "parties": ["Norland"]} for each in (general, limb))
    plan = linked_analysis(f"{general} by:\n\n- {limb}\n", records, title="Plan")
    async with in_register(fill_linked(tmp_path, plan)) as drive:
        await drive.type("dredging")
        await drive.press("enter")
        shown = " ".join(drive.shown("#row-details").split())
        assert f"Part of {general}" in shown
        assert "in the list that it leads into (93% of such are right)" in shown


@pytest.mark.parametrize("suffix", [".html", ".csv", ".md", ".jsonl", ".ics"])
async def test_what_is_listed_is_exported_in_the_format_of_the_suffix(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with in_register(library) as drive:
        await drive.press("ctrl+x")
        await drive.retype(f"all{suffix}")
        await drive.press("enter")
        assert f"Wrote a register of 6 undertakings to all{suffix}" in drive.shown("#rows-message")
        await drive.press("down")
        assert "Wrote" not in drive.shown("#rows-message")
    assert "Norland" in (tmp_path / f"all{suffix}").read_text(encoding="utf-8")


async def test_the_export_has_the_rows_of_the_view_and_query_in_their_order_and_names_both(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with in_register(library) as drive:
        await drive.press("tab", "right")
        await drive.type("told:>1 norland")
        shown = [line[2:].strip() for line in lines(drive)]
        await drive.press("ctrl+x")
        await drive.retype("few.jsonl")
        await drive.press("enter")
    rows = [json.loads(line) for line in (tmp_path / "few.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 1
    assert all(row["title"][:20] in line for row, line in zip(rows, shown, strict=True))
    assert {row["status"] for row in rows} == {"reaffirmed"}
    assert {row["provenance"]["query"] for row in rows} == {'told:>1 norland status:"reaffirmed"'}
    assert all(statement["document_title"] for row in rows for statement in row["statements"])


async def test_the_life_of_an_undertaking_is_exported_whole(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with in_register(library) as drive:
        await drive.type("radar")
        await drive.press("enter")
        await drive.type("2030")
        assert len(lines(drive)) == 1
        await drive.press("ctrl+x")
        await drive.retype("life.jsonl")
        await drive.press("enter")
        assert "Wrote an undertaking of 2 statements to life.jsonl" in drive.shown("#rows-message")
    row = json.loads((tmp_path / "life.jsonl").read_text(encoding="utf-8"))
    assert [each["date"] for each in row["statements"]] == ["2029-03-04", "2030-01-10"]


class HeldUpList:
    """Lists rows once it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        list_rows, self.may_list = RegisterRows.list_rows, threading.Event()

        def list_later(source: RegisterRows, *arguments: Any) -> Any:
            assert self.may_list.wait(20)
            return list_rows(source, *arguments)

        monkeypatch.setattr(RegisterRows, "list_rows", list_later)


async def test_the_export_and_enter_are_of_what_is_typed_though_it_is_not_yet_listed(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_register(library) as drive:
        with monkeypatch.context() as patched:
            held = HeldUpList(patched)
            await drive.pilot.press(*"drones", "ctrl+x")
            held.may_list.set()
            await drive.rest()
            await drive.type("l")  # another suffix, and back: what would be written is shown
            await drive.press("backspace")
            assert "a register of 1 undertaking as html" in drive.shown("#checked")
        await drive.press("escape", "ctrl+u")
        with monkeypatch.context() as patched:
            held = HeldUpList(patched)
            await drive.pilot.press(*"drones")
            opening = asyncio.create_task(drive.pilot.press("enter"))
            held.may_list.set()
            await opening
            await drive.rest()
        assert "drones" in drive.shown("#rows-top")


async def test_where_nothing_is_listed_the_export_says_so(library: Path) -> None:
    async with in_register(library) as drive:
        await drive.type("zebra")
        await drive.press("ctrl+x")
        assert NOTHING_TO_EXPORT in drive.shown("#rows-message")
        await drive.press("down")
        assert NOTHING_TO_EXPORT not in drive.shown("#rows-message")


async def test_a_file_that_is_there_is_not_written_over(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "register.html").write_text("mine", encoding="utf-8")
    async with in_register(library) as drive:
        await drive.press("ctrl+x", "enter")
        assert "is there already" in drive.shown("#rows-message")
    assert (tmp_path / "register.html").read_text(encoding="utf-8") == "mine"


async def test_keys_work_while_the_register_is_read_and_elsewhere_it_does_not_open(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_read = threading.Event()

    def read_later(self: RegisterReader, *arguments: Any) -> list[RegisterRow]:
        may_read.wait(20)
        return read(self, *arguments)

    read = RegisterReader._rows
    monkeypatch.setattr(RegisterReader, "_rows", read_later)
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(library))) as drive:
        await drive.press("L")
        listed = drive.app.screen
        assert isinstance(listed, LibraryScreen)
        focused = listed.state.focused_number
        await drive.pilot.press("P", "j")
        assert listed.state.focused_number != focused
        await drive.pilot.press("slash", "r")
        assert listed.state.query == "r"
        may_read.set()
        await drive.rest()
        assert drive.app.screen is listed
        await drive.press("escape", "P")
        assert len(lines(drive)) == 6


async def test_an_empty_library_says_so(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with open_library(path):
        pass
    async with in_register(path) as drive:
        assert "no agreements yet" in drive.shown("#record")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("palette", ["dark", "light"])
@pytest.mark.parametrize("keys", [(), (*"radar", "enter", "down")], ids=["register", "life"])
def test_the_register_looks_like_this(
    snap_compare: Any,
    keys: tuple[str, ...],
    palette: str,
    size: tuple[int, int],
    library: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class LaterDay(date):
        @classmethod
        def today(cls) -> LaterDay:
            return cls(2032, 1, 1)

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("alliance_tui.explorer.workers.register_reader.date", LaterDay)
    app = app_on(builders.analysis(), cache=AnalysisCache(library), palette=PALETTES[palette])
    assert snap_compare(app, terminal_size=size, run_before=pressing(["L", "P", *keys]))
