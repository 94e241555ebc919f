"""The explorer: three panes in step, the text, the agreements and the entities, lit by one query."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from alliance_tui.library.analysis_cache import AnalysisCache
    from alliance_tui.records import Document


def run(
    documents: Sequence[Document], *, query: str = "", model: str | None = None, cache: AnalysisCache | None = None
) -> int:
    """Open the explorer on the documents, the first on the screen, or, without any, on the library that `cache` is a
    part of; returns the exit status.

    `query` is asked at the start. `cache` keeps analyses between runs, and with it the documents' places are kept;
    `model` names the spaCy pipeline to use.
    """
    # Until the terminal is taken over there is nothing to undo, and an exception may get lost in an import.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # what is loaded stays: to look through it is a twentieth of the start; the app sets it going again
    from alliance_tui.explorer.app import app_with_settings
    from alliance_tui.explorer.persistence import reading_positions, settings
    from alliance_tui.explorer.state import transitions
    from alliance_tui.explorer.state.explorer_state import ExplorerState, OpenDocument, Position, ReadingPosition
    from alliance_tui.terminal import session

    kept, damage = reading_positions.load(reading_positions.reading_positions_path()) if cache else ({}, "")
    readings = tuple(OpenDocument.unread(document, kept.get(document.id, ReadingPosition())) for document in documents)
    state = replace(
        transitions.initial_state(readings, query) if readings else ExplorerState((), Position(query=query)),
        notice=damage or _lexicon_fault(),
    )
    app = app_with_settings(state, *settings.load(settings.settings_path()), model=model, cache=cache)
    app.reading_positions = kept
    status: object = 0
    try:
        status = session.run(app)
    except SystemExit as ending:  # by a signal
        status = ending.code
    if cache and (
        fault := reading_positions.save(reading_positions.reading_positions_path(), app.current_reading_positions())
    ):
        sys.stderr.write(f"alliance-tui: {fault}\n")
    return status if isinstance(status, int) else 0


def _lexicon_fault() -> str:
    """The first fault of the reader's own lexicons; "" for none."""
    from alliance_tui.extraction.data_folders import own_folder

    if not own_folder().is_dir():
        return ""
    from alliance_tui.extraction.lexicon.loading import own_faults  # here, since most readers have none

    return next(iter(own_faults()), "")
