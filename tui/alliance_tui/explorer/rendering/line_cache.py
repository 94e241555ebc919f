"""The drawn lines of a widget that draws each line of its content in full.

Textual 8.2.8 adds to each line whatever CSS may ask for (hatching, tint, opacity, outlines), which takes longer than
most lines take to draw. `LineCache` overrides its private `StylesCache` (hence the exact pin in pyproject.toml), adding
no more than what stands at the sides. A line that looks as it did stays the same object, by which what is already
filtered, cut and written of it is known again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rich.segment import Segment
from textual._border import get_box
from textual._styles_cache import RenderLineCallback, StylesCache
from textual.color import Color
from textual.css.styles import StylesBase
from textual.geometry import Size, Spacing
from textual.strip import Strip
from textual.style import Style

_LEFT, _RIGHT = 0, 2
"""Where the two sides stand in a row of a box."""


class LineCache(StylesCache):
    """In place of Textual's own in a widget whose lines are as wide as its content."""

    def __init__(self) -> None:
        super().__init__()
        self._before: dict[int, Strip] = {}
        """Each row as it was last drawn."""

    def render_line(
        self,
        styles: StylesBase,
        y: int,
        size: Size,
        content_size: Size,
        padding: Spacing,
        base_background: Color,
        background: Color,
        render_content_line: RenderLineCallback,
        *rest: Any,
    ) -> Strip:
        """Row `y` of the widget, its border included."""
        row = y - styles.gutter.top
        _, (right, right_colour), _, (left, left_colour) = styles.border
        if any(padding) or bool(left) != bool(right) or not 0 <= row < content_size.height:
            line = super().render_line(
                styles, y, size, content_size, padding, base_background, background, render_content_line, *rest
            )
        else:
            line = render_content_line(row).adjust_cell_length(content_size.width)
            if left:
                at_left = _side(left, left_colour, _LEFT, base_background, background)
                at_right = _side(right, right_colour, _RIGHT, base_background, background)
                line = Strip([at_left, *line, at_right])
        before = self._before.get(y)
        if before == line:
            return before
        self._before[y] = line
        return line


@lru_cache(64)
def _side(kind: Any, colour: Color, place: int, outer: Color, inner: Color) -> Segment:
    """What stands left or right of a line within a border of this kind."""
    pens = Style(background=outer + inner), Style(background=outer), Style(foreground=outer + colour)
    return get_box(kind, *pens)[1][place]
