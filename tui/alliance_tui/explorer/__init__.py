"""The explorer: a document's text, agreements and entities in three panes, highlighted by one query."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from alliance_tui.library.analysis_cache import AnalysisCache
    from alliance_tui.records import Document


def run(
    documents: Sequence[Document],
    *,
    query: str = "",
    model: str | None = None,
    cache: AnalysisCache | None = None,
    limits: Limits = DEFAULT_LIMITS,
    debug: bool = False,
) -> int:
    """Open the explorer on the documents or, without any, on the library of `cache`; return the exit status.

    `query` is searched for at the start. `cache` keeps analyses between runs, and with it reading positions are kept.
    `model` names the spaCy pipeline to use, within `limits`. With `debug`, a fault of the program ends the session with
    its traceback; else it is one sentence.
    """
    # Until the terminal is taken over there is nothing to restore, and KeyboardInterrupt may get lost in an import.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # modules stay, and collecting them costs a twentieth of the start; the app enables it
    from alliance_tui.explorer.app import app_with_settings
    from alliance_tui.explorer.persistence import first_start, reading_positions, screen_settings, settings
    from alliance_tui.explorer.state import document_transitions
    from alliance_tui.explorer.state.explorer_state import ExplorerState, OpenDocument, Position, ReadingPosition
    from alliance_tui.terminal import session

    positions, positions_fault = (
        reading_positions.load(reading_positions.reading_positions_path()) if cache else ({}, "")
    )
    open_documents = tuple(
        OpenDocument.unread(document, positions.get(document.id, ReadingPosition())) for document in documents
    )
    state = (
        document_transitions.initial_state(open_documents, query)
        if open_documents
        else ExplorerState((), Position(query=query))
    )
    looks = screen_settings.load(screen_settings.screen_settings_path()) if cache else screen_settings.ScreenSettings()
    state = replace(
        state,
        notice=positions_fault or _lexicon_fault() or state.notice,
        table=looks.table,
        sizes=looks.sizes,
        facets_open=looks.facets_open,
        welcome=bool(cache and open_documents) and first_start.note_start(first_start.marker_path()),
    )
    app = app_with_settings(
        state, *settings.load(settings.settings_path()), model=model, cache=cache, picked_theme=looks.theme
    )
    app.library_table = looks.library_table
    app.reading_positions = positions
    app.limits = limits
    app.debug_faults = debug
    status: object = 0
    try:
        status = session.run(app)
    except SystemExit as exit_request:  # after a signal
        status = exit_request.code
    if cache:
        screen_settings.save(screen_settings.screen_settings_path(), app.current_screen_settings())
    if cache and (
        fault := reading_positions.save(reading_positions.reading_positions_path(), app.current_reading_positions())
    ):
        sys.stderr.write(f"alliance-tui: {fault}\n")
    return status if isinstance(status, int) else 0


def _lexicon_fault() -> str:
    """Return the first fault of the reader's own lexicons, "" for none."""
    from alliance_tui.extraction.data_folders import own_folder

    if not own_folder().is_dir():
        return ""
    from alliance_tui.extraction.lexicon.loading import own_faults  # here, since most readers have none

    return next(iter(own_faults()), "")
