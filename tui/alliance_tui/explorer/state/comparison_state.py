"""A comparison that is on the screen, or was left for the text of one of its documents."""

from __future__ import annotations

from msgspec import Struct

from alliance_tui.explorer.state.explorer_state import OpenDocument
from alliance_tui.linking.comparison import Comparison


class RowsPosition(Struct, frozen=True):
    """Where a screen of rows was left: its view and side, the index of the focused row, and what was typed."""

    view: int = 0
    side: int = 0
    focused_index: int = 0
    query: str = ""


class OpenComparison(Struct, frozen=True):
    """A comparison of documents, as the reader sees them, and where its screen was left."""

    comparison: Comparison
    documents: tuple[OpenDocument, ...]
    position: RowsPosition = RowsPosition()
