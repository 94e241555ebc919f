"""What takes longer than a frame to import: threads do it, ahead of its first use where there is time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliance_tui.explorer.widgets.query_bar import QueryBar


def query_bar_class() -> type[QueryBar]:
    """The class of the query line."""
    from alliance_tui.explorer.widgets.query_bar import QueryBar

    return QueryBar
