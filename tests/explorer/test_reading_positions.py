"""A document opens where it was left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.persistence import reading_positions
from alliance_tui.explorer.state import document_transitions, transitions
from alliance_tui.explorer.state.explorer_state import AnalysisStage, ExplorerState, OpenDocument, Pane, ReadingPosition
from alliance_tui.extraction.events import Finished, Partial
from alliance_tui.highlighting import RecordKind, SelectedRecord
from tests.support import builders
from tests.support.pilot import app_on, driving

ANALYSIS = builders.analysis()
AGREEMENT = SelectedRecord(RecordKind.AGREEMENT, ANALYSIS.agreements[2].id)
SOMEWHERE = ReadingPosition(400, AGREEMENT, "skadi", Pane.ENTITIES, top_offset=300)


def app_opened_at(left: ReadingPosition, query: str = "", text: str = builders.ACCORD) -> object:
    document = builders.document(text)
    app = app_on(unread=[document])
    app.initial_state = document_transitions.initial_state(
        (replace(OpenDocument(ANALYSIS, AnalysisStage.DONE), reading_position=left),), query
    )
    return app


async def test_the_place_the_query_the_pane_and_the_choice_come_back() -> None:
    async with driving(size=(80, 16)) as drive:
        await drive.search("skadi")
        await drive.press("enter", "tab", "j", "enter")
        state, top = drive.state, drive.screen.text_pane.first_offset
        left = drive.app.current_reading_positions()[ANALYSIS.document.id]
    async with driving(app_opened_at(left), size=(80, 16)) as drive:  # type: ignore[arg-type]
        assert drive.state.position == state.position
        rows = drive.state.pane, drive.state.focused_entity, drive.state.focused_agreement
        assert rows == (state.pane, state.focused_entity, state.focused_agreement)
        assert drive.state.matches.text
        assert drive.screen.text_pane.first_offset == top


async def test_the_place_is_in_view_on_a_smaller_screen_too() -> None:
    async with driving(app_opened_at(replace(SOMEWHERE, top_offset=0)), size=(44, 12)) as drive:  # type: ignore[arg-type]
        await drive.press("tab")
        assert drive.screen.text_pane.is_visible(drive.state.position.offset)


async def test_a_restored_query_says_so_and_one_key_clears_it_with_the_choice() -> None:
    async with driving(app_opened_at(SOMEWHERE)) as drive:  # type: ignore[arg-type]
        assert "The query of last time is back, skadi: Esc clears it" in drive.shown("#record")
        await drive.press("escape")
        assert drive.state.position.query == ""
        assert drive.state.selection is None
        await drive.press("u")
        assert drive.state.position.query == "skadi"


async def test_once_something_else_was_chosen_a_restored_query_is_cleared_as_any_other() -> None:
    async with driving(app_opened_at(SOMEWHERE)) as drive:  # type: ignore[arg-type]
        await drive.press("j", "enter", "escape")
        assert drive.state.selection is None
        assert drive.state.position.query == "skadi"


def test_a_query_given_now_goes_before_the_one_that_was_left() -> None:
    state = document_transitions.initial_state((OpenDocument.unread(ANALYSIS.document, SOMEWHERE),), "cable")
    assert (state.position.query, state.selection, state.pane) == ("cable", None, Pane.TEXT)
    assert state.position.offset == SOMEWHERE.offset


def test_the_chosen_record_is_awaited_until_the_analysis_is_done() -> None:
    document = ANALYSIS.document
    state = document_transitions.initial_state((OpenDocument.unread(document, SOMEWHERE),))
    state = document_transitions.apply_event(state, 0, Partial((), ()))
    assert state.selection == AGREEMENT
    found = document_transitions.apply_event(state, 0, Finished(ANALYSIS))
    assert found.selection == AGREEMENT
    assert document_transitions.apply_event(state, 0, Finished(replace(ANALYSIS, agreements=()))).selection is None


def test_each_of_several_documents_opens_where_it_was_left() -> None:
    other = builders.document("Another text. It is short.\n")
    state = ExplorerState((OpenDocument(ANALYSIS, AnalysisStage.DONE), OpenDocument.unread(other)))
    there = document_transitions.open_document(transitions.select(state, AGREEMENT), 1)
    back = document_transitions.open_document(replace(there, position=replace(there.position, offset=8)), 0)
    assert back.selection == AGREEMENT
    assert back.position.offset == ANALYSIS.agreements[2].evidence.start
    assert document_transitions.open_document(back, 1).position.offset == 8


SOME_PLACES = st.dictionaries(
    st.text(max_size=5),
    st.builds(
        ReadingPosition,
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
    tmp_path_factory: pytest.TempPathFactory,
    first: reading_positions.ReadingPositions,
    last: reading_positions.ReadingPositions,
) -> None:
    path = tmp_path_factory.mktemp("state") / "deep" / "places.json"
    assert reading_positions.save(path, first) == reading_positions.save(path, last) == ""
    wanted = {name: place for name, place in {**first, **last}.items() if place != ReadingPosition()}
    assert reading_positions.load(path) == (wanted, "")


def test_the_places_left_last_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    reading_positions.save(
        path, {str(number): ReadingPosition(number) for number in range(1, reading_positions.MAX_POSITIONS + 1)}
    )
    reading_positions.save(path, {"1": ReadingPosition(7), "new": ReadingPosition(8)})
    kept, _ = reading_positions.load(path)
    assert len(kept) == reading_positions.MAX_POSITIONS
    assert list(kept)[-2:] == ["1", "new"]
    assert "2" not in kept


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"\xff\x00", b'{"a": {"point": "x"}}', b'{"a": {"pane": "\\u001b[2J"}}', b"[" * 100_000]
)
def test_a_damaged_file_is_passed_over_with_a_notice_and_written_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "places.json"
    path.write_bytes(damage)
    kept, fault = reading_positions.load(path)
    assert kept == {}
    assert "places.json is passed over" in fault
    assert "\x1b" not in fault
    assert reading_positions.save(path, {"a": SOMEWHERE}) == ""
    assert reading_positions.load(path) == ({"a": SOMEWHERE}, "")


def test_what_is_no_file_is_passed_over_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "endless.json").symlink_to("/dev/zero")
    for name in ("pipe", "endless"):
        kept, fault = reading_positions.load(tmp_path / f"{name}.json")
        assert kept == {}
        assert "a device or a pipe" in fault


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    reading_positions.save(path, {"a": SOMEWHERE})
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert reading_positions.load(path) == ({"a": SOMEWHERE}, "")


def test_a_file_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    fault = reading_positions.save(tmp_path / "file" / "places.json", {"a": SOMEWHERE})
    assert "places are not kept" in fault
    assert "\n" not in fault


@given(st.integers(-(10**9), 10**9), st.text(), st.integers(-(10**9), 10**9))
def test_whatever_the_file_says_the_place_is_in_the_document(point: int, query: str, top: int) -> None:
    state = document_transitions.initial_state(
        (OpenDocument.unread(ANALYSIS.document, ReadingPosition(point, query=query, top_offset=top)),)
    )
    assert 0 <= state.position.offset <= len(state.text)
    assert state.position.query == sanitise_line(query)


def test_the_file_keeps_its_keys_from_version_to_version(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    content = (
        b'{"a":{"point":400,"choice":{"kind":"agreement","record":"b"},"query":"skadi","pane":"entities",'
        b'"entity":"c","agreement":"b","top":300}}'
    )
    path.write_bytes(content)
    position = ReadingPosition(400, SelectedRecord(RecordKind.AGREEMENT, "b"), "skadi", Pane.ENTITIES, "c", "b", 300)
    assert reading_positions.load(path) == ({"a": position}, "")
    path.unlink()
    reading_positions.save(path, {"a": position})
    assert path.read_bytes() == content
