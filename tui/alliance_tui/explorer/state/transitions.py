"""The moves: pure functions from one state of the explorer to the next.

A move that takes the reader elsewhere leaves the place it came from in `past`; `back` and `forward` walk them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.state.explorer_state import (
    AnalysisStage,
    DisplayMode,
    ExplorerState,
    OpenDocument,
    Pane,
    Position,
    ReadingPosition,
    agreement_order,
    entity_order,
    find_record,
    focused_record,
    records_at,
)
from alliance_tui.explorer.state.query_history import add_query
from alliance_tui.extraction.events import Event, Failed, Finished, Partial, Progress
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord
from alliance_tui.records import Agreement, Analysis, Entity
from alliance_tui.search.matches import NO_MATCHES, Matches, Range, TextMatch

if TYPE_CHECKING:
    from alliance_tui.search.completion import Completion

HISTORY_LIMIT = 200
"""How many places are kept to step back to."""
_start: Callable[[Range], int] = itemgetter(0)
_hit_start: Callable[[TextMatch], int] = attrgetter("start")


def move_to(state: ExplorerState, place: Position, stride: str = "") -> ExplorerState:
    """At another place. A run of the same named `stride` is one step of history."""
    if place == state.position:
        return state
    matches = (
        state.matches
        if place.query == state.position.query and place.document_index == state.position.document_index
        else NO_MATCHES
    )
    coalesced = bool(stride) and stride == state.history_group
    past = state.back_positions if coalesced else (*state.back_positions, state.position)[-HISTORY_LIMIT:]
    return replace(
        state,
        position=place,
        back_positions=past,
        forward_positions=(),
        matches=matches,
        history_group=stride,
        jump_to_first_match=False,
    )


def back(state: ExplorerState) -> ExplorerState:
    """At the place before this one."""
    if not state.back_positions:
        return state
    there = replace(
        state, back_positions=state.back_positions[:-1], forward_positions=(state.position, *state.forward_positions)
    )
    return _restore(there, state.back_positions[-1])


def forward(state: ExplorerState) -> ExplorerState:
    """At the place that was last stepped back from."""
    if not state.forward_positions:
        return state
    there = replace(
        state, back_positions=(*state.back_positions, state.position), forward_positions=state.forward_positions[1:]
    )
    return _restore(there, state.forward_positions[0])


def _restore(state: ExplorerState, place: Position) -> ExplorerState:
    same = place.query == state.position.query and place.document_index == state.position.document_index
    moved = replace(
        state, position=place, matches=state.matches if same else NO_MATCHES, history_group="", query_opened_at=None
    )
    return focus_row(moved, place.selection) if place.selection else moved


def focus_pane(state: ExplorerState, pane: Pane) -> ExplorerState:
    """With the keys going to this pane."""
    return replace(state, pane=pane)


def next_pane(state: ExplorerState, step: int = 1) -> ExplorerState:
    """With the keys going to the next pane, round and round."""
    panes = list(Pane)
    return focus_pane(state, panes[(panes.index(state.pane) + step) % len(panes)])


def follow_scroll(state: ExplorerState, first: int, last: int) -> ExplorerState:
    """With the point inside what the text pane shows, offsets `first` to `last`."""
    point = min(max(state.position.offset, first), max(first, last - 1))
    if point == state.position.offset:
        return state
    return replace(state, position=replace(state.position, offset=point), history_group="")


def focus_row(state: ExplorerState, choice: SelectedRecord) -> ExplorerState:
    """On the row of this record in its list."""
    if choice.kind is RecordKind.ENTITY:
        return replace(state, focused_entity=choice.id)
    return replace(state, focused_agreement=choice.id)


def step_row(state: ExplorerState, lights: Highlights, by: int) -> ExplorerState:
    """On the row `by` rows further in the list with the focus, stopping at its ends."""
    if state.pane is Pane.ENTITIES:
        kind, here = RecordKind.ENTITY, state.focused_entity
        rows = [entity.id for entity in entity_order(state, lights)]
    elif state.pane is Pane.AGREEMENTS:
        kind, here = RecordKind.AGREEMENT, state.focused_agreement
        rows = [agreement.id for agreement in agreement_order(state, lights)]
    else:
        return state
    if here not in rows:
        return state
    goal = min(max(rows.index(here) + by, 0), len(rows) - 1)
    return focus_row(state, SelectedRecord(kind, rows[goal]))


def select(state: ExplorerState, choice: SelectedRecord) -> ExplorerState:
    """With this record chosen: the point goes to its evidence, or to its next mention from here on."""
    record = find_record(state, choice)
    if record is None:
        return state
    point = record.evidence.start if isinstance(record, Agreement) else _nearest_mention(record, state.position.offset)
    return focus_row(move_to(state, replace(state.position, selection=choice, offset=point)), choice)


def focus_selected_rows(state: ExplorerState, lights: Highlights) -> ExplorerState:
    """In each list on a row that goes with the choice, which the lights show: the same as before, or the first."""

    def _row(here: str | None, order: Sequence[Entity | Agreement]) -> str | None:
        lit = [record.id for record in order if record.id in lights.rows and lights.rows[record.id].highlighted]
        return here if here in lit else next(iter(lit), here)

    entity = _row(state.focused_entity, entity_order(state, lights))
    return replace(
        state, focused_entity=entity, focused_agreement=_row(state.focused_agreement, agreement_order(state, lights))
    )


def _nearest_mention(entity: Entity, point: int) -> int:
    starts = sorted(mention.span.start for mention in entity.mentions)
    return next((start for start in starts if start >= point), starts[0])


def select_focused(state: ExplorerState) -> ExplorerState:
    """With the record chosen that the reader stands on, in a list or in the text."""
    if state.pane is Pane.TEXT:
        return select_in_text(state, state.position.offset)
    record = focused_record(state)
    if record is None:
        return state
    kind = RecordKind.ENTITY if isinstance(record, Entity) else RecordKind.AGREEMENT
    return select(state, SelectedRecord(kind, record.id))


def select_in_text(state: ExplorerState, offset: int) -> ExplorerState:
    """With the record chosen whose span covers the offset: the narrowest, or the next wider if that is chosen."""
    covering = records_at(state.analysis, offset)
    if not covering:
        return state
    index = covering.index(state.selection) + 1 if state.selection in covering else 0
    choice = covering[index % len(covering)]
    return focus_row(move_to(state, replace(state.position, selection=choice, offset=offset)), choice)


def next_stop(state: ExplorerState, lights: Highlights) -> ExplorerState:
    """On the next lit span in the text, stopping at the last."""
    later = bisect_right(lights.stops, state.position.offset, key=_start)
    return _move_in_text(state, lights.stops[later][0], "stop") if later < len(lights.stops) else state


def previous_stop(state: ExplorerState, lights: Highlights) -> ExplorerState:
    """On the lit span before this one, stopping at the first."""
    earlier = bisect_left(lights.stops, state.position.offset, key=_start)
    return _move_in_text(state, lights.stops[earlier - 1][0], "stop") if earlier else state


def next_match(state: ExplorerState, by: int = 1) -> ExplorerState:
    """On the next match of the query in the text in reading order (the one before for `by` = -1), round the end."""
    hits = state.matches.text
    if not hits:
        return state
    if by > 0:
        goal = bisect_right(hits, state.position.offset, key=_hit_start) % len(hits)
    else:
        goal = bisect_left(hits, state.position.offset, key=_hit_start) - 1
    return _move_in_text(state, hits[goal].start, "match")


def _move_in_text(state: ExplorerState, point: int, stride: str) -> ExplorerState:
    return move_to(state, replace(state.position, offset=point), stride)


def open_query(state: ExplorerState) -> ExplorerState:
    """With the query line open."""
    if state.typing:
        return state
    return replace(
        state,
        query_opened_at=state.position,
        rows_before_query=(state.focused_entity, state.focused_agreement),
        jump_to_first_match=False,
    )


def set_query(state: ExplorerState, query: str, offers: tuple[Completion, ...] = ()) -> ExplorerState:
    """With this query, whose matches are not known yet; those of the query before stay until they are."""
    return replace(state, position=replace(state.position, query=query), history_group="", completions=offers)


def apply_matches(state: ExplorerState, matches: Matches) -> ExplorerState:
    """With the matches of the query, and in each list on the best of them, unless the document was left with it."""
    if matches.query != state.position.query:
        return state
    entity, agreement = state.focused_entity, state.focused_agreement
    if state.typing or state.jump_to_first_match or matches.query != state.current_document.reading_position.query:
        entity = matches.entities[0].record_id if matches.entities else entity
        agreement = matches.agreements[0].record_id if matches.agreements else agreement
    point = first_match(matches, state.position.offset) if state.jump_to_first_match else state.position.offset
    place = replace(state.position, offset=point)
    return replace(
        state,
        position=place,
        matches=matches,
        focused_entity=entity,
        focused_agreement=agreement,
        jump_to_first_match=False,
    )


def first_match(matches: Matches, point: int) -> int:
    """The beginning of the first match in the text from `point` on, round the end; `point` where there is none."""
    hits = matches.text
    return hits[bisect_left(hits, point, key=_hit_start) % len(hits)].start if hits else point


def accept_query(state: ExplorerState) -> ExplorerState:
    """With the query line closed and, if the query asks something, on its first match from where it was opened.

    Where the matches are not known yet, the first is sought when they are (`found`).
    """
    if state.query_opened_at is None:
        return state
    query, origin = state.position.query, state.query_opened_at
    known = state.matches.query == query
    point = first_match(state.matches if known else NO_MATCHES, origin.offset)
    place = replace(state.position, offset=point)
    past = state.back_positions if place == origin else (*state.back_positions, origin)[-HISTORY_LIMIT:]
    closed = replace(state, query_opened_at=None, completions=(), query_history=add_query(state.query_history, query))
    return replace(
        closed,
        position=place,
        back_positions=past,
        forward_positions=(),
        history_group="match",
        jump_to_first_match=not known,
    )


def cancel_query(state: ExplorerState) -> ExplorerState:
    """With the query line closed and all as it was when it was opened, less the query."""
    if state.query_opened_at is None:
        return state
    entity, agreement = state.rows_before_query
    place = replace(state.query_opened_at, query="")
    return replace(
        state,
        position=place,
        matches=NO_MATCHES,
        query_opened_at=None,
        completions=(),
        focused_entity=entity,
        focused_agreement=agreement,
    )


def clear(state: ExplorerState) -> ExplorerState:
    """One thing less: the query line, then the choice, then the query, then the filter, then the zoom."""
    if state.typing:
        return cancel_query(state)
    if state.selection:
        return move_to(state, replace(state.position, selection=None))
    if state.position.query:
        return replace(move_to(state, replace(state.position, query="")), matches=NO_MATCHES)
    if state.display_mode is DisplayMode.FILTER:
        return replace(state, display_mode=DisplayMode.HIGHLIGHT)
    return replace(state, zoomed=False)


def toggle_filter(state: ExplorerState) -> ExplorerState:
    """In the other mode."""
    return replace(
        state, display_mode=DisplayMode.HIGHLIGHT if state.display_mode is DisplayMode.FILTER else DisplayMode.FILTER
    )


def toggle_declaratory(state: ExplorerState) -> ExplorerState:
    """With declaratory phrases and packages listed, or no longer."""
    return replace(state, show_declaratory=not state.show_declaratory)


def toggle_zoom(state: ExplorerState) -> ExplorerState:
    """With the pane that has the focus alone on the screen, or no longer."""
    return replace(state, zoomed=not state.zoomed)


def initial_state(readings: tuple[OpenDocument, ...], query: str = "") -> ExplorerState:
    """Where the first document was left; with a `query` that is asked now, that one instead, and nothing chosen."""
    left = readings[0].reading_position
    state = ExplorerState(
        readings,
        _restored_position(readings, 0),
        left.pane,
        focused_entity=left.focused_entity,
        focused_agreement=left.focused_agreement,
    )
    if query:
        place = replace(state.position, selection=None, query=query)
        return replace(state, position=place, pane=Pane.TEXT, query_history=(query,))
    return state


def _restored_position(readings: tuple[OpenDocument, ...], number: int) -> Position:
    """The place at which the document `number` was left."""
    reading = readings[number]
    point = min(max(reading.reading_position.offset, 0), len(reading.document.text))
    return Position(number, point, reading.reading_position.selection, sanitise_line(reading.reading_position.query))


def save_reading_position(state: ExplorerState, top: int = 0) -> ExplorerState:
    """With the place of the document on the screen, whose first row in view begins at `top`, noted with it."""
    place = state.position
    left = ReadingPosition(
        place.offset, place.selection, place.query, state.pane, state.focused_entity, state.focused_agreement, top
    )
    return update_document(state, place.document_index, replace(state.current_document, reading_position=left))


def open_document(state: ExplorerState, reading: int) -> ExplorerState:
    """Where another document was left, with the same query where there is one."""
    if reading == state.position.document_index:
        return state
    state = save_reading_position(state)
    place, left = _restored_position(state.documents, reading), state.documents[reading].reading_position
    there = move_to(state, replace(place, query=state.position.query or place.query))
    return replace(there, focused_entity=left.focused_entity, focused_agreement=left.focused_agreement)


def add_document(state: ExplorerState, reading: OpenDocument) -> ExplorerState:
    """With this document on the screen, where it was left; one with the same path and text is not added twice."""
    document = reading.document
    same = (
        number
        for number, each in enumerate(state.documents)
        if (each.document.path, each.document.sha256) == (document.path, document.sha256)
    )
    number = next(same, None)
    if number is None:
        number = len(state.documents)
        state = replace(state, documents=(*state.documents, reading))
    return open_document(state, number)


def go_to_result(state: ExplorerState, query: str, agreement: str | None = None) -> ExplorerState:
    """At the agreement of this id; else with this query, if it is not blank, at its first match."""
    if agreement is not None:
        return select(state, SelectedRecord(RecordKind.AGREEMENT, agreement))
    if not query:
        return state
    place = replace(state.position, offset=0, selection=None, query=query)
    return replace(state, position=place, matches=NO_MATCHES, jump_to_first_match=True, pane=Pane.TEXT)


def apply_event(state: ExplorerState, number: int, event: Event) -> ExplorerState:
    """With what the extraction tells of the document `number`."""
    reading = state.documents[number]
    match event:
        case Progress(stage=doing, done=done, total=total):
            reading = replace(reading, stage=AnalysisStage.RUNNING, progress_label=doing, done=done, total=total)
        case Partial(entities=entities, agreements=agreements):
            analysis = Analysis(reading.document, entities, agreements, "", "")
            reading = replace(reading, stage=AnalysisStage.RUNNING, analysis=analysis)
        case Finished(analysis=analysis):
            reading = OpenDocument(
                analysis, AnalysisStage.DONE, message=reading.message, reading_position=reading.reading_position
            )
        case Failed(message=message):
            reading = replace(reading, stage=AnalysisStage.FAILED, message=message)
    return update_document(state, number, reading)


def update_document(state: ExplorerState, number: int, reading: OpenDocument) -> ExplorerState:
    """With this known of the document `number`; the rows stood on stay, or become those that were when it was left.

    A choice kept from before is awaited as long as the analysis goes on.
    """
    known = state.selection and find_record(state, state.selection)
    readings = tuple(reading if index == number else each for index, each in enumerate(state.documents))
    state = replace(state, documents=readings)
    if number != state.position.document_index:
        return state
    left = reading.reading_position
    state = replace(
        state,
        focused_entity=state.focused_entity or left.focused_entity,
        focused_agreement=state.focused_agreement or left.focused_agreement,
    )
    if not state.selection:
        return state
    awaited = not known and reading.stage in (AnalysisStage.WAITING, AnalysisStage.RUNNING)
    if find_record(state, state.selection) or awaited:
        return state
    return replace(state, position=replace(state.position, selection=None))


def focus_listed_rows(state: ExplorerState, lights: Highlights) -> ExplorerState:
    """Standing in each list on a row that is there: the same as before, or the first."""
    entity = _listed_or_first(state.focused_entity, entity_order(state, lights))
    agreement = _listed_or_first(state.focused_agreement, agreement_order(state, lights))
    if (entity, agreement) == (state.focused_entity, state.focused_agreement):
        return state
    return replace(state, focused_entity=entity, focused_agreement=agreement)


def _listed_or_first(here: str | None, order: Sequence[Entity | Agreement]) -> str | None:
    if any(record.id == here for record in order):
        return here
    return order[0].id if order else None
