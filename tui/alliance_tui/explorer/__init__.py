"""The explorer: three panes in step, the text, the agreements and the entities, lit by one query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliance_tui.library.cache import AnalysisCache
    from alliance_tui.records import Document


def run(
    documents: Sequence[Document], *, query: str = "", model: str | None = None, cache: AnalysisCache | None = None
) -> int:
    """Open the explorer on the documents (one at least), the first on the screen; returns the exit status.

    `query` is asked at the start. `cache` keeps analyses between runs; `model` names the spaCy pipeline to use.
    """
    from alliance_tui.explorer.app import configured
    from alliance_tui.explorer.settings import load, settings_path
    from alliance_tui.explorer.state import ExplorerState, Place, Reading
    from alliance_tui.terminal import session

    state = ExplorerState(tuple(Reading.of(document) for document in documents), Place(query=query))
    status = session.run(configured(state, *load(settings_path()), model=model, cache=cache))
    return status if isinstance(status, int) else 0
