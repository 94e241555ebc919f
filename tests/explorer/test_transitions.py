"""Transitions are pure: any sequence of them leaves a valid state, and history goes back and forth exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.explorer.state import document_transitions, history, transitions
from alliance_tui.explorer.state.explorer_state import (
    AnalysisStage,
    DisplayMode,
    ExplorerState,
    OpenDocument,
    Pane,
    Position,
    agreement_order,
    entity_order,
    focused_record,
)
from alliance_tui.extraction.events import Failed, Finished, Partial, Progress
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord, compute_highlights
from alliance_tui.records import Kind
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from tests.support import builders

ANALYSIS = builders.analysis()
INDEX = SearchIndex.build(ANALYSIS.document.text, ANALYSIS)
STATE = ExplorerState(
    (OpenDocument(ANALYSIS, AnalysisStage.DONE), OpenDocument.unread(builders.document("Another text.\n")))
)
IDS = [SelectedRecord(RecordKind.ENTITY, e.id) for e in ANALYSIS.entities] + [
    SelectedRecord(RecordKind.AGREEMENT, a.id) for a in ANALYSIS.agreements
]


def highlights_of(state: ExplorerState) -> Highlights:
    """Return the highlights of the state."""
    return compute_highlights(state.analysis, state.matches, state.selection)


def with_query(state: ExplorerState, query: str) -> ExplorerState:
    """Return the state after a query was typed and accepted."""
    state = transitions.set_query(transitions.open_query(state), query)
    if state.position.document_index == 0:
        state = transitions.apply_matches(state, search(INDEX, query))
    return transitions.accept_query(state)


MOVES = st.one_of(
    st.sampled_from(IDS).map(lambda choice: lambda s: transitions.select(s, choice)),
    st.sampled_from(["lisbon", "denmrk", "strength:agreed", "zzz", ""]).map(
        lambda query: lambda s: with_query(s, query)
    ),
    st.integers(0, 1).map(lambda number: lambda s: document_transitions.open_document(s, number)),
    st.integers(-3, 3).map(lambda by: lambda s: transitions.step_row(s, highlights_of(s), by)),
    st.sampled_from(
        [
            history.back,
            history.forward,
            transitions.clear,
            transitions.next_pane,
            transitions.next_match,
            transitions.toggle_filter,
            transitions.toggle_declaratory,
            transitions.toggle_zoom,
            transitions.select_focused,
            lambda s: transitions.next_stop(s, highlights_of(s)),
            lambda s: transitions.previous_stop(s, highlights_of(s)),
        ]
    ),
)


@given(st.lists(MOVES, max_size=30))
def test_any_run_of_moves_leaves_a_state_that_makes_sense(run: list) -> None:  # type: ignore[type-arg]
    state = STATE
    for move in run:
        state = transitions.focus_listed_rows(move(state), highlights_of(move(state)))
        entities = {entity.id for entity in entity_order(state, highlights_of(state))}
        agreements = {agreement.id for agreement in agreement_order(state, highlights_of(state))}
        assert 0 <= state.position.offset <= max(0, len(state.text))
        assert state.focused_entity is None or state.focused_entity in entities
        assert state.focused_agreement is None or state.focused_agreement in agreements
        focused_record(state)


@given(st.lists(st.sampled_from(IDS), min_size=1, max_size=10))
def test_as_many_steps_back_as_places_lead_to_the_start_and_forward_again(choices: list[SelectedRecord]) -> None:
    state = STATE
    for choice in choices:
        state = transitions.select(state, choice)
    places = [*state.back_positions, state.position]
    walked = [state.position]
    while state.back_positions:
        state = history.back(state)
        walked.append(state.position)
    assert walked == places[::-1]
    while state.forward_positions:
        state = history.forward(state)
    assert state.position == places[-1]


def test_a_run_of_matches_is_one_step_of_history() -> None:
    state = with_query(STATE, "lisbon")
    before = len(state.back_positions)
    for _ in range(5):
        state = transitions.next_match(state)
    assert len(state.back_positions) == before
    state = transitions.select(state, IDS[0])
    assert len(state.back_positions) == before + 1


def test_an_analysis_that_streams_in_replaces_what_was_found_so_far() -> None:
    state = ExplorerState((OpenDocument.unread(ANALYSIS.document),))
    state = document_transitions.apply_event(state, 0, Progress("finding agreements", 10, 100))
    assert (state.current_document.stage, state.current_document.done, state.current_document.total) == (
        AnalysisStage.RUNNING,
        10,
        100,
    )
    state = document_transitions.apply_event(state, 0, Partial(ANALYSIS.entities[:2], ()))
    assert state.analysis.entities == ANALYSIS.entities[:2]
    state = document_transitions.apply_event(state, 0, Finished(ANALYSIS))
    assert state.analysis is ANALYSIS
    assert state.current_document.stage is AnalysisStage.DONE


def test_a_failure_keeps_the_text_and_what_was_found() -> None:
    state = document_transitions.apply_event(
        ExplorerState((OpenDocument.unread(ANALYSIS.document),)), 0, Partial(ANALYSIS.entities, ())
    )
    state = document_transitions.apply_event(state, 0, Failed("no pipeline"))
    assert state.current_document.stage is AnalysisStage.FAILED
    assert state.current_document.message == "no pipeline"
    assert state.analysis.entities == ANALYSIS.entities
    assert state.text == ANALYSIS.document.text


def test_a_choice_that_a_later_partial_lacks_is_dropped() -> None:
    state = transitions.select(STATE, IDS[0])
    state = document_transitions.apply_event(state, 0, Partial((), ()))
    assert state.selection is None


def test_declaratory_phrases_and_packages_are_listed_in_reading_order() -> None:
    records = agreement_order(transitions.toggle_declaratory(STATE), highlights_of(STATE))
    assert {record.kind for record in records} == set(Kind)
    assert [record.evidence.start for record in records] == sorted(record.evidence.start for record in records)


def test_the_cursor_stays_in_view() -> None:
    state = transitions.follow_scroll(STATE, 100, 200)
    assert state.position == Position(offset=100)
    assert transitions.follow_scroll(state, 50, 90).position.offset == 89
    assert not state.back_positions


def test_cancelling_a_query_brings_back_the_place_but_no_query() -> None:
    state = transitions.select(STATE, IDS[3])
    typed = transitions.set_query(transitions.open_query(state), "lis")
    back = transitions.cancel_query(replace(typed, focused_entity="another", focused_agreement="row"))
    assert back.position == state.position
    assert (back.focused_entity, back.focused_agreement) == (state.focused_entity, state.focused_agreement)
    assert not back.typing
    assert back.pane is Pane.TEXT
    assert back.display_mode is DisplayMode.HIGHLIGHT


def test_a_query_accepted_before_its_matches_are_known_goes_to_the_first_when_they_are() -> None:
    typed = transitions.set_query(transitions.open_query(STATE), "lisbon")
    matches = search(INDEX, "lisbon")
    ahead = transitions.apply_matches(transitions.accept_query(typed), matches)
    assert ahead == transitions.accept_query(transitions.apply_matches(typed, matches))
    assert ahead.position.offset == matches.text[0].start


def test_a_match_is_no_longer_sought_once_the_reader_has_gone_elsewhere() -> None:
    accepted = transitions.accept_query(transitions.set_query(transitions.open_query(STATE), "lisbon"))
    elsewhere = transitions.select(accepted, IDS[-1])
    assert transitions.apply_matches(elsewhere, search(INDEX, "lisbon")).position.offset == elsewhere.position.offset


def test_a_query_given_at_the_start_is_among_those_that_come_back() -> None:
    assert document_transitions.initial_state(STATE.documents, "lisbon").query_history == ("lisbon",)
    assert document_transitions.initial_state(STATE.documents).query_history == ()
