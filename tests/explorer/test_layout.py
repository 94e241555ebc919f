"""The screen is usable at every size, and keeps the reader's place when the size changes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.events import Resize
from textual.geometry import Offset, Region, Size

from alliance_tui.explorer.rendering.layout import DETAILS, dividers, place_regions
from alliance_tui.explorer.state.explorer_state import ExplorerState, OpenDocument, Pane, Position
from alliance_tui.explorer.state.pane_sizes import STEP, PaneSizes, Share
from tests.support import builders
from tests.support.pilot import app_on, driving

STATE = ExplorerState((OpenDocument.unread(builders.document()),))
ALWAYS_SHOWN = (Pane.TEXT, Pane.AGREEMENTS, Pane.ENTITIES)
WELCOME = replace(STATE, welcome=True)
SIZES = [
    Size(40, 12),
    Size(69, 30),
    Size(70, 16),
    Size(80, 24),
    Size(100, 30),
    Size(120, 40),
    Size(160, 50),
    Size(300, 100),
]

KEYS = [
    "slash d e n",
    "slash l i s b o n enter",
    "enter",
    "escape",
    "tab",
    "f",
    "z",
    "x",
    "G",
    "d",
    "u",
    "t",
    "F",
    "F down enter",
]


def covered(parts: dict[str, Region]) -> int:
    """Return the number of cells in all parts together."""
    return sum(region.area for region in parts.values())


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("pane", Pane)
def test_the_parts_cover_the_screen_without_overlap(size: Size, pane: Pane) -> None:
    sized = replace(STATE, sizes=PaneSizes(25, -25))
    for state in (STATE, replace(STATE, zoomed=True), replace(STATE, query_opened_at=Position()), WELCOME, sized):
        state = replace(state, pane=pane, facets_open=pane is Pane.FACETS)
        parts = place_regions(size, state)
        regions = list(parts.values())
        assert covered(parts) == size.area
        assert not any(a.overlaps(b) for i, a in enumerate(regions) for b in regions[i + 1 :])
        assert pane in parts


def test_all_three_panes_are_in_view_at_80_by_24() -> None:
    assert set(ALWAYS_SHOWN) <= set(place_regions(Size(80, 24), STATE))


@pytest.mark.parametrize("size", [Size(80, 24), Size(120, 40), Size(200, 60)], ids=str)
async def test_each_pane_has_a_key_and_two_that_size_it(size: Size) -> None:
    async with driving(size=(size.width, size.height)) as drive:
        for number, pane in enumerate(ALWAYS_SHOWN, 1):
            await drive.press(str(number))
            assert drive.state.pane is pane
            assert f"{number} {pane.capitalize()}" in drive.heading(f"#{pane}")
            before = drive.screen.pane_widget(pane).region.area
            await drive.press("equals_sign")
            assert drive.screen.pane_widget(pane).region.area > before
            await drive.press("underscore")
            assert drive.screen.pane_widget(pane).region.area == before


def test_however_often_a_pane_is_enlarged_the_others_stay() -> None:
    sizes = PaneSizes()
    for _ in range(20):
        sizes = sizes.changed(Share.TEXT, STEP).changed(Share.AGREEMENTS, -STEP).changed(Share.LISTS, -STEP)
    for size in (Size(80, 24), Size(100, 30), Size(200, 60)):
        regions = place_regions(size, replace(STATE, sizes=sizes))
        panes = [region for name, region in regions.items() if name in (*Pane, DETAILS)]
        assert len(panes) == (4 if size.width == 200 else 3)
        assert all(region.width >= 10 and region.height >= 3 for region in panes)


@pytest.mark.parametrize("size", [Size(80, 24), Size(120, 40), Size(165, 50), Size(200, 60)], ids=str)
async def test_an_edge_that_is_dragged_follows_the_mouse_and_selects_no_text(size: Size) -> None:
    async with driving(size=(size.width, size.height)) as drive:
        for index in range(len(dividers(size, drive.state))):
            divider = dividers(size, drive.state)[index]
            edge = divider.parts(drive.state.sizes)[1].offset
            edge += Offset(0, 3) if divider.by_columns else Offset(3, 0)
            if size.width == 80 and divider.by_columns:
                edge -= Offset(1, 0)  # without frames, the last column of the left pane
            goal = edge + (Offset(4, 0) if divider.by_columns else Offset(0, 2))
            await drive.pilot.mouse_down(offset=edge)
            await drive.pilot.hover(offset=goal)
            await drive.pilot.mouse_up(offset=goal)
            await drive.rest()
            moved = dividers(size, drive.state)[index].parts(drive.state.sizes)[1].offset
            assert abs(moved.x - goal.x if divider.by_columns else moved.y - goal.y) <= 1
            assert not drive.screen.get_selected_text()
        sizes = drive.state.sizes
        await drive.pilot.hover(offset=(5, 5))
        assert drive.state.sizes == sizes


async def test_plus_and_minus_size_a_pane_where_no_agreement_has_the_focus() -> None:
    async with driving() as drive:
        width = drive.screen.text_pane.region.width
        await drive.press("plus")
        assert drive.screen.text_pane.region.width > width
        await drive.press("minus")
        assert drive.screen.text_pane.region.width == width


async def test_a_wide_screen_has_the_details_of_the_focused_record_in_a_column_of_their_own() -> None:
    async with driving(size=(200, 60)) as drive:
        await drive.press("tab", "down")
        title = drive.shown("#record").split("“")[1][:20]
        assert title in " ".join(drive.shown("#details").split())
        await drive.press("F")
        assert not drive.screen.details.region
        assert drive.screen.facets.region
        assert drive.screen.entities.region
        await drive.press("d", "escape", "F")
        assert drive.screen.details.region


async def test_one_pane_at_a_time_on_a_small_screen() -> None:
    async with driving(size=(50, 14)) as drive:
        assert drive.screen.text_pane.region.width == 50
        await drive.press("tab")
        assert "Create a joint" in drive.shown("#agreements")
        assert drive.screen.agreements.region.width == 50
        assert not drive.screen.text_pane.region
        await drive.press("tab")
        assert drive.screen.entities.region.width == 50
        await drive.press("tab")
        assert "Defence ministers" in drive.shown("#text")


async def test_one_key_gives_the_whole_screen_to_a_pane_and_back() -> None:
    async with driving() as drive:
        await drive.press("tab", "z")
        assert drive.screen.agreements.region.width == 120
        await drive.press("z")
        assert drive.screen.text_pane.region


@pytest.mark.parametrize("pane", ALWAYS_SHOWN)
async def test_resizing_at_any_moment_keeps_the_place(pane: Pane) -> None:
    long = builders.document("\n".join(f"Paragraph {n} of a long text, with words enough to wrap." for n in range(400)))
    async with driving(app_on(unread=[long])) as drive:
        await drive.press(*["pagedown"] * 5)
        top = drive.screen.text_pane.first_offset
        while drive.state.pane is not pane:
            await drive.press("tab")
        for size in ((40, 12), (200, 60), (61, 17), (120, 40)):
            await drive.pilot.resize_terminal(*size)
            await drive.rest()
        assert abs(drive.screen.text_pane.first_offset - top) < 200


@settings(max_examples=6)
@example([(20, 5, "slash d e n"), (105, 5, "slash d e n"), (106, 5, "slash d e n")])
@given(st.lists(st.tuples(st.integers(20, 210), st.integers(5, 70), st.sampled_from(KEYS)), max_size=12))
async def test_the_size_may_change_before_any_key_is_answered(steps: list[tuple[int, int, str]]) -> None:
    async with driving() as drive:
        for width, height, key in steps:
            drive.app.post_message(Resize(Size(width, height), Size(width, height)))
            await drive.pilot.press(*key.split())
        await drive.rest()
        for pane in (drive.screen.text_pane, drive.screen.agreements, drive.screen.entities):
            for y in range(pane.size.height):
                assert pane.render_line(y).cell_length == pane.size.width


async def test_wide_characters_and_combining_marks_are_never_torn() -> None:
    text = "日本国政府は、オーストラリアと協力する。" * 10 + "\n" + "Le\u0301ix\u0303oes " * 30 + "\n"
    async with driving(app_on(unread=[builders.document(text)]), size=(44, 14)) as drive:
        for strip in drive.strips("#text"):
            assert strip.cell_length == drive.screen.text_pane.size.width
        assert "日本国政府は" in drive.shown("#text")
