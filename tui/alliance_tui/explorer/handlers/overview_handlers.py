"""Handlers of the overviews: the timeline and the matrix of the document or the library, and what its cells open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from msgspec.structs import replace

from alliance_tui.explorer.dialogs.grid_screen import GridScreen
from alliance_tui.explorer.handlers.export_handlers import ask_file_of_source
from alliance_tui.explorer.handlers.register_handlers import EMPTY, leave_dialogs, register_screen, show_life
from alliance_tui.explorer.handlers.screen_ports import DocumentScreenPort, LibraryScreenPort, ScreenPort
from alliance_tui.explorer.presenters.grid_source import GridSource
from alliance_tui.explorer.presenters.matrix_grid import MatrixSource
from alliance_tui.explorer.presenters.register_rows import RegisterRows
from alliance_tui.explorer.presenters.timeline_grid import TimelineSource
from alliance_tui.explorer.state.document_review import reviewed_analysis
from alliance_tui.explorer.state.library_state import LibraryState
from alliance_tui.explorer.state.overview_state import GridPosition, OverviewKey
from alliance_tui.export.labels import count_noun
from alliance_tui.linking.register import RegisterRow
from alliance_tui.overviews.sources import Sources, source_document
from alliance_tui.overviews.timeline import Grouping
from alliance_tui.overviews.undertakings import register_of
from alliance_tui.records import Analysis, Kind
from alliance_tui.review.record_changes import Judgement

OpenUndertaking = Callable[[RegisterRow], Awaitable[None]]
MakeSource = Callable[[str, Sequence[RegisterRow], str, GridPosition | None], GridSource]
"""Makes a source of what its rows are of, the rows, the day (ISO), and where its screen was left."""
NO_AGREEMENTS = "There are no agreements here"
NONE_LISTED = "What is listed has no agreements"


async def show_document_timeline(screen: DocumentScreenPort) -> None:
    """Show the timeline of the marked agreements, else of those that match, else of all of the document."""
    await _show_of_document(screen, "timeline", _timeline_of_document)


async def show_library_timeline(screen: LibraryScreenPort) -> None:
    """Show the timeline of the library, or of what a query lists of it."""
    await _show_of_library(screen, "timeline", _timeline_of_library)


async def show_document_matrix(screen: DocumentScreenPort) -> None:
    """Show who undertakes what with whom in the marked agreements, else in those that match, else in all."""
    await _show_of_document(screen, "matrix", _matrix)


async def show_library_matrix(screen: LibraryScreenPort) -> None:
    """Show who undertakes what with whom in the library, or in what a query lists of it."""
    await _show_of_library(screen, "matrix", _matrix)


def _matrix(name: str, rows: Sequence[RegisterRow], today: str, position: GridPosition | None) -> GridSource:
    return MatrixSource(f"Who undertakes what with whom: {name}", rows, position)


def _timeline_of_document(
    name: str, rows: Sequence[RegisterRow], today: str, position: GridPosition | None
) -> GridSource:
    return TimelineSource(f"Timeline of {name}", rows, today, Grouping.NONE, position)


def _timeline_of_library(
    name: str, rows: Sequence[RegisterRow], today: str, position: GridPosition | None
) -> GridSource:
    return TimelineSource(f"Timeline of {name}", rows, today, Grouping.FIELD, position)


async def _show_of_document(screen: DocumentScreenPort, kind: str, make: MakeSource) -> None:
    name, analysis = _chosen_agreements(screen)
    today = _today()
    rows = await asyncio.to_thread(register_of, [analysis], today)
    if not rows:
        screen.show_notice(NO_AGREEMENTS)
        return

    async def open_in_text(row: RegisterRow) -> None:
        leave_dialogs(screen)
        agreement = analysis.agreements[row.statements[0].position]
        screen.context.show_document(screen.state.current_document, agreement=agreement.id)

    async def read_sources() -> Sources:
        state = screen.state
        reviewed = reviewed_analysis(analysis, state.current_document.review)
        return Sources({0: source_document(reviewed)}, "" if state.marked else state.position.query)

    key = kind, analysis.document.id
    source = await asyncio.to_thread(make, name, rows, today, screen.context.overview_positions.get(key))
    await _show(screen, key, source, read_sources, "open in the text", open_in_text)


def _chosen_agreements(screen: DocumentScreenPort) -> tuple[str, Analysis]:
    """Return the agreements that an overview is of, without rejected ones, and a name for them."""
    state = screen.state
    analysis = state.analysis
    name, chosen = analysis.document.title, None
    if state.marked:
        chosen = state.marked
        name = f"{count_noun(len(chosen), 'marked agreement')}"
    elif state.matches.active:
        chosen = frozenset(match.record_id for match in state.matches.agreements)
        name = f"what matches {state.position.query}"
    review = state.current_document.review
    agreements = tuple(
        each
        for each in analysis.agreements
        if each.kind is Kind.AGREEMENT
        and (chosen is None or each.id in chosen)
        and not (review and review.reviewed.judgement_of(each.id) is Judgement.REJECTED)
    )
    return name, replace(analysis, agreements=agreements)


async def _show_of_library(screen: LibraryScreenPort, kind: str, make: MakeSource) -> None:
    state = screen.state
    if state.query and not state.marked:
        await screen.with_whole_list(state.listing, lambda: _show_listed(screen, kind, make))
    else:
        await _show_listed(screen, kind, make)


async def _show_listed(screen: LibraryScreenPort, kind: str, make: MakeSource) -> None:
    state, key = screen.state, (kind, "")
    position = screen.context.overview_positions.get(key)

    def make_source(register: Sequence[RegisterRow]) -> GridSource | str:
        """Return the source; a sentence where there is nothing to show."""
        name, rows = _listed_rows(state, register)
        if not rows:
            return NONE_LISTED if register else EMPTY
        return make(name, rows, rows[0].context.today, position)

    async def read_sources() -> Sources:
        return Sources(await screen.read_sources(), "" if state.marked else state.query)

    async def show(made: GridSource | str) -> None:
        if isinstance(made, str):
            screen.show_notice(made)
        else:
            await _show(screen, key, made, read_sources, "show its life", lambda row: show_life(screen, row))

    screen.with_register(make_source, show)


def _listed_rows(state: LibraryState, rows: Sequence[RegisterRow]) -> tuple[str, Sequence[RegisterRow]]:
    """Return the undertakings that an overview is of, and a name for them.

    They are those of the marked documents, else with a query those that the list has, else all.
    """
    if state.marked:
        marked = frozenset(state.marked)
        name = count_noun(len(marked), "marked document")
        return name, [row for row in rows if any(each.document in marked for each in row.statements)]
    if not state.query:
        return "the library", rows
    name = f"what is listed for {state.query}"
    if state.lists_agreements:
        agreements = frozenset(state.agreements.keys)
        return name, [
            row for row in rows if any((each.document, each.position) in agreements for each in row.statements)
        ]
    documents = frozenset(state.rows)
    return name, [row for row in rows if any(each.document in documents for each in row.statements)]


def _today() -> str:
    return date.today().isoformat()


async def _show(
    screen: ScreenPort,
    key: OverviewKey,
    source: GridSource,
    read_sources: Callable[[], Awaitable[Sources]],
    verb: str,
    open_undertaking: OpenUndertaking,
) -> None:
    """Show a grid; a cell opens the list of its undertakings, and each of these what `open_undertaking` shows."""
    kind, _ = key

    def note_position(_: object = None) -> None:
        screen.context.overview_positions[key] = source.position

    async def open_undertakings(title: str, rows: Sequence[RegisterRow], is_one: bool) -> None:
        note_position()
        if is_one:
            await open_undertaking(rows[0])
            return

        await screen.app.push_screen(
            register_screen(screen, RegisterRows(rows, title, verb), open_undertaking, read_sources)
        )

    def export(position: GridPosition, undertakings: int, show_notice: Callable[[str], None]) -> None:
        content = f"a {kind} of {count_noun(undertakings, 'undertaking')}"
        ask_file_of_source(screen, kind, content, source, position, read_sources, show_notice)

    await screen.app.push_screen(GridScreen(source, open_undertakings, export), note_position)
