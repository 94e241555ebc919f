"""A screen of rows with the details of the focused one: comparisons, the register, the life of an undertaking."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from alliance_tui.explorer.dialogs.source_screen import NOTHING_FITS, SourceScreen
from alliance_tui.explorer.presenters.document_presenter import LineStyler
from alliance_tui.explorer.presenters.help_pages import HelpPage
from alliance_tui.explorer.presenters.row_source import Listing, RowSource
from alliance_tui.explorer.rendering.strips import KEYS_GAP, Part, parts_width, text_width
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.comparison_state import RowsPosition
from alliance_tui.explorer.widgets.base import StatusLine
from alliance_tui.explorer.widgets.row_list import RowClicked, RowList

OpenRow = Callable[[Any, int], Awaitable[None]]
"""Opens a row; the second argument is the chosen side."""

Export = Callable[[RowsPosition, int, Callable[[str], None]], None]
"""Exports what a position shows: that, the number of rows, and the function that shows a notice."""


class RowsScreen(SourceScreen):
    """Lists the rows of a source: typing narrows them, Tab changes the view, Enter opens the focused row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "step(-1000000)", show=False, priority=True),
        Binding("end", "step(1000000)", show=False, priority=True),
        Binding("right", "turn_side(1)", show=False, priority=True),
        Binding("left", "turn_side(-1)", show=False, priority=True),
        Binding("ctrl+x", "export", show=False, priority=True),  # letters are typed into the query
    ]

    def __init__(self, source: RowSource[Any], open_row: OpenRow, export: Export) -> None:
        """Show the rows of this source where it was left; the others are called for an opened row, and to export."""
        super().__init__()
        self._source = source
        self._open_row, self._export = open_row, export
        left = source.position
        self._query, self._view, self._side, self._focused_index = (
            left.query,
            left.view,
            left.side,
            left.focused_index,
        )
        self._listing = Listing(())
        self._is_listed = False
        self._rows = RowList()

    @property
    def _help(self) -> HelpPage:
        return self._source.help

    def _content(self) -> Sequence[Widget]:
        return [self._rows]

    def on_mount(self) -> None:
        """Let what is typed narrow the rows."""
        self._field.focus()

    def _narrow(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self._focused_index = 0
            self._list()

    @work(exclusive=True)
    async def _read_list(self, *, keep_row: bool = False) -> None:
        self._notice = ""  # it would hide what is said of the query
        row = self._focused_row if keep_row else None
        listing = await asyncio.to_thread(self._source.list_rows, self._view, self._side, self._query)
        self._listing, self._is_listed = listing, True
        if row is not None:
            self._focused_index = next((index for index, each in enumerate(listing.rows) if each is row), 0)
        self._draw()

    @property
    def _focused_row(self) -> object | None:
        rows = self._listing.rows
        return rows[self._focused_index] if self._focused_index < len(rows) else None

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        source, styler, rows = self._source, self._styler, self._listing.rows
        self._focused_index = min(self._focused_index, max(0, len(rows) - 1))
        count = [styler.part(f"{len(rows):,} listed", StyleRole.MUTED)] if self._is_listed else []
        room = self.size.width - 2 * StatusLine.MARGIN - parts_width(count) - len(KEYS_GAP)
        self._top.show([styler.part(source.title_in(room), StyleRole.STRONG)], count)
        sides = self._side_names(styler)
        self._views.show(self._named_views(source.views, self._view, self._room_beside(sides), styler), sides)
        empty = NOTHING_FITS if self._is_listed else ""
        self._rows.show(rows, self._focused_index, lambda row: source.draw(row, self._side, styler), empty)
        self._details.show(source.details(rows[self._focused_index], self._side, styler) if rows else ())
        hint = self._notice or self._listing.message or ("" if self._query else source.hint)
        self._message.show([styler.part(hint, StyleRole.MUTED)])
        self._show_keys(self._hints(), styler)

    def _room_beside(self, sides: list[Part]) -> int:
        """Return the cells that the names of views have beside those of sides."""
        return self.size.width - 2 * StatusLine.MARGIN - parts_width(sides) - 1

    def _side_names(self, styler: LineStyler) -> list[Part]:
        """Return the names of the sides, the chosen one marked; that one alone where the views need the room."""
        if not self._source.sides:
            return []
        label = styler.part(f"{self._source.side_label} ", StyleRole.MUTED)
        sides = [self._choice(name, number == self._side, styler) for number, name in enumerate(self._source.sides)]
        parts = [label, *chain.from_iterable(sides)]
        is_narrow = sum(text_width(name) + 2 for name in self._source.views) > self._room_beside(parts)
        return [label, *sides[self._side]] if is_narrow else parts

    def _hints(self) -> list[tuple[str, str]]:
        source = self._source
        sides = [("Left Right", source.side_action)] if len(source.sides) > 1 else []
        views = [("Tab", "view")] if len(source.views) > 1 else []
        others = [("Ctrl-X", "export"), ("Shift-Up/Down", "scroll")]
        return [("type", "find"), ("Enter", source.verb), *views, *sides, *others]

    def action_step(self, by: int) -> None:
        """Focus another row; a notice has been read."""
        self._notice = ""
        self._focused_index = min(max(0, self._focused_index + by), max(0, len(self._listing.rows) - 1))
        self._draw()

    def action_page(self, direction: int) -> None:
        """Go a page up or down."""
        self.action_step(direction * max(1, self._rows.size.height - 1))

    def action_turn_view(self, by: int) -> None:
        """Show the next view, or the one before."""
        self._view = (self._view + by) % len(self._source.views)
        self._focused_index = 0
        self._list()

    def action_turn_side(self, by: int) -> None:
        """Choose the next side, or the one before; the focused row stays focused where it is still listed."""
        if len(self._source.sides) > 1:
            self._side = (self._side + by) % len(self._source.sides)
            self._list(keep_row=True)

    async def action_open(self) -> None:
        """Open the focused row."""
        await self._wait_for_list()
        if (row := self._focused_row) is not None:
            self._source.position = self._position
            await self._open_row(row, self._side)

    @property
    def _position(self) -> RowsPosition:
        return RowsPosition(self._view, self._side, self._focused_index, self._query)

    def _ask_export(self) -> bool:
        if rows := self._listing.rows:
            self._export(self._position, len(rows), self.show_notice)
        return bool(rows)

    @on(RowClicked)
    async def _row_clicked(self, message: RowClicked) -> None:
        if message.index == self._focused_index:
            await self.action_open()
        else:
            self._focused_index = message.index
            self._draw()
