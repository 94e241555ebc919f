"""Transitions within a document: pure functions from one state of the explorer to the next.

Those of the history are in `history`, those that open documents in `document_transitions`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.explorer.state import selected_words
from alliance_tui.explorer.state.explorer_state import (
    RESTORED,
    DisplayMode,
    ExplorerState,
    Pane,
    agreement_order,
    entity_order,
    find_record,
    focused_record,
    in_table,
    other_kind_counts,
    records_at,
    words_selected,
)
from alliance_tui.explorer.state.history import HISTORY_LIMIT, focus_row, move_to
from alliance_tui.explorer.state.query_history import add_query
from alliance_tui.explorer.state.table_view import TableView
from alliance_tui.export.labels import count_noun
from alliance_tui.highlighting import Highlights, RecordKind, SelectedRecord
from alliance_tui.records import Agreement, Entity, Kind
from alliance_tui.search.matches import NO_MATCHES, Matches, Range, TextMatch

if TYPE_CHECKING:
    from alliance_tui.search.completion import Completion

_start: Callable[[Range], int] = itemgetter(0)
_match_start: Callable[[TextMatch], int] = attrgetter("start")
_EQUAL_SCORES = 0.05  # matches whose scores differ by less are equally good


def focus_pane(state: ExplorerState, pane: Pane) -> ExplorerState:
    """Give a pane the focus; words that were selected in the text are let go of elsewhere."""
    return replace(state, pane=pane, selected_words=state.selected_words if pane is Pane.TEXT else None)


def next_pane(state: ExplorerState, step: int = 1) -> ExplorerState:
    """Give the next pane the focus, in a circle."""
    panes = [pane for pane in Pane if pane is not Pane.FACETS or state.facets_open]
    return focus_pane(state, panes[(panes.index(state.pane) + step) % len(panes)])


def follow_scroll(state: ExplorerState, first: int, last: int) -> ExplorerState:
    """Keep the cursor between the offsets `first` and `last`, which are in view."""
    offset = min(max(state.position.offset, first), max(first, last - 1))
    if offset == state.position.offset:
        return state
    return replace(state, position=replace(state.position, offset=offset), history_group="")


def step_row(state: ExplorerState, highlights: Highlights, by: int) -> ExplorerState:
    """Focus the row `by` rows further in the focused list, stopping at its ends."""
    if state.pane is Pane.ENTITIES:
        kind, focused = RecordKind.ENTITY, state.focused_entity
        rows = [entity.id for entity in entity_order(state, highlights)]
    elif state.pane is Pane.AGREEMENTS:
        kind, focused = RecordKind.AGREEMENT, state.focused_agreement
        rows = [agreement.id for agreement in agreement_order(state, highlights)]
    else:
        return state
    if focused not in rows:
        return state
    goal = min(max(rows.index(focused) + by, 0), len(rows) - 1)
    return focus_row(state, SelectedRecord(kind, rows[goal]))


def select(state: ExplorerState, selection: SelectedRecord) -> ExplorerState:
    """Select this record, and move the cursor to its evidence or to its next mention."""
    record = find_record(state, selection)
    if record is None:
        return state
    offset = record.evidence.start if isinstance(record, Agreement) else _nearest_mention(record, state.position.offset)
    return focus_row(move_to(state, replace(state.position, selection=selection, offset=offset)), selection)


def focus_selected_rows(state: ExplorerState, highlights: Highlights) -> ExplorerState:
    """Focus in each list a row that the selection highlights: the focused one if it is, else the first."""

    def _row(focused: str | None, order: Sequence[Entity | Agreement]) -> str | None:
        highlighted = [
            record.id for record in order if record.id in highlights.rows and highlights.rows[record.id].highlighted
        ]
        return focused if focused in highlighted else next(iter(highlighted), focused)

    entity = _row(state.focused_entity, entity_order(state, highlights))
    return replace(
        state,
        focused_entity=entity,
        focused_agreement=_row(state.focused_agreement, agreement_order(state, highlights)),
    )


def _nearest_mention(entity: Entity, offset: int) -> int:
    starts = sorted(mention.span.start for mention in entity.mentions)
    return next((start for start in starts if start >= offset), starts[0])


def select_focused(state: ExplorerState) -> ExplorerState:
    """Select the focused row, or the record under the cursor in the text."""
    if state.pane is Pane.TEXT:
        return select_in_text(state, state.position.offset)
    record = focused_record(state)
    if record is None:
        return state
    kind = RecordKind.ENTITY if isinstance(record, Entity) else RecordKind.AGREEMENT
    return select(state, SelectedRecord(kind, record.id))


def select_in_text(state: ExplorerState, offset: int) -> ExplorerState:
    """Select the record with the shortest span over the offset, or the next longer if that is selected."""
    covering = records_at(state.analysis, offset)
    if not covering:
        return state
    index = covering.index(state.selection) + 1 if state.selection in covering else 0
    selection = covering[index % len(covering)]
    return focus_row(move_to(state, replace(state.position, selection=selection, offset=offset)), selection)


def next_stop(state: ExplorerState, highlights: Highlights) -> ExplorerState:
    """Move the cursor to the next highlighted span, stopping at the last; with a selected word, to the next word."""
    if words_selected(state):
        return selected_words.step_words(state, 1)
    later = bisect_right(highlights.stops, state.position.offset, key=_start)
    return _move_in_text(state, highlights.stops[later][0], "stop") if later < len(highlights.stops) else state


def previous_stop(state: ExplorerState, highlights: Highlights) -> ExplorerState:
    """Move the cursor to the previous highlighted span, stopping at the first; with a selected word, to the word
    before."""
    if words_selected(state):
        return selected_words.step_words(state, -1)
    earlier = bisect_left(highlights.stops, state.position.offset, key=_start)
    return _move_in_text(state, highlights.stops[earlier - 1][0], "stop") if earlier else state


def next_match(state: ExplorerState, by: int = 1) -> ExplorerState:
    """Move the cursor to the next match (the previous for `by` = -1), in a circle."""
    matches = state.matches.text
    if not matches:
        return state
    if by > 0:
        goal = bisect_right(matches, state.position.offset, key=_match_start) % len(matches)
    else:
        goal = bisect_left(matches, state.position.offset, key=_match_start) - 1
    return _move_in_text(state, matches[goal].start, "match")


def _move_in_text(state: ExplorerState, offset: int, history_group: str) -> ExplorerState:
    return move_to(state, replace(state.position, offset=offset), history_group)


def open_query(state: ExplorerState) -> ExplorerState:
    """Open the query line."""
    if state.typing:
        return state
    return replace(
        state,
        query_opened_at=state.position,
        rows_before_query=(state.focused_entity, state.focused_agreement),
        jump_to_first_match=False,
    )


def set_query(state: ExplorerState, query: str, completions: tuple[Completion, ...] = ()) -> ExplorerState:
    """Change the query. The matches of the previous one stay until its own are known."""
    return replace(state, position=replace(state.position, query=query), history_group="", completions=completions)


def apply_matches(state: ExplorerState, matches: Matches) -> ExplorerState:
    """Take on the matches of the query and focus the best in each list, unless the document was left with it."""
    if matches.query != state.position.query:
        return state
    entity, agreement = state.focused_entity, state.focused_agreement
    if state.typing or state.jump_to_first_match or matches.query != state.current_document.reading_position.query:
        entity = matches.entities[0].record_id if matches.entities else entity
        agreement = matches.agreements[0].record_id if matches.agreements else agreement
    offset = first_match(matches, state.position.offset) if state.jump_to_first_match else state.position.offset
    position = replace(state.position, offset=offset)
    return replace(
        state,
        position=position,
        matches=matches,
        focused_entity=entity,
        focused_agreement=agreement,
        jump_to_first_match=False,
    )


def first_match(matches: Matches, offset: int) -> int:
    """Return the start of the first of the best matches at or after the offset, in a circle; the offset without any."""
    if not matches.text:
        return offset
    least = max(match.score for match in matches.text) - _EQUAL_SCORES
    best = [match for match in matches.text if match.score >= least]
    return best[bisect_left(best, offset, key=_match_start) % len(best)].start


def accept_query(state: ExplorerState) -> ExplorerState:
    """Close the query line, and move to the first match from where it was opened.

    If the matches are not known yet, `apply_matches` moves there.
    """
    if state.query_opened_at is None:
        return state
    query, opened_at = state.position.query, state.query_opened_at
    matches_known = state.matches.query == query
    offset = first_match(state.matches if matches_known else NO_MATCHES, opened_at.offset)
    position = replace(state.position, offset=offset)
    back_positions = (
        state.back_positions if position == opened_at else (*state.back_positions, opened_at)[-HISTORY_LIMIT:]
    )
    closed = replace(state, query_opened_at=None, completions=(), query_history=add_query(state.query_history, query))
    return replace(
        closed,
        position=position,
        back_positions=back_positions,
        forward_positions=(),
        history_group="match",
        jump_to_first_match=not matches_known,
    )


def cancel_query(state: ExplorerState) -> ExplorerState:
    """Close the query line, and restore what was before it was opened, without a query."""
    if state.query_opened_at is None:
        return state
    entity, agreement = state.rows_before_query
    position = replace(state.query_opened_at, query="")
    return replace(
        state,
        position=position,
        matches=NO_MATCHES,
        query_opened_at=None,
        completions=(),
        focused_entity=entity,
        focused_agreement=agreement,
    )


def clear(state: ExplorerState) -> ExplorerState:
    """Clear one thing: the query line, else selected words, marks, review pass, selection, query, filter or zoom.

    A selection and a query of an earlier session are cleared together.
    """
    if state.typing:
        return cancel_query(state)
    if words_selected(state):
        return replace(state, selected_words=None)
    if state.marked:
        return replace(state, marked=frozenset())
    if state.review_order:
        return replace(state, review_order=None, library_pass=None)
    if state.history_group == RESTORED:
        position = replace(state.position, selection=None, query="")
        return replace(move_to(state, position), matches=NO_MATCHES)
    if state.selection:
        return move_to(state, replace(state.position, selection=None))
    if state.position.query:
        return replace(move_to(state, replace(state.position, query="")), matches=NO_MATCHES)
    if state.display_mode is DisplayMode.FILTER:
        return replace(state, display_mode=DisplayMode.HIGHLIGHT)
    return replace(state, zoomed=False)


def narrow(state: ExplorerState, query: str) -> ExplorerState:
    """Change the query to this one and hide what does not match; without a query, show all."""
    mode = DisplayMode.FILTER if query else DisplayMode.HIGHLIGHT
    position = replace(state.position, query=query)
    return replace(move_to(state, position), display_mode=mode, query_history=add_query(state.query_history, query))


def toggle_filter(state: ExplorerState) -> ExplorerState:
    """Switch between highlighting and filtering."""
    return replace(
        state, display_mode=DisplayMode.HIGHLIGHT if state.display_mode is DisplayMode.FILTER else DisplayMode.FILTER
    )


def toggle_declaratory(state: ExplorerState) -> ExplorerState:
    """Show or hide declaratory phrases and packages, and say so."""
    nouns = {Kind.DECLARATORY: "declaratory phrase", Kind.PACKAGE: "package"}
    counts = " and ".join(count_noun(count, nouns[kind]) for kind, count in other_kind_counts(state.analysis).items())
    notice = (
        f"Agreements only: {counts} hidden" if state.show_declaratory else f"Listed too, in reading order: {counts}"
    )
    return replace(state, show_declaratory=not state.show_declaratory, notice=notice if counts else "")


def toggle_types(state: ExplorerState) -> ExplorerState:
    """Show or hide the types of the entities in the text."""
    shown = "" if state.show_types else "Each entity has the symbol and the colour of its kind (F2 lists them)"
    return replace(state, show_types=not state.show_types, notice=shown)


def change_table(change: Callable[[TableView], TableView]) -> Callable[[ExplorerState], ExplorerState]:
    """Return a transition that changes how the table is shown, where there is a table, and focuses its first row."""
    return lambda state: replace(state, table=change(state.table), focused_agreement=None) if in_table(state) else state


def toggle_facets(state: ExplorerState) -> ExplorerState:
    """Open the facets and focus them, focus them where they are open, or close them where they have the focus."""
    if state.pane is Pane.FACETS:
        return replace(state, facets_open=False, pane=Pane.AGREEMENTS)
    return replace(state, facets_open=True, pane=Pane.FACETS, zoomed=False)


def toggle_zoom(state: ExplorerState) -> ExplorerState:
    """Show the focused pane alone, or all panes."""
    return replace(state, zoomed=not state.zoomed)


def focus_listed_rows(state: ExplorerState, highlights: Highlights) -> ExplorerState:
    """Focus in each list a listed row: the focused one if it is listed, else the first."""
    entity = _listed_or_first(state.focused_entity, entity_order(state, highlights))
    agreement = _listed_or_first(state.focused_agreement, agreement_order(state, highlights))
    if (entity, agreement) == (state.focused_entity, state.focused_agreement):
        return state
    return replace(state, focused_entity=entity, focused_agreement=agreement)


def _listed_or_first(focused: str | None, order: Sequence[Entity | Agreement]) -> str | None:
    if any(record.id == focused for record in order):
        return focused
    return order[0].id if order else None
