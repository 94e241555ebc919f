"""The library's agreements: listed and searched as its documents are, in a list or a table, a key from their words."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.explorer.dialogs.source_screen import NOTHING_TO_EXPORT
from alliance_tui.explorer.rendering.theme import DARK, StyleRole
from alliance_tui.explorer.screens import library_screen
from alliance_tui.explorer.screens.library_screen import LibraryScreen
from alliance_tui.explorer.state.agreement_list import (
    AgreementList,
    ListedAgreement,
    add_rows,
    apply_results,
    passage_range,
    step,
)
from alliance_tui.explorer.state.library_state import Listing, set_query
from alliance_tui.explorer.state.table_view import TableColumn, TableView
from alliance_tui.library.agreement_keys import AgreementOrder
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.library.search import agreement_search, engine
from alliance_tui.library.search.agreement_search import AgreementResults
from alliance_tui.library.search.reading_limit import ReadingLimit
from alliance_tui.records import Strength
from tests.support import builders
from tests.support.pilot import Drive, app_on, driving, pressing
from tests.support.sample_library import fill, fill_with_accords

TITLES = [
    "Explore an air-defence pact",
    "Deliver six Skua drones",
    "Sign the Harbour Accord",
    "Link the coastal radars",
]
"""The agreements of the sample library, the latest first; those of the oldest document are in a copy too."""


@asynccontextmanager
async def listing_agreements(path: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Drive]:
    """The agreements of the library in this file on the screen."""
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(path)), size=size) as drive:
        await drive.press("L", "tab")
        yield drive


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return fill(tmp_path)


def library(drive: Drive) -> LibraryScreen:
    """The library's screen."""
    assert isinstance(drive.app.screen, LibraryScreen)
    return drive.app.screen


def listed(drive: Drive) -> list[str]:
    """The titles that are listed, in order."""
    agreements = library(drive).state.agreements
    return [agreements.rows[key].record.title for key in agreements.keys]


async def test_a_key_lists_the_agreements_of_all_documents_the_latest_first_and_the_documents_again(
    shelf: Path,
) -> None:
    async with listing_agreements(shelf) as drive:
        assert listed(drive)[:3] == TITLES[:3]
        shown = drive.shown("#library-agreements")
        rows = shown.splitlines()
        assert rows[0].split()[-1] == "2022-09-15"
        assert "Arvane explores" in rows[0]
        assert rows[1].split() == ["▸", drive.app.glyphs.strengths["explored"], *TITLES[0].split()]  # type: ignore[index]
        assert rows[2].strip() == "République d'Arvane, Westmark"
        assert "within" not in shown
        assert "latest first" in drive.shown("#headings")
        assert "Tab documents" in drive.shown("#keys")
        await drive.press("tab")
        assert library(drive).state.listing is Listing.DOCUMENTS
        assert "Tab agreements" in drive.shown("#keys")


async def test_a_query_narrows_the_agreements_and_lights_what_matches(shelf: Path) -> None:
    async with listing_agreements(shelf) as drive:
        await drive.search("six drons")
        assert listed(drive) == ["Deliver six Skua drones"]
        assert "1 agreement" in drive.shown("#library-top")
        (style,) = drive.styles("#library-agreements", "six")
        assert style.bgcolor == DARK.style(StyleRole.MATCH).bgcolor
        await drive.press("enter", "escape")
        assert len(listed(drive)) > 3


async def test_without_a_match_the_way_to_the_documents_is_named(shelf: Path) -> None:
    async with listing_agreements(shelf) as drive:
        await drive.search("fisheries")
        assert "No agreement matches; Tab lists the documents." in drive.shown("#library-agreements")
        await drive.press("enter", "tab")
        assert library(drive).state.rows


async def test_the_passage_of_the_focused_agreement_stands_beside_the_list_and_on_a_small_screen_below(
    shelf: Path,
) -> None:
    async with listing_agreements(shelf) as drive:
        await drive.press("j")
        passage = drive.shown("#passage")
        assert "Suderia will deliver drones" in passage
        assert "Haven thanked its" in passage
        assert drive.styles("#passage", "Suderia will deliver six")[0] != drive.styles("#passage", "Haven")[0]
        await drive.pilot.resize_terminal(80, 24)
        await drive.rest()
        screen = library(drive)
        assert screen.passage_pane.region.y > screen.agreement_view.region.y
        assert "Suderia will deliver six Skua drones" in drive.shown("#passage")


async def test_enter_opens_the_document_at_the_agreement_and_back_leads_to_the_same_row(shelf: Path) -> None:
    async with listing_agreements(shelf) as drive:
        await drive.search("agree")
        await drive.press("escape", "j", "j")
        focused = library(drive).state.agreements.focused
        title = listed(drive)[2]
        await drive.press("enter")
        screen = drive.app.document_screen
        assert screen is not None
        assert screen.state.selection is not None
        selected = next(each for each in screen.state.analysis.agreements if each.id == screen.state.selection.id)
        assert selected.title == title
        await drive.press("u")
        assert library(drive).state.listing is Listing.AGREEMENTS
        assert library(drive).state.agreements.focused == focused


async def test_what_the_reader_judged_is_marked_in_the_list(shelf: Path) -> None:
    async with listing_agreements(shelf) as drive:
        await drive.press("enter", "a", "u", "u")
        assert library(drive).state.listing is Listing.AGREEMENTS
        first = drive.shown("#library-agreements").splitlines()[1]
        assert first.startswith(f"▸{drive.app.glyphs.accepted}")
        assert "accepted" in drive.shown("#record")


async def test_a_document_is_named_once_above_its_agreements_and_whole(tmp_path: Path) -> None:
    title = (
        "Joint declaration of the Republic of Norland and the Kingdom of Westmark on the cables between their shores"
    )
    async with listing_agreements(fill_with_accords(tmp_path, title, 2), size=(80, 24)) as drive:
        words = _words(drive)
        assert f"{title}, part 0 2026-03-02" in words
        assert words.count(title) == 2
        assert drive.app.glyphs.ellipsis not in words
        await drive.press("G")
        assert f"{title}, part 1 2026-03-02" in _words(drive)


def _words(drive: Drive) -> str:
    """What is listed, without line breaks and the scroll mark."""
    return " ".join(drive.shown("#library-agreements").replace(drive.app.glyphs.scroll_thumb, " ").split())


async def test_the_passage_names_its_document_where_the_list_does_not(tmp_path: Path) -> None:
    async with listing_agreements(fill_with_accords(tmp_path), size=(80, 24)) as drive:
        await drive.press("j")
        assert "join forces" not in drive.shown("#passage")
        await drive.press("pagedown", *"kkkkk")
        assert "join forces" in drive.shown("#passage").splitlines()[0]
        drive.app.screen.query_one("#library-agreements").scroll_to(y=0, animate=False)
        await drive.rest()
        assert "join forces" not in drive.shown("#passage")


async def test_in_an_order_that_mixes_documents_each_row_names_its_own(shelf: Path) -> None:
    app = app_on(builders.analysis(), cache=AnalysisCache(shelf))
    app.library_table = TableView(sort=TableColumn.DUE)
    async with driving(app, size=(120, 40)) as drive:
        await drive.press("L", "tab")
        rows = drive.shown("#library-agreements").splitlines()
        assert rows[0].startswith("▸")
        assert "⋅ 20" in rows[1]


async def test_the_table_has_the_columns_of_a_document_with_document_and_date(shelf: Path) -> None:
    async with listing_agreements(shelf, size=(160, 40)) as drive:
        await drive.press("z")
        headings = drive.shown("#library-agreements").splitlines()[0].split()
        assert headings == ["Strength", "Agreement", "Parties", "Amount", "Due", "Document", "Date"]
        await drive.press("s")
        strengths = [row.record.strength for row in library(drive).state.agreements.rows.values()]
        first = library(drive).state.agreements.rows[library(drive).state.agreements.keys[0]]
        assert first.record.strength == max((s for s in strengths if s), key=lambda strength: strength.rank)
        assert "by strength" in drive.shown("#headings")
        await drive.press("R")
        assert listed(drive)[0] == "Explore an air-defence pact"
        await drive.press("O", "O", "O")
        lines = [line.strip() for line in drive.shown("#library-agreements").splitlines()]
        assert "defence-industry" in lines
        await drive.press("C")
        await drive.type("parties")
        await drive.press("enter", "escape")
        assert "Parties" not in drive.shown("#library-agreements").splitlines()[0]
        await drive.press("escape", "escape")
        assert library(drive).state.agreements.is_table is False


async def test_from_the_documents_the_same_key_leads_to_the_table(shelf: Path) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf))) as drive:
        await drive.press("L", "z")
        assert library(drive).state.lists_table
        x = drive.shown("#library-agreements").splitlines()[0].index("Due")
        await drive.pilot.click("#library-agreements", offset=(x + 1, 0))
        await drive.rest()
        assert library(drive).state.agreements.table.sort is TableColumn.DUE


async def test_what_is_listed_is_exported_with_the_columns_and_the_order_of_the_table(
    shelf: Path, tmp_path: Path
) -> None:
    async with listing_agreements(shelf) as drive:
        await drive.press("z", "s")
        for name in ("all.csv", "memo.html"):
            await drive.press("X", "ctrl+u")
            await drive.type(str(tmp_path / name))
            await drive.press("enter")
            await drive.app.workers.wait_for_complete()
        titles = listed(drive)
    rows = list(csv.DictReader((tmp_path / "all.csv").read_text().splitlines()))
    assert [row["title"] for row in rows] == titles
    ranks = [Strength(row["strength"]).rank for row in rows]
    assert ranks == sorted(ranks, reverse=True)
    assert {"document_title", "document_date", "quote", "judgement"} <= rows[0].keys()
    memo = (tmp_path / "memo.html").read_text()
    assert memo.count("<h1>") == len({(row["document_title"], row["document_date"]) for row in rows})


async def test_an_export_from_the_list_of_documents_has_the_agreements_that_the_query_finds(
    shelf: Path, tmp_path: Path
) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf))) as drive:
        await drive.press("L")
        await drive.search("party:suderia date:2021")
        await drive.press("enter", "X")
        await drive.press("ctrl+u")
        await drive.type(str(tmp_path / "found.csv"))
        await drive.press("enter")
        await drive.app.workers.wait_for_complete()
    rows = list(csv.DictReader((tmp_path / "found.csv").read_text().splitlines()))
    assert [row["title"] for row in rows] == ["Sign the Harbour Accord"]


async def test_however_often_the_listing_changes_one_preview_waits_for_a_rest(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_screen, "PREVIEW_DELAY", 3600)
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf))) as drive:
        await drive.pilot.press("L", "tab", "tab", "tab")
        waiting = [worker for worker in drive.app.workers if worker.group == "library-listing"]
        assert sum(not worker.is_finished for worker in waiting) == 1


@pytest.mark.parametrize("listing", [(), ("tab",)], ids=["documents", "agreements"])
async def test_where_nothing_is_listed_the_export_says_so(shelf: Path, listing: tuple[str, ...]) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf))) as drive:
        await drive.press("L", *listing)
        await drive.search("party:zebra")
        await drive.press("enter", "X")
        assert NOTHING_TO_EXPORT in drive.shown("#record")


@pytest.fixture(params=[ReadingLimit(documents=0), ReadingLimit(seconds=1e-9)], ids=["documents", "seconds"])
def few_are_read(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let a search for a key read no more documents than fill the screen, or one."""
    for module in (engine, agreement_search):
        monkeypatch.setattr(module, "_LIMIT_OF_KEY", request.param)


LOW = (80, 5)
"""A screen with room for one document, or one agreement."""
MANY = '"norland and'
"""A query whose documents must be read, and that finds more of them than there is room for."""


async def query_for(drive: Drive, query: str) -> None:
    """List what a query finds, without typing it."""
    library(drive).set_state(set_query(library(drive).state, query))
    await drive.rest()


@pytest.mark.parametrize("listing", ["documents", "agreements"])
async def test_where_a_key_left_documents_unread_that_is_said_and_not_that_nothing_matches(
    shelf: Path, listing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (engine, agreement_search):
        monkeypatch.setattr(module, "_LIMIT_OF_KEY", ReadingLimit(seconds=0.0))
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf)), size=(80, 24)) as drive:
        await drive.press("L", *(["tab"] if listing == "agreements" else []))
        await query_for(drive, MANY)
        assert f"none of the 0 {listing} read" in drive.shown("#library-top")
        assert "No agreement matches" not in drive.shown("#library-body AgreementListView")


@pytest.mark.usefixtures("few_are_read")
@pytest.mark.parametrize("listing", ["documents", "agreements"])
async def test_an_export_has_all_that_the_query_finds_also_where_a_key_had_no_time_for_it(
    shelf: Path, tmp_path: Path, listing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf)), size=LOW) as drive:
        await drive.press("L", *(["tab"] if listing == "agreements" else []))
        await query_for(drive, MANY)
        assert f"1+ {listing}" in drive.shown("#library-top")
        await drive.press("X")
        await drive.press("ctrl+u")
        await drive.type("found.csv")
        await drive.press("enter")
        assert "Wrote 2 records" in drive.shown("#record")
    rows = list(csv.DictReader((tmp_path / "found.csv").read_text().splitlines()))
    assert [row["title"] for row in rows] == ["Link their coastal radars"] * 2


@pytest.mark.usefixtures("few_are_read")
@pytest.mark.parametrize("listing", ["documents", "agreements"])
async def test_an_overview_and_a_review_pass_are_of_all_that_the_query_finds(shelf: Path, listing: str) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf)), size=LOW) as drive:
        await drive.press("L", *(["tab"] if listing == "agreements" else []))
        await query_for(drive, MANY)
        await drive.press("J")
        assert "listed for" in drive.shown("#rows-top")
        await drive.press("escape")
        assert "+" not in drive.shown("#library-top")
        await drive.press("escape")
        await query_for(drive, MANY)
        assert f"1+ {listing}" in drive.shown("#library-top")
        screen = library(drive)
        await screen.action_perform("review_listed")
        await drive.rest()
        assert screen.state.review and len(screen.state.review.documents) == 2


async def test_what_is_not_found_yet_is_waited_for_and_left_where_the_reader_goes_on(shelf: Path) -> None:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(shelf))) as drive:
        await drive.press("L")
        await query_for(drive, "radar")
        screen = library(drive)
        screen.set_state(set_query(screen.state, "drones"))
        await screen.action_perform("matrix")
        assert drive.app.screen is screen
        await drive.rest()
        assert "listed for drones" in drive.shown("#rows-top")
        assert "Suderia" in drive.shown("#rows") and "Westmark" not in drive.shown("#rows")
        await drive.press("escape")
        screen.set_state(set_query(screen.state, "radar"))
        await screen.action_perform("matrix")
        screen.set_state(set_query(screen.state, "accord"))
        await drive.rest()
        assert drive.app.screen is screen and not screen.state.notice


async def test_the_choice_of_columns_and_order_is_what_is_kept_of_the_table(shelf: Path) -> None:
    app = app_on(builders.analysis(), cache=AnalysisCache(shelf))
    app.library_table = TableView(sort=TableColumn.DUE)
    async with driving(app) as drive:
        await drive.press("L", "z")
        assert "by due date" in drive.shown("#headings")
        await drive.press("s")
        kept = app.current_screen_settings()
        assert kept.library_table == library(drive).state.agreements.table
        assert kept.library_table.sort not in (None, TableColumn.DUE)
        assert kept.table == TableView()


@pytest.mark.parametrize("keys", [["tab", "j"], ["z", "j"]], ids=["list", "table"])
@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_the_screen(
    shelf: Path, tmp_path: Path, snap_compare: Any, monkeypatch: pytest.MonkeyPatch, keys: list[str], size: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)
    app = app_on(builders.analysis(), cache=AnalysisCache(shelf))
    columns, lines = map(int, size.split("x"))
    assert snap_compare(app, terminal_size=(columns, lines), run_before=pressing(["L", *keys]))


KEYS = [(1, 0), (1, 1), (2, 0), (3, 0)]
ROW = ListedAgreement(builders.analysis().agreements[0], "A document", "2026-03-02")


def with_results(query: str, keys: list[tuple[int, int]], order: AgreementOrder = AgreementOrder()) -> AgreementList:  # noqa: B008
    """A list with the second agreement focused, then with these results."""
    before = apply_results(AgreementList(), AgreementResults("a", active=True, hits=KEYS), AgreementOrder(), {})
    return apply_results(step(before, 1), AgreementResults(query, active=True, hits=keys), order, {})


def test_the_focused_agreement_stays_focused_while_more_are_found() -> None:
    assert with_results("a", [(4, 2), *KEYS]).focused == (1, 1)
    assert with_results("a", [(3, 0)]).focused == (3, 0)


def test_another_query_or_order_begins_at_the_top() -> None:
    assert with_results("b", KEYS).index == 0
    assert with_results("a", KEYS, AgreementOrder("due")).index == 0


def test_a_list_has_no_groups() -> None:
    table = replace(AgreementList().table, sort=TableColumn.DUE, grouping="party")
    assert replace(AgreementList(), table=table).order == AgreementOrder("due")
    assert replace(AgreementList(), table=table, is_table=True).order == AgreementOrder("due", grouping="party")


def test_rows_that_were_read_are_kept_up_to_a_number() -> None:
    rows = {(1, number): ROW for number in range(2_500)}
    assert len(add_rows(add_rows(AgreementList(), rows), {(2, 0): ROW}).rows) == 1


@given(st.text("ab .\n", max_size=400), st.integers(0, 399), st.integers(1, 50))
def test_a_passage_is_of_whole_paragraphs_around_the_evidence(text: str, start: int, length: int) -> None:
    text += "x"
    start = min(start, len(text) - 1)
    end = min(len(text), start + length)
    first, last = passage_range(text, start, end)
    assert first <= start < end <= last
    assert first == 0 or text[first - 1] == "\n"
    assert last == len(text) or text[last] == "\n"


words = st.text(alphabet="ab 日本́שלا‍É(“", min_size=1, max_size=72)


@settings(max_examples=25, deadline=None)
@given(words, st.lists(words, max_size=4), words, st.integers(20, 170), st.booleans())
async def test_no_row_is_wider_than_the_list(
    title: str, parties: list[str], document: str, width: int, is_table: bool
) -> None:
    from alliance_tui.explorer.rendering.strips import parts_width
    from alliance_tui.explorer.widgets.agreements.agreement_rows import AgreementRow, AgreementRowDrawer
    from alliance_tui.explorer.widgets.agreements.agreement_table import GAP, column_widths

    app = app_on()
    drawer = AgreementRowDrawer(DARK, app.glyphs)
    record = replace(ROW.record, title=title, parties=tuple(parties), confidence=0.4)
    row = AgreementRow(record, [(0, len(title)), (0, 0)], document=document, date="2026-03-02")
    if is_table:
        columns = column_widths(AgreementList().table, width)
        widths = {parts_width(line) for line in drawer.table_lines(row, columns)}
        assert widths == {sum(cells for _, cells in columns) + GAP * (len(columns) - 1)}
    else:
        details = drawer.lines(row, width, whole=True, quoted=True)[-1]
        assert parts_width(details) <= width + 2
