"""Where a grid of undertakings was left."""

from __future__ import annotations

from msgspec import Struct

OverviewKey = tuple[str, str]
"""Tells one overview from another: timeline or matrix, and the id of its document, "" for that of the library."""


class GridPosition(Struct, frozen=True):
    """The position in a grid: its view, what was chosen (`choices`), the keys of the focused row and column, the query.

    `row` and `column` are None where the grid has not been shown yet.
    """

    view: int = 0
    choices: tuple[int, ...] = ()
    row: str | None = None
    column: str | None = None
    query: str = ""
