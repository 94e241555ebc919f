"""A screen of a grid of undertakings: the timeline, and who undertakes what with whom."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from alliance_tui.explorer.dialogs.source_screen import NOTHING_FITS, SourceScreen
from alliance_tui.explorer.presenters.grid_source import GridSource, ShownGrid, lay_out
from alliance_tui.explorer.presenters.help_pages import REGISTER_PAGE, HelpPage
from alliance_tui.explorer.rendering.strips import Part, parts_width
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.overview_state import GridPosition
from alliance_tui.explorer.widgets.grid_view import GridCellClicked, GridHeadings, GridLayout, GridView
from alliance_tui.export.labels import count_noun
from alliance_tui.linking.register import RegisterRow

_FAR = 1 << 30

OpenUndertakings = Callable[[str, Sequence[RegisterRow], bool], Awaitable[None]]
"""Opens undertakings: what they have in common, themselves, and whether it is a single one that was asked for."""


Export = Callable[[GridPosition, int, Callable[[str], None]], None]
"""Exports what a position shows: that, the number of undertakings, and the function that shows a notice."""


class GridScreen(SourceScreen):
    """Shows the grid of a source: arrows move the focused cell, Enter opens its undertakings, / narrows them."""

    DEFAULT_CSS = """
    GridScreen #grid-headings { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+right", "page_columns(1)", show=False, priority=True),
        Binding("shift+left", "page_columns(-1)", show=False, priority=True),
        Binding("k", "step(-1)", show=False),
        Binding("j", "step(1)", show=False),
        Binding("right,l", "step_column(1)", show=False),
        Binding("left,h", "step_column(-1)", show=False),
        Binding("home,g", f"step(-{_FAR})", show=False),
        Binding("end,G", f"step({_FAR})", show=False),
        Binding("plus,equals_sign", "choose('+', -1)", show=False),
        Binding("minus,underscore", "choose('+', 1)", show=False),
        Binding("O", "choose('O', 1)", show=False),
        Binding("S", "choose('S', 1)", show=False),
        Binding("slash", "find", show=False),
        Binding("X", "export", show=False),
        Binding("question_mark", "help", show=False),
    ]
    AUTO_FOCUS = "#rows"
    details_beside = False

    def __init__(self, source: GridSource, open_undertakings: OpenUndertakings, export: Export) -> None:
        """Show the grid of this source where it was left; the others are called for an opened cell, and for X."""
        super().__init__()
        self._source = source
        self._open, self._export = open_undertakings, export
        left = source.position
        begins_with = tuple(choice.begins_with for choice in source.choices)
        self._position = left if left.choices else replace(left, choices=begins_with)
        self._query = left.query
        self._shown: ShownGrid | None = None
        self._row = self._column = self._first_column = 0
        self._layout = GridLayout()
        self._headings, self._grid_view = GridHeadings(), GridView()

    @property
    def _help(self) -> HelpPage:
        return REGISTER_PAGE

    def _content(self) -> Sequence[Widget]:
        return [self._headings, self._grid_view]

    def _narrow(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self._list()

    @work(exclusive=True)
    async def _read_list(self, *, keep_row: bool = False) -> None:
        """Lay out the grid of the view and the choices; the cell of the same names is focused in any case."""
        self._notice = ""  # it would hide what the new grid is without
        self._position = replace(self._position, query=self._query)
        shown = await asyncio.to_thread(self._source.lay_out, self._position)
        is_first = self._shown is None
        self._shown = shown
        self._row = shown.grid.row_of(self._position.row)
        self._column = shown.grid.column_of(self._position.column)
        if is_first or self._column >= shown.grid.fixed_columns:
            self._first_column = self._column - self._columns_before()
        self._draw()

    def _columns_before(self) -> int:
        """Return how many columns are shown before the focused one where the grid is shown anew."""
        return len(self._layout.columns) // 3 if self._layout.columns else 3

    def _note_position(self) -> None:
        """Keep the names of the focused row and column; a notice has been read."""
        self._notice = ""
        if self._shown and self._shown.grid.row_count:
            grid = self._shown.grid
            row, column = grid.row_key(self._row), grid.column_key(self._column) if grid.column_count else None
            self._position = replace(self._position, row=row, column=column)
        self._source.position = self._position

    def _draw(self) -> None:
        if not self.is_mounted or self._shown is None or not self._grid_view.size.width:
            return  # it is drawn once it has a size
        source, styler, grid = self._source, self._styler, self._shown.grid
        self._layout = lay_out(grid, self._grid_view.inner_width, self._column, self._first_column)
        columns = self._layout.columns
        scrolled = [column.index for column in columns if column.index >= grid.fixed_columns]
        self._first_column = scrolled[0] if scrolled else self._first_column
        rows = styler.part(count_noun(grid.row_count, "row"), StyleRole.MUTED)
        self._top.show([styler.part(source.title, StyleRole.STRONG)], [rows])
        chosen = self._chosen_values()
        room = self.size.width - 4 - parts_width(chosen)
        self._views.show(self._named_views(source.views, self._position.view, room, styler), chosen)
        self._headings.show(self._layout, grid.headings(columns, self._column, styler))

        def draw_row(row: int, is_focused: bool) -> tuple[list[Part], list[Part]]:
            focused = self._column if is_focused else None
            return grid.label(row, self._layout.label_width - 1, styler), grid.cells(row, columns, focused, styler)

        self._grid_view.show(grid.row_count, self._layout, (self._row, self._column), draw_row, NOTHING_FITS)
        self._details.show(source.details(grid, self._row, self._column, styler) if grid.row_count else ())
        hint = self._notice or self._shown.message or ("" if self._query else source.hint)
        self._message.show([styler.part(hint, StyleRole.MUTED)])
        self._show_keys(self._hints(), styler)

    def _chosen_values(self) -> list[Part]:
        styler = self._styler
        parts: list[Part] = []
        for choice, value in zip(self._source.choices, self._position.choices, strict=True):
            parts += [styler.part("  ")] if parts else []
            parts += [styler.part(f"{choice.name} ", StyleRole.MUTED)]
            parts += [styler.part(f"[{choice.values[value]}]", StyleRole.ACCENT)]
        return parts

    def _hints(self) -> list[tuple[str, str]]:
        choices = [(choice.key, choice.action) for choice in self._source.choices]
        views = [("Tab", "view")] if len(self._source.views) > 1 else []
        return [("Enter", "open"), *choices, *views, ("/", "find"), ("X", "export")]

    def action_step(self, by: int) -> None:
        """Focus another row."""
        if self._shown:
            self._row = min(max(0, self._row + by), max(0, self._shown.grid.row_count - 1))
            self._note_position()
            self._draw()

    def action_page(self, direction: int) -> None:
        """Go a page up or down."""
        self.action_step(direction * max(1, self._grid_view.size.height - 1))

    def action_step_column(self, by: int) -> None:
        """Focus another column."""
        if self._shown:
            self._column = min(max(0, self._column + by), max(0, self._shown.grid.column_count - 1))
            self._note_position()
            self._draw()

    def action_page_columns(self, direction: int) -> None:
        """Go as many columns to the left or right as are in view."""
        if self._shown:
            scrolled = len(self._layout.columns) - self._shown.grid.fixed_columns
            self._first_column = max(0, self._first_column + direction * scrolled)
            self.action_step_column(direction * max(1, scrolled))

    def action_turn_view(self, by: int) -> None:
        """Show the next view, or the one before."""
        view = (self._position.view + by) % len(self._source.views)
        self._position = replace(self._position, view=view)
        self._source.position = self._position
        self._list()

    def action_choose(self, key: str, by: int) -> None:
        """Take the next value of the choice that this key changes, or the one before; a zoom ends at its ends."""
        values = list(self._position.choices)
        for number, choice in enumerate(self._source.choices):
            if choice.key.startswith(key):
                turned = values[number] + by
                is_zoom = " " in choice.key
                count = len(choice.values)
                values[number] = min(max(0, turned), count - 1) if is_zoom else turned % count
        if tuple(values) != self._position.choices:
            self._note_position()
            self._position = replace(self._position, choices=tuple(values))
            self._source.position = self._position
            self._list()

    def _ask_export(self) -> bool:
        shown = self._shown
        if shown is None or not shown.grid.row_count:
            return False
        self._export(self._position, shown.undertakings, self.show_notice)
        return True

    def action_find(self) -> None:
        """Let keys be typed into the query line."""
        self._field.focus()

    async def action_open(self) -> None:
        """Leave the query line, else open the undertakings of the focused cell."""
        await self._wait_for_list()
        if self._field.has_focus:
            self._grid_view.focus()
        elif self._shown and self._shown.grid.row_count:
            grid = self._shown.grid
            undertakings = grid.undertakings(self._row, self._column)
            if undertakings:
                self._note_position()
                title = self._source.title_of(grid, self._row, self._column)
                await self._open(title, undertakings, self._source.is_one(grid, self._row))

    @on(GridCellClicked)
    async def _cell_clicked(self, message: GridCellClicked) -> None:
        if (message.row, message.column) == (self._row, self._column):
            await self.action_open()
        else:
            self._row, self._column = message.row, message.column
            self._note_position()
            self._draw()

    def action_close(self) -> None:
        """Clear what was typed, else leave the query line, else go back."""
        if self._field.has_focus and not self._field.value:
            self._grid_view.focus()
        else:
            super().action_close()
            if self._field.has_focus:
                self._grid_view.focus()
