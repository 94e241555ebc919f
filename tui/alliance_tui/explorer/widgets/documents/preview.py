"""A preview beside or below a list: lines of text that are laid out once for each size."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator

from rich.style import Style
from textual import events
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import Part, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.widgets.base import LineView

MIN_WIDTH = 10
"""Cells below which nothing is shown."""


class Preview(LineView, can_focus=False):
    """Lines of a width, anew for each size and theme."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[list[Part]] = []

    @abstractmethod
    def content(self, width: int) -> Iterable[list[Part]]:
        """Return the lines, each at most `width` cells wide."""

    def first_line(self) -> int:
        """Return the line to begin with."""
        return 0

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width."""
        self.lay_out()

    def notify_style_update(self) -> None:
        """Called by Textual when the theme changes."""
        super().notify_style_update()
        self.lay_out()

    def lay_out(self) -> None:
        """Lay the lines out anew and show them from the first."""
        width = self.inner_width - 2
        self._lines = list(self.content(width)) if width > MIN_WIDTH else []
        self.set_line_count(len(self._lines))
        self.scroll_to(y=self.first_line(), animate=False, force=True, immediate=True)
        self.refresh()

    def wrapped(self, text: str, width: int, style: Style) -> Iterator[list[Part]]:
        """Yield a text in lines."""
        for start, end in wrap(text, 0, len(text), max(1, width)):
            yield [(text[start:end], style)]

    def draw_line(self, number: int) -> Strip:
        """Return a line."""
        parts = [(" ", Style()), *self._lines[number]]
        return to_strip(parts, self.inner_width, self.style_for(StyleRole.TEXT), self.glyphs.ellipsis)
