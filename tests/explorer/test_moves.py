"""The moves are pure: any run of them leaves a state that makes sense, and history goes back and forth exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.explorer.state import transitions as moves
from alliance_tui.explorer.state.explorer_state import (
    ExplorerState,
    Mode,
    Pane,
    Place,
    Reading,
    Stage,
    agreement_order,
    entity_order,
    record_at_hand,
)
from alliance_tui.extraction.worker.events import Failed, Finished, Partial, Progress
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord, compute_highlights
from alliance_tui.records import Kind
from alliance_tui.search.engine import search
from alliance_tui.search.index import SearchIndex
from tests.support import builders

ANALYSIS = builders.analysis()
INDEX = SearchIndex.build(ANALYSIS.document.text, ANALYSIS)
STATE = ExplorerState((Reading(ANALYSIS, Stage.DONE), Reading.of(builders.document("Another text.\n"))))
IDS = [SelectedRecord(RecordKind.ENTITY, e.id) for e in ANALYSIS.entities] + [
    SelectedRecord(RecordKind.AGREEMENT, a.id) for a in ANALYSIS.agreements
]


def lights(state: ExplorerState) -> Highlights:
    """What the state lights."""
    return compute_highlights(state.analysis, state.matches, state.choice)


def asked(state: ExplorerState, query: str) -> ExplorerState:
    """The state with a query typed and accepted."""
    state = moves.ask(moves.open_query(state), query)
    if state.place.reading == 0:
        state = moves.found(state, search(INDEX, query))
    return moves.accept_query(state)


MOVES = st.one_of(
    st.sampled_from(IDS).map(lambda choice: lambda s: moves.choose(s, choice)),
    st.sampled_from(["lisbon", "denmrk", "strength:agreed", "zzz", ""]).map(lambda query: lambda s: asked(s, query)),
    st.integers(0, 1).map(lambda number: lambda s: moves.open_document(s, number)),
    st.integers(-3, 3).map(lambda by: lambda s: moves.step(s, lights(s), by)),
    st.sampled_from(
        [
            moves.back,
            moves.forward,
            moves.clear,
            moves.next_pane,
            moves.next_match,
            moves.toggle_mode,
            moves.toggle_others,
            moves.toggle_zoom,
            moves.choose_at_hand,
            lambda s: moves.next_stop(s, lights(s)),
            lambda s: moves.previous_stop(s, lights(s)),
        ]
    ),
)


@given(st.lists(MOVES, max_size=30))
def test_any_run_of_moves_leaves_a_state_that_makes_sense(run: list) -> None:  # type: ignore[type-arg]
    state = STATE
    for move in run:
        state = moves.settle(move(state), lights(move(state)))
        lit = lights(state)
        assert 0 <= state.place.point <= max(0, len(state.text))
        assert state.entity is None or state.entity in {e.id for e in entity_order(state, lit)}
        assert state.agreement is None or state.agreement in {a.id for a in agreement_order(state, lit)}
        record_at_hand(state)


@given(st.lists(st.sampled_from(IDS), min_size=1, max_size=10))
def test_as_many_steps_back_as_places_lead_to_the_start_and_forward_again(choices: list[SelectedRecord]) -> None:
    state = STATE
    for choice in choices:
        state = moves.choose(state, choice)
    places = [*state.past, state.place]
    walked = [state.place]
    while state.past:
        state = moves.back(state)
        walked.append(state.place)
    assert walked == places[::-1]
    while state.future:
        state = moves.forward(state)
    assert state.place == places[-1]


def test_a_run_of_matches_is_one_step_of_history() -> None:
    state = asked(STATE, "lisbon")
    before = len(state.past)
    for _ in range(5):
        state = moves.next_match(state)
    assert len(state.past) == before
    state = moves.choose(state, IDS[0])
    assert len(state.past) == before + 1


def test_an_analysis_that_streams_in_replaces_what_was_found_so_far() -> None:
    state = ExplorerState((Reading.of(ANALYSIS.document),))
    state = moves.told(state, 0, Progress("finding agreements", 10, 100))
    assert (state.reading.stage, state.reading.done, state.reading.total) == (Stage.RUNNING, 10, 100)
    state = moves.told(state, 0, Partial(ANALYSIS.entities[:2], ()))
    assert state.analysis.entities == ANALYSIS.entities[:2]
    state = moves.told(state, 0, Finished(ANALYSIS))
    assert state.analysis is ANALYSIS
    assert state.reading.stage is Stage.DONE


def test_a_failure_keeps_the_text_and_what_was_found() -> None:
    state = moves.told(ExplorerState((Reading.of(ANALYSIS.document),)), 0, Partial(ANALYSIS.entities, ()))
    state = moves.told(state, 0, Failed("no pipeline"))
    assert state.reading.stage is Stage.FAILED
    assert state.reading.message == "no pipeline"
    assert state.analysis.entities == ANALYSIS.entities
    assert state.text == ANALYSIS.document.text


def test_a_choice_that_a_later_partial_lacks_is_dropped() -> None:
    state = moves.choose(STATE, IDS[0])
    state = moves.told(state, 0, Partial((), ()))
    assert state.choice is None


def test_declaratory_phrases_and_packages_never_stand_among_the_agreements() -> None:
    kinds = [each.kind for each in agreement_order(moves.toggle_others(STATE), lights(STATE))]
    first_other = next(index for index, kind in enumerate(kinds) if kind is not Kind.AGREEMENT)
    assert all(kind is not Kind.AGREEMENT for kind in kinds[first_other:])


def test_the_point_stays_in_what_is_in_view() -> None:
    state = moves.scrolled(STATE, 100, 200)
    assert state.place == Place(point=100)
    assert moves.scrolled(state, 50, 90).place.point == 89
    assert not state.past


def test_cancelling_a_query_brings_back_the_place_but_no_query() -> None:
    state = moves.choose(STATE, IDS[3])
    typed = moves.ask(moves.open_query(state), "lis")
    back = moves.cancel_query(replace(typed, entity="another", agreement="row"))
    assert back.place == state.place
    assert (back.entity, back.agreement) == (state.entity, state.agreement)
    assert not back.typing
    assert back.pane is Pane.TEXT
    assert back.mode is Mode.HIGHLIGHT


def test_a_query_accepted_before_its_matches_are_known_goes_to_the_first_when_they_are() -> None:
    typed = moves.ask(moves.open_query(STATE), "lisbon")
    matches = search(INDEX, "lisbon")
    ahead = moves.found(moves.accept_query(typed), matches)
    assert ahead == moves.accept_query(moves.found(typed, matches))
    assert ahead.place.point == matches.text[0].start


def test_a_match_is_no_longer_sought_once_the_reader_has_gone_elsewhere() -> None:
    accepted = moves.accept_query(moves.ask(moves.open_query(STATE), "lisbon"))
    elsewhere = moves.choose(accepted, IDS[-1])
    assert moves.found(elsewhere, search(INDEX, "lisbon")).place.point == elsewhere.place.point


def test_a_query_given_at_the_start_is_among_those_that_come_back() -> None:
    assert moves.opened(STATE.readings, "lisbon").queries == ("lisbon",)
    assert moves.opened(STATE.readings).queries == ()
