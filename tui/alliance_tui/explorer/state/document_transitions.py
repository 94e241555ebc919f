"""Transitions that open documents and take on what their analysis finds."""

from __future__ import annotations

from msgspec.structs import replace

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.state.explorer_state import (
    RESTORED,
    AnalysisStage,
    ExplorerState,
    OpenDocument,
    Pane,
    Position,
    ReadingPosition,
    find_record,
)
from alliance_tui.explorer.state.history import move_to
from alliance_tui.explorer.state.transitions import select
from alliance_tui.extraction.events import Event, Failed, Finished, Partial, Progress
from alliance_tui.highlighting import RecordKind, SelectedRecord
from alliance_tui.records import Analysis
from alliance_tui.search.matches import NO_MATCHES


def initial_state(documents: tuple[OpenDocument, ...], query: str = "") -> ExplorerState:
    """Return the first document as it was left or, with a `query`, with that query and nothing selected."""
    reading_position = documents[0].reading_position
    state = ExplorerState(
        documents,
        _restored_position(documents, 0),
        reading_position.pane,
        focused_entity=reading_position.focused_entity,
        focused_agreement=reading_position.focused_agreement,
    )
    if not query and state.position.query:
        notice = f"The query of last time is back, {state.position.query}: Esc clears it"
        return replace(state, history_group=RESTORED, notice=notice)
    if query:
        position = replace(state.position, selection=None, query=query)
        return replace(state, position=position, pane=Pane.TEXT, query_history=(query,))
    return state


def _restored_position(documents: tuple[OpenDocument, ...], index: int) -> Position:
    """Return the position at which the document of this index was left."""
    reading_position, text = documents[index].reading_position, documents[index].document.text
    offset = min(max(reading_position.offset, 0), len(text))
    return Position(index, offset, reading_position.selection, sanitise_line(reading_position.query))


def save_reading_position(state: ExplorerState, top_offset: int = 0) -> ExplorerState:
    """Keep the reading position of the document on the screen; `top_offset` is that of its first row in view."""
    reading_position = ReadingPosition(
        state.position.offset,
        state.position.selection,
        state.position.query,
        Pane.AGREEMENTS if state.pane is Pane.FACETS else state.pane,
        state.focused_entity,
        state.focused_agreement,
        top_offset,
    )
    document = replace(state.current_document, reading_position=reading_position)
    return update_document(state, state.position.document_index, document)


def open_document(state: ExplorerState, index: int) -> ExplorerState:
    """Show the document of this index as it was left, with the current query if there is one."""
    if index == state.position.document_index:
        return state
    state = save_reading_position(state)
    reading_position, position = state.documents[index].reading_position, _restored_position(state.documents, index)
    state = move_to(state, replace(position, query=state.position.query or position.query))
    return replace(
        state,
        focused_entity=reading_position.focused_entity,
        focused_agreement=reading_position.focused_agreement,
    )


def add_document(state: ExplorerState, document: OpenDocument) -> ExplorerState:
    """Show this document as it was left, adding it unless one with the same path and text is open."""
    key = document.document.path, document.document.sha256
    keys = [(each.document.path, each.document.sha256) for each in state.documents]
    if key in keys:
        return open_document(state, keys.index(key))
    return open_document(replace(state, documents=(*state.documents, document)), len(keys))


def go_to_result(state: ExplorerState, query: str, agreement: str | None = None) -> ExplorerState:
    """Select the agreement of this id; without one, search for the query and go to its first match.

    Stepping back leads to where the reader came from, not to another place of the document.
    """
    if agreement is not None:
        selected = select(state, SelectedRecord(RecordKind.AGREEMENT, agreement))
        return replace(selected, back_positions=state.back_positions)
    if not query:
        return state
    position = replace(state.position, offset=0, selection=None, query=query)
    return replace(state, position=position, matches=NO_MATCHES, jump_to_first_match=True, pane=Pane.TEXT)


def apply_event(state: ExplorerState, index: int, event: Event) -> ExplorerState:
    """Take on an event of the analysis of the document of this index."""
    document = state.documents[index]
    match event:
        case Progress(stage=label, done=done, total=total):
            document = replace(document, stage=AnalysisStage.RUNNING, progress_label=label, done=done, total=total)
        case Partial(entities=entities, agreements=agreements):
            analysis = Analysis(document.document, entities, agreements, "", "")
            document = replace(document, stage=AnalysisStage.RUNNING, analysis=analysis)
        case Finished(analysis=analysis):
            document = OpenDocument(
                analysis,
                AnalysisStage.DONE,
                message=document.message,
                reading_position=document.reading_position,
            )
        case Failed(message=message):
            document = replace(document, stage=AnalysisStage.FAILED, message=message)
    return update_document(state, index, document)


def update_document(state: ExplorerState, index: int, document: OpenDocument) -> ExplorerState:
    """Replace the document of this index; the focused rows stay or, without any, are those of its reading position.

    A selection that is not found is kept while the analysis goes on, unless it was found before.
    """
    was_found = state.selection and find_record(state, state.selection)
    documents = list(state.documents)
    documents[index] = document
    state = replace(state, documents=tuple(documents))
    if index != state.position.document_index:
        return state
    reading_position = document.reading_position
    state = replace(
        state,
        focused_entity=state.focused_entity or reading_position.focused_entity,
        focused_agreement=state.focused_agreement or reading_position.focused_agreement,
    )
    if not state.selection or find_record(state, state.selection):
        return state
    if not was_found and document.stage in (AnalysisStage.WAITING, AnalysisStage.RUNNING):
        return state
    return replace(state, position=replace(state.position, selection=None))
