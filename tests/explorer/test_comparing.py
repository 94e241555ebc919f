"""Two documents compared on a screen: which undertakings both state, which one alone, and what differs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.style import Style

from alliance_tui.explorer.rendering.theme import PALETTES
from alliance_tui.explorer.widgets.fields_view import slice_parts
from alliance_tui.library.analysis_cache import AnalysisCache
from tests.support.linked_documents import fact_sheet, linked_analysis, statement
from tests.support.pilot import Drive, app_on, driving, pressing

COMPARED = ("K", "enter")


def rows(drive: Drive) -> list[str]:
    """Return the rows on the screen, without the cursor and what is at their right end."""
    return [row[2:].split("  ")[0].rstrip(" ⋯") for row in drive.shown("#rows").splitlines() if row[2:3].strip()]


async def test_rows_have_the_strength_in_each_document_and_what_differs() -> None:
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED)
        assert len(rows(drive)) == 5
        radars = next(row for row in drive.shown("#rows").splitlines() if "radar" in row.lower())
        assert radars[2:5] == "◒ ◕"
        assert "strength" in radars


async def test_titles_are_whole_on_a_wide_screen_and_in_one_line_on_a_narrow_one() -> None:
    title = "Norland and Westmark will establish a Harbour Patrol Centre in Eskby by 2031"
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED)
        assert title in " ".join(drive.shown("#rows").replace("deadline", "").split())
        await drive.pilot.resize_terminal(80, 24)
        await drive.rest()
        assert len([row for row in drive.shown("#rows").splitlines() if row.strip()]) == 5


@pytest.mark.parametrize("width", [80, 100, 120, 200])
async def test_documents_are_named_as_far_as_there_is_room_each_with_its_date(width: int) -> None:
    long = "Joint statement of the harbour ministers of Norland and Westmark on ferries, cables, and the coast guard"
    first, second = statement(), fact_sheet()
    titled = replace(first, document=replace(first.document, title=long))
    async with driving(app_on(titled, second), size=(width, 30)) as drive:
        await drive.press(*COMPARED)
        top = drive.shown("#rows-top")
        assert top.count("(2029-03-04)") == 2
        assert f"B {second.document.title} " in top
        assert (f"A {long} (" in top) is (width == 200)


async def test_what_a_title_that_is_cut_between_words_spares_is_the_next_ones() -> None:
    first, second = statement(), fact_sheet()
    titles = f"Joint {'x' * 60}", "Fact sheet: what the two harbour ministers did"
    titled = [
        replace(each, document=replace(each.document, title=title))
        for each, title in zip((first, second), titles, strict=True)
    ]
    async with driving(app_on(*titled), size=(100, 30)) as drive:
        await drive.press(*COMPARED)
        assert drive.shown("#rows-top").startswith(f" A Joint … (2029-03-04)  B {titles[1]} (2029-03-04)")


async def test_views_are_all_what_both_have_and_what_one_has_alone() -> None:
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED)
        counts = []
        for _ in range(4):
            counts.append(len(rows(drive)))
            await drive.press("tab")
        assert counts == [5, 3, 1, 1]
        assert "[all 5]" in drive.shown("#rows-views")


async def test_a_query_forgives_typing_errors_and_finds_the_statements_of_either() -> None:
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED)
        everything = rows(drive)
        await drive.type("radrs")
        assert 0 < len(rows(drive)) < len(everything)
        await drive.press("escape")
        assert rows(drive) == everything


async def test_words_that_only_one_has_are_emphasised_and_reasons_named() -> None:
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED, "tab")
        shown = drive.shown("#row-details")
        assert "Linked by" in shown and "same" in shown
        assert any(style.underline for strip in drive.strips("#row-details") for _, style, _ in strip if style)


async def test_what_the_reader_rejected_is_not_compared_and_names_no_part(tmp_path: Path) -> None:
    general, limb = "Norland will deepen its work on harbours", "dredging the bay at Eskby"
    records = tuple({"quote": each, "title": each, "parties": ["Norland"]} for each in (general, limb))
    document = linked_analysis(f"{general}, including {limb}.", records, title="Plan")
    app = app_on(document, fact_sheet(), cache=AnalysisCache(tmp_path / "library.sqlite"))
    async with driving(app) as drive:
        await drive.press("tab", "r", *COMPARED)
        await drive.type("deepen")
        assert "nothing fits" in drive.shown("#rows")
        await drive.press("escape")
        await drive.type("dredging")
        assert limb in drive.shown("#rows")
        assert "Part of" not in drive.shown("#row-details")


async def test_a_part_names_its_whole_and_the_whole_its_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    general, limb = "Norland will deepen its work on harbours", "dredging the bay at Eskby"
    records = tuple({"quote": each, "title": each, "parties": ["Norland"]} for each in (general, limb))
    document = linked_analysis(f"{general}, including {limb}.", records, title="Plan")
    async with driving(app_on(document, fact_sheet())) as drive:
        await drive.press(*COMPARED)
        await drive.type("harbours")
        shown = " ".join(drive.shown("#row-details").split())
        assert f"Its part {limb}" in shown
        assert "after “including” in its sentence (93% of such are right)" in shown
        await drive.press("escape")
        await drive.type("dredging")
        assert f"Part of {general}" in " ".join(drive.shown("#row-details").split())
        await drive.press("escape", "ctrl+x")
        await drive.retype("all.json")
        await drive.press("enter")
    (part,) = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["parts"]
    whole, other = document.agreements
    assert (part["document"], part["whole"], part["part"]) == (0, whole.id, other.id)


async def test_enter_goes_to_the_text_of_the_chosen_document_and_the_key_back_again() -> None:
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED, "tab", "down", "right")
        focused = drive.shown("#row-details")
        await drive.press("enter")
        assert drive.app.screen is drive.screen
        assert drive.state.analysis.document == fact_sheet().document
        assert drive.state.selection is not None
        await drive.press("K")
        assert drive.shown("#row-details") == focused
        await drive.press("escape")
        assert drive.app.screen is drive.screen


@pytest.mark.parametrize("suffix", [".html", ".md", ".json"])
async def test_what_the_query_finds_is_exported_with_all_views(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED, "tab")
        await drive.type("radar")
        await drive.press("ctrl+x")
        await drive.retype(f"radars{suffix}")
        await drive.press("enter")
        assert f"Wrote a comparison of 2 documents to radars{suffix}" in drive.shown("#rows-message")
        await drive.press("escape")
        assert "Wrote" not in drive.shown("#rows-message")
    written = (tmp_path / f"radars{suffix}").read_text(encoding="utf-8")
    assert "radar" in written
    assert "Patrol Centre" not in written, "the query does not find it"
    assert re.search(r'query"?: "?radar', written)


async def test_a_comparison_of_nothing_is_not_exported() -> None:
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED)
        await drive.type("zeppelin")
        shown = drive.app.screen
        await drive.press("ctrl+x")
        assert drive.app.screen is shown


async def test_help_has_the_keys_of_the_comparison() -> None:
    async with driving(app_on(statement(), fact_sheet())) as drive:
        await drive.press(*COMPARED, "f1", "end")
        assert "export the comparison" in drive.shown("#items")


async def test_without_another_document_there_is_nothing_to_compare_with() -> None:
    async with driving(app_on(statement())) as drive:
        await drive.press("K")
        assert "no other document" in drive.state.notice


async def test_documents_of_the_library_can_be_compared(tmp_path: Path) -> None:
    from tests.support.sample_library import fill

    app = app_on(statement(), cache=AnalysisCache(fill(tmp_path)))
    async with driving(app) as drive:
        await drive.press("K")
        await drive.press("enter")
        assert "only in B" in drive.shown("#rows-views")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("palette", ["dark", "light"])
def test_the_comparison_looks_like_this(
    snap_compare: Any, palette: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = app_on(statement(), fact_sheet(), palette=PALETTES[palette])
    assert snap_compare(app, terminal_size=size, run_before=pressing([*COMPARED, "tab"]))


@given(st.lists(st.text(max_size=5), max_size=5), st.integers(0, 30), st.integers(0, 30))
def test_a_slice_of_parts_has_the_characters_of_their_text(texts: list[str], start: int, end: int) -> None:
    sliced = slice_parts([(text, Style()) for text in texts], start, end)
    assert "".join(text for text, _ in sliced) == "".join(texts)[start:end]
