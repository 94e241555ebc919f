"""A cache of the drawn lines of a widget that draws each line of its content in full.

Textual 8.2.8 applies to each line whatever CSS may ask for (hatching, tint, opacity, outlines), which takes longer than
drawing most lines. `LineCache` overrides its private `StylesCache` (hence the exact pin in pyproject.toml) and adds the
borders only. A line that looks as before stays the same object, so that what was filtered, cut and written of it is
found in caches.
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
"""The indices of the two sides in a row of a box."""


class LineCache(StylesCache):
    """Replaces Textual's cache in a widget whose lines are as wide as its content."""

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
        """Return row `y` of the widget, with its border."""
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
        previous = self._before.get(y)
        if previous == line:
            return previous
        self._before[y] = line
        return line


@lru_cache(64)
def _side(kind: Any, colour: Color, place: int, outer: Color, inner: Color) -> Segment:
    """Return the side, left or right, of a line within a border of this kind."""
    styles = Style(background=outer + inner), Style(background=outer), Style(foreground=outer + colour)
    return get_box(kind, *styles)[1][place]
