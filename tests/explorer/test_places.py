"""A document opens where it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.persistence import reading_positions as places
from alliance_tui.explorer.state import transitions as moves
from alliance_tui.explorer.state.explorer_state import ExplorerState, Left, Pane, Reading, Stage
from alliance_tui.extraction.worker.events import Finished, Partial
from alliance_tui.highlighting import RecordKind, SelectedRecord
from tests.support import builders
from tests.support.pilot import app_on, driving

ANALYSIS = builders.analysis()
AGREEMENT = SelectedRecord(RecordKind.AGREEMENT, ANALYSIS.agreements[2].id)
SOMEWHERE = Left(400, AGREEMENT, "skadi", Pane.ENTITIES, top=300)


def app_opened_at(left: Left, query: str = "", text: str = builders.ACCORD) -> object:
    document = builders.document(text)
    app = app_on(unread=[document])
    app.initial_state = moves.opened((replace(Reading(ANALYSIS, Stage.DONE), left=left),), query)
    return app


async def test_the_place_the_query_the_pane_and_the_choice_come_back() -> None:
    async with driving(size=(80, 16)) as drive:
        await drive.search("skadi")
        await drive.press("enter", "tab", "j", "enter")
        state, top = drive.state, drive.screen.text_pane.first_offset
        left = drive.app.left()[ANALYSIS.document.id]
    async with driving(app_opened_at(left), size=(80, 16)) as drive:  # type: ignore[arg-type]
        assert drive.state.place == state.place
        rows = drive.state.pane, drive.state.entity, drive.state.agreement
        assert rows == (state.pane, state.entity, state.agreement)
        assert drive.state.matches.text
        assert drive.screen.text_pane.first_offset == top


async def test_the_place_is_in_view_on_a_smaller_screen_too() -> None:
    async with driving(app_opened_at(replace(SOMEWHERE, top=0)), size=(44, 12)) as drive:  # type: ignore[arg-type]
        await drive.press("tab")
        assert drive.screen.text_pane.is_visible(drive.state.place.point)


def test_a_query_given_now_goes_before_the_one_that_was_left() -> None:
    state = moves.opened((Reading.of(ANALYSIS.document, SOMEWHERE),), "cable")
    assert (state.place.query, state.choice, state.pane) == ("cable", None, Pane.TEXT)
    assert state.place.point == SOMEWHERE.point


def test_the_chosen_record_is_awaited_until_the_analysis_is_done() -> None:
    document = ANALYSIS.document
    state = moves.opened((Reading.of(document, SOMEWHERE),))
    state = moves.told(state, 0, Partial((), ()))
    assert state.choice == AGREEMENT
    found = moves.told(state, 0, Finished(ANALYSIS))
    assert found.choice == AGREEMENT
    assert moves.told(state, 0, Finished(replace(ANALYSIS, agreements=()))).choice is None


def test_each_of_several_documents_opens_where_it_was_left() -> None:
    other = builders.document("Another text. It is short.\n")
    state = ExplorerState((Reading(ANALYSIS, Stage.DONE), Reading.of(other)))
    there = moves.open_document(moves.choose(state, AGREEMENT), 1)
    back = moves.open_document(replace(there, place=replace(there.place, point=8)), 0)
    assert back.choice == AGREEMENT
    assert back.place.point == ANALYSIS.agreements[2].evidence.start
    assert moves.open_document(back, 1).place.point == 8


SOME_PLACES = st.dictionaries(
    st.text(max_size=5),
    st.builds(
        Left,
        st.integers(0, 10**9),
        st.none() | st.builds(SelectedRecord, st.sampled_from(RecordKind), st.text(max_size=9)),
        st.text(st.characters(exclude_categories=["Cs"])),
        st.sampled_from(Pane),
        st.none() | st.text(max_size=9),
        st.none() | st.text(max_size=9),
        st.integers(0, 10**9),
    ),
    max_size=5,
)


@given(SOME_PLACES, SOME_PLACES)
def test_what_is_kept_is_loaded_and_the_last_goes_before_the_first(
    tmp_path_factory: pytest.TempPathFactory, first: places.Places, last: places.Places
) -> None:
    path = tmp_path_factory.mktemp("state") / "deep" / "places.json"
    assert places.save(path, first) == places.save(path, last) == ""
    wanted = {name: place for name, place in {**first, **last}.items() if place != Left()}
    assert places.load(path) == (wanted, "")


def test_the_places_left_last_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    places.save(path, {str(number): Left(number) for number in range(1, places.LIMIT + 1)})
    places.save(path, {"1": Left(7), "new": Left(8)})
    kept, _ = places.load(path)
    assert len(kept) == places.LIMIT
    assert list(kept)[-2:] == ["1", "new"]
    assert "2" not in kept


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"\xff\x00", b'{"a": {"point": "x"}}', b'{"a": {"pane": "\\u001b[2J"}}']
)
def test_a_damaged_file_is_passed_over_with_a_notice_and_written_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "places.json"
    path.write_bytes(damage)
    kept, fault = places.load(path)
    assert kept == {}
    assert "places.json is passed over" in fault
    assert "\x1b" not in fault
    assert places.save(path, {"a": SOMEWHERE}) == ""
    assert places.load(path) == ({"a": SOMEWHERE}, "")


def test_a_file_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    fault = places.save(tmp_path / "file" / "places.json", {"a": SOMEWHERE})
    assert "places are not kept" in fault
    assert "\n" not in fault


@given(st.integers(-(10**9), 10**9), st.text(), st.integers(-(10**9), 10**9))
def test_whatever_the_file_says_the_place_is_in_the_document(point: int, query: str, top: int) -> None:
    state = moves.opened((Reading.of(ANALYSIS.document, Left(point, query=query, top=top)),))
    assert 0 <= state.place.point <= len(state.text)
    assert state.place.query == sanitise_line(query)
