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
    ExplorerState,
    Left,
    Mode,
    Pane,
    Place,
    Reading,
    Stage,
    agreement_order,
    entity_order,
    find,
    record_at_hand,
    records_at,
)
from alliance_tui.explorer.state.query_history import with_query
from alliance_tui.extraction.worker.events import Event, Failed, Finished, Partial, Progress
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord
from alliance_tui.records import Agreement, Analysis, Entity
from alliance_tui.search.matches import NO_MATCHES, Matches, Range, TextMatch

if TYPE_CHECKING:
    from alliance_tui.search.completion import Completion

PAST_LIMIT = 200
"""How many places are kept to step back to."""
_start: Callable[[Range], int] = itemgetter(0)
_hit_start: Callable[[TextMatch], int] = attrgetter("start")


def go(state: ExplorerState, place: Place, stride: str = "") -> ExplorerState:
    """At another place. A run of the same named `stride` is one step of history."""
    if place == state.place:
        return state
    matches = state.matches if place.query == state.place.query and place.reading == state.place.reading else NO_MATCHES
    coalesced = bool(stride) and stride == state.stride
    past = state.past if coalesced else (*state.past, state.place)[-PAST_LIMIT:]
    return replace(state, place=place, past=past, future=(), matches=matches, stride=stride, seeking=False)


def back(state: ExplorerState) -> ExplorerState:
    """At the place before this one."""
    if not state.past:
        return state
    there = replace(state, past=state.past[:-1], future=(state.place, *state.future))
    return _return(there, state.past[-1])


def forward(state: ExplorerState) -> ExplorerState:
    """At the place that was last stepped back from."""
    if not state.future:
        return state
    there = replace(state, past=(*state.past, state.place), future=state.future[1:])
    return _return(there, state.future[0])


def _return(state: ExplorerState, place: Place) -> ExplorerState:
    same = place.query == state.place.query and place.reading == state.place.reading
    moved = replace(state, place=place, matches=state.matches if same else NO_MATCHES, stride="", origin=None)
    return stand_on(moved, place.choice) if place.choice else moved


def focus(state: ExplorerState, pane: Pane) -> ExplorerState:
    """With the keys going to this pane."""
    return replace(state, pane=pane)


def next_pane(state: ExplorerState, step: int = 1) -> ExplorerState:
    """With the keys going to the next pane, round and round."""
    panes = list(Pane)
    return focus(state, panes[(panes.index(state.pane) + step) % len(panes)])


def scrolled(state: ExplorerState, first: int, last: int) -> ExplorerState:
    """With the point inside what the text pane shows, offsets `first` to `last`."""
    point = min(max(state.place.point, first), max(first, last - 1))
    if point == state.place.point:
        return state
    return replace(state, place=replace(state.place, point=point), stride="")


def stand_on(state: ExplorerState, choice: SelectedRecord) -> ExplorerState:
    """On the row of this record in its list."""
    if choice.kind is RecordKind.ENTITY:
        return replace(state, entity=choice.id)
    return replace(state, agreement=choice.id)


def step(state: ExplorerState, lights: Highlights, by: int) -> ExplorerState:
    """On the row `by` rows further in the list with the focus, stopping at its ends."""
    if state.pane is Pane.ENTITIES:
        kind, here = RecordKind.ENTITY, state.entity
        rows = [entity.id for entity in entity_order(state, lights)]
    elif state.pane is Pane.AGREEMENTS:
        kind, here = RecordKind.AGREEMENT, state.agreement
        rows = [agreement.id for agreement in agreement_order(state, lights)]
    else:
        return state
    if here not in rows:
        return state
    goal = min(max(rows.index(here) + by, 0), len(rows) - 1)
    return stand_on(state, SelectedRecord(kind, rows[goal]))


def choose(state: ExplorerState, choice: SelectedRecord) -> ExplorerState:
    """With this record chosen: the point goes to its evidence, or to its next mention from here on."""
    record = find(state, choice)
    if record is None:
        return state
    point = record.evidence.start if isinstance(record, Agreement) else _nearest_mention(record, state.place.point)
    return stand_on(go(state, replace(state.place, choice=choice, point=point)), choice)


def stand_with_choice(state: ExplorerState, lights: Highlights) -> ExplorerState:
    """In each list on a row that goes with the choice, which the lights show: the same as before, or the first."""

    def _row(here: str | None, order: Sequence[Entity | Agreement]) -> str | None:
        lit = [record.id for record in order if record.id in lights.rows and lights.rows[record.id].highlighted]
        return here if here in lit else next(iter(lit), here)

    entity = _row(state.entity, entity_order(state, lights))
    return replace(state, entity=entity, agreement=_row(state.agreement, agreement_order(state, lights)))


def _nearest_mention(entity: Entity, point: int) -> int:
    starts = sorted(mention.span.start for mention in entity.mentions)
    return next((start for start in starts if start >= point), starts[0])


def choose_at_hand(state: ExplorerState) -> ExplorerState:
    """With the record chosen that the reader stands on, in a list or in the text."""
    if state.pane is Pane.TEXT:
        return choose_in_text(state, state.place.point)
    record = record_at_hand(state)
    if record is None:
        return state
    kind = RecordKind.ENTITY if isinstance(record, Entity) else RecordKind.AGREEMENT
    return choose(state, SelectedRecord(kind, record.id))


def choose_in_text(state: ExplorerState, offset: int) -> ExplorerState:
    """With the record chosen whose span covers the offset: the narrowest, or the next wider if that is chosen."""
    covering = records_at(state.analysis, offset)
    if not covering:
        return state
    index = covering.index(state.choice) + 1 if state.choice in covering else 0
    choice = covering[index % len(covering)]
    return stand_on(go(state, replace(state.place, choice=choice, point=offset)), choice)


def next_stop(state: ExplorerState, lights: Highlights) -> ExplorerState:
    """On the next lit span in the text, stopping at the last."""
    later = bisect_right(lights.stops, state.place.point, key=_start)
    return _jump(state, lights.stops[later][0], "stop") if later < len(lights.stops) else state


def previous_stop(state: ExplorerState, lights: Highlights) -> ExplorerState:
    """On the lit span before this one, stopping at the first."""
    earlier = bisect_left(lights.stops, state.place.point, key=_start)
    return _jump(state, lights.stops[earlier - 1][0], "stop") if earlier else state


def next_match(state: ExplorerState, by: int = 1) -> ExplorerState:
    """On the next match of the query in the text in reading order (the one before for `by` = -1), round the end."""
    hits = state.matches.text
    if not hits:
        return state
    if by > 0:
        goal = bisect_right(hits, state.place.point, key=_hit_start) % len(hits)
    else:
        goal = bisect_left(hits, state.place.point, key=_hit_start) - 1
    return _jump(state, hits[goal].start, "match")


def _jump(state: ExplorerState, point: int, stride: str) -> ExplorerState:
    return go(state, replace(state.place, point=point), stride)


def open_query(state: ExplorerState) -> ExplorerState:
    """With the query line open."""
    if state.typing:
        return state
    return replace(state, origin=state.place, rows_before=(state.entity, state.agreement), seeking=False)


def ask(state: ExplorerState, query: str, offers: tuple[Completion, ...] = ()) -> ExplorerState:
    """With this query, whose matches are not known yet; those of the query before stay until they are."""
    return replace(state, place=replace(state.place, query=query), stride="", offers=offers)


def found(state: ExplorerState, matches: Matches) -> ExplorerState:
    """With the matches of the query, and in each list on the best of them, unless the document was left with it."""
    if matches.query != state.place.query:
        return state
    entity, agreement = state.entity, state.agreement
    if state.typing or state.seeking or matches.query != state.reading.left.query:
        entity = matches.entities[0].record_id if matches.entities else entity
        agreement = matches.agreements[0].record_id if matches.agreements else agreement
    point = first_match(matches, state.place.point) if state.seeking else state.place.point
    place = replace(state.place, point=point)
    return replace(state, place=place, matches=matches, entity=entity, agreement=agreement, seeking=False)


def first_match(matches: Matches, point: int) -> int:
    """The beginning of the first match in the text from `point` on, round the end; `point` where there is none."""
    hits = matches.text
    return hits[bisect_left(hits, point, key=_hit_start) % len(hits)].start if hits else point


def accept_query(state: ExplorerState) -> ExplorerState:
    """With the query line closed and, if the query asks something, on its first match from where it was opened.

    Where the matches are not known yet, the first is sought when they are (`found`).
    """
    if state.origin is None:
        return state
    query, origin = state.place.query, state.origin
    known = state.matches.query == query
    point = first_match(state.matches if known else NO_MATCHES, origin.point)
    place = replace(state.place, point=point)
    past = state.past if place == origin else (*state.past, origin)[-PAST_LIMIT:]
    closed = replace(state, origin=None, offers=(), queries=with_query(state.queries, query))
    return replace(closed, place=place, past=past, future=(), stride="match", seeking=not known)


def cancel_query(state: ExplorerState) -> ExplorerState:
    """With the query line closed and all as it was when it was opened, less the query."""
    if state.origin is None:
        return state
    entity, agreement = state.rows_before
    place = replace(state.origin, query="")
    return replace(state, place=place, matches=NO_MATCHES, origin=None, offers=(), entity=entity, agreement=agreement)


def clear(state: ExplorerState) -> ExplorerState:
    """One thing less: the query line, then the choice, then the query, then the filter, then the zoom."""
    if state.typing:
        return cancel_query(state)
    if state.choice:
        return go(state, replace(state.place, choice=None))
    if state.place.query:
        return replace(go(state, replace(state.place, query="")), matches=NO_MATCHES)
    if state.mode is Mode.FILTER:
        return replace(state, mode=Mode.HIGHLIGHT)
    return replace(state, zoomed=False)


def toggle_mode(state: ExplorerState) -> ExplorerState:
    """In the other mode."""
    return replace(state, mode=Mode.HIGHLIGHT if state.mode is Mode.FILTER else Mode.FILTER)


def toggle_others(state: ExplorerState) -> ExplorerState:
    """With declaratory phrases and packages listed, or no longer."""
    return replace(state, others=not state.others)


def toggle_zoom(state: ExplorerState) -> ExplorerState:
    """With the pane that has the focus alone on the screen, or no longer."""
    return replace(state, zoomed=not state.zoomed)


def opened(readings: tuple[Reading, ...], query: str = "") -> ExplorerState:
    """Where the first document was left; with a `query` that is asked now, that one instead, and nothing chosen."""
    left = readings[0].left
    state = ExplorerState(readings, _place_left(readings, 0), left.pane, entity=left.entity, agreement=left.agreement)
    if query:
        place = replace(state.place, choice=None, query=query)
        return replace(state, place=place, pane=Pane.TEXT, queries=(query,))
    return state


def _place_left(readings: tuple[Reading, ...], number: int) -> Place:
    """The place at which the document `number` was left."""
    reading = readings[number]
    point = min(max(reading.left.point, 0), len(reading.document.text))
    return Place(number, point, reading.left.choice, sanitise_line(reading.left.query))


def leave(state: ExplorerState, top: int = 0) -> ExplorerState:
    """With the place of the document on the screen, whose first row in view begins at `top`, noted with it."""
    place = state.place
    left = Left(place.point, place.choice, place.query, state.pane, state.entity, state.agreement, top)
    return with_reading(state, place.reading, replace(state.reading, left=left))


def open_document(state: ExplorerState, reading: int) -> ExplorerState:
    """Where another document was left, with the same query where there is one."""
    if reading == state.place.reading:
        return state
    state = leave(state)
    place, left = _place_left(state.readings, reading), state.readings[reading].left
    there = go(state, replace(place, query=state.place.query or place.query))
    return replace(there, entity=left.entity, agreement=left.agreement)


def add_document(state: ExplorerState, reading: Reading) -> ExplorerState:
    """With this document on the screen, where it was left; one with the same path and text is not added twice."""
    document = reading.document
    same = (
        number
        for number, each in enumerate(state.readings)
        if (each.document.path, each.document.sha256) == (document.path, document.sha256)
    )
    number = next(same, None)
    if number is None:
        number = len(state.readings)
        state = replace(state, readings=(*state.readings, reading))
    return open_document(state, number)


def go_to_result(state: ExplorerState, query: str, agreement: str | None = None) -> ExplorerState:
    """At the agreement of this id; else with this query, if it is not blank, at its first match."""
    if agreement is not None:
        return choose(state, SelectedRecord(RecordKind.AGREEMENT, agreement))
    if not query:
        return state
    place = replace(state.place, point=0, choice=None, query=query)
    return replace(state, place=place, matches=NO_MATCHES, seeking=True, pane=Pane.TEXT)


def told(state: ExplorerState, number: int, event: Event) -> ExplorerState:
    """With what the extraction tells of the document `number`."""
    reading = state.readings[number]
    match event:
        case Progress(stage=doing, done=done, total=total):
            reading = replace(reading, stage=Stage.RUNNING, doing=doing, done=done, total=total)
        case Partial(entities=entities, agreements=agreements):
            analysis = Analysis(reading.document, entities, agreements, "", "")
            reading = replace(reading, stage=Stage.RUNNING, analysis=analysis)
        case Finished(analysis=analysis):
            reading = Reading(analysis, Stage.DONE, message=reading.message, left=reading.left)
        case Failed(message=message):
            reading = replace(reading, stage=Stage.FAILED, message=message)
    return with_reading(state, number, reading)


def with_reading(state: ExplorerState, number: int, reading: Reading) -> ExplorerState:
    """With this known of the document `number`; the rows stood on stay, or become those that were when it was left.

    A choice kept from before is awaited as long as the analysis goes on.
    """
    known = state.choice and find(state, state.choice)
    readings = tuple(reading if index == number else each for index, each in enumerate(state.readings))
    state = replace(state, readings=readings)
    if number != state.place.reading:
        return state
    left = reading.left
    state = replace(state, entity=state.entity or left.entity, agreement=state.agreement or left.agreement)
    if not state.choice:
        return state
    awaited = not known and reading.stage in (Stage.WAITING, Stage.RUNNING)
    if find(state, state.choice) or awaited:
        return state
    return replace(state, place=replace(state.place, choice=None))


def settle(state: ExplorerState, lights: Highlights) -> ExplorerState:
    """Standing in each list on a row that is there: the same as before, or the first."""
    entity = _row_there(state.entity, entity_order(state, lights))
    agreement = _row_there(state.agreement, agreement_order(state, lights))
    if (entity, agreement) == (state.entity, state.agreement):
        return state
    return replace(state, entity=entity, agreement=agreement)


def _row_there(here: str | None, order: Sequence[Entity | Agreement]) -> str | None:
    if any(record.id == here for record in order):
        return here
    return order[0].id if order else None
