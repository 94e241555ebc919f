"""Documents of the library compared: those that are marked, and those of one occasion."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from alliance_tui.explorer.handlers import comparison_handlers
from alliance_tui.explorer.screens.library_screen import LibraryScreen
from alliance_tui.explorer.state.library_state import ImportProgress
from alliance_tui.library.analysis_cache import AnalysisCache
from tests.support import builders
from tests.support.linked_documents import fact_sheet, fill_linked, report, statement
from tests.support.pilot import Drive, app_on, driving, pressing


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with the statement and the fact sheet of a visit, and the report of the next year."""
    return fill_linked(tmp_path, statement(), fact_sheet(), report())


@asynccontextmanager
async def in_library(library: Path) -> AsyncIterator[Drive]:
    async with driving(app_on(builders.analysis(), cache=AnalysisCache(library))) as drive:
        await drive.press("L", "home")
        yield drive


async def test_marked_documents_are_compared_in_the_order_of_their_marks(library: Path) -> None:
    async with in_library(library) as drive:
        await drive.press("end", "space", "home", "space")
        assert "2 marked" in drive.shown("#library-top")
        assert "K compares them" in drive.shown("#record")
        rows = drive.shown("#documents").splitlines()
        assert [row[1] for row in rows[:3]] == ["▪", " ", "▪"]
        first, last = rows[0], rows[2]
        await drive.press("K")
        top = drive.shown("#rows-top")
        assert top.index("A ") < top.index("B ")
        assert top.split("A ")[1].split()[0] in last and top.split("B ")[1].split()[0] in first
        assert "only in B" in drive.shown("#rows-views") and "only in C" not in drive.shown("#rows-views")


async def test_three_marked_documents_are_compared(library: Path) -> None:
    async with in_library(library) as drive:
        await drive.press("space", "down", "space", "down", "space", "K")
        assert "only in C" in drive.shown("#rows-views")


async def test_a_mark_is_taken_away_with_the_same_key_and_all_with_escape(library: Path) -> None:
    async with in_library(library) as drive:
        await drive.press("space", "space")
        assert "marked" not in drive.shown("#library-top")
        await drive.press("space", "down", "space", "escape")
        assert "marked" not in drive.shown("#library-top")
        assert "Library" in drive.shown("#library-top")


async def test_all_documents_of_an_occasion_are_offered_first(library: Path) -> None:
    async with in_library(library) as drive:
        await drive.press("end")
        await drive.press("K")
        first = drive.shown("#items").splitlines()[0]
        assert "All 2 of this occasion" in first and "2029-03-04 Norland, Westmark" in first
        await drive.press("enter")
        assert "only in B" in drive.shown("#rows-views") and "only in C" not in drive.shown("#rows-views")
        assert "Later" not in drive.shown("#rows-top")


async def test_a_document_of_no_occasion_is_compared_with_one_of_the_others(library: Path) -> None:
    async with in_library(library) as drive:
        await drive.press("K")
        assert "of this occasion" not in drive.shown("#items")


async def test_too_many_documents_are_not_compared_each_with_each(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison_handlers, "MAX_LINKED", 2)
    async with in_library(library) as drive:
        await drive.press("space", "down", "space", "down", "space", "K")
        assert "3 documents are too many to compare each with each" in drive.shown("#record")
        await drive.press("space", "K")
        assert "only in B" in drive.shown("#rows-views")


async def test_no_occasion_is_looked_for_while_documents_are_added(library: Path) -> None:
    async with in_library(library) as drive:
        screen = drive.app.screen
        assert isinstance(screen, LibraryScreen)
        screen.set_state(replace(screen.state, import_progress=ImportProgress(), occasion_of=None, occasion=None))
        await drive.press("end")
        assert screen.state.focused_occasion is None
        screen.set_state(replace(screen.state, import_progress=None))
        await drive.rest()
        assert screen.state.focused_occasion is not None


async def test_agreements_are_not_marked(library: Path) -> None:
    async with in_library(library) as drive:
        await drive.press("tab", "space")
        assert "Documents are marked in their own list" in drive.shown("#record")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_marked_documents_look_like_this(
    library: Path, snap_compare: Any, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = app_on(builders.analysis(), cache=AnalysisCache(library))
    assert snap_compare(app, terminal_size=size, run_before=pressing(["L", "home", "space", "down", "space"]))
