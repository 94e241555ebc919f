"""Base classes of widgets: a view of lines with its own scroll mark, and a status line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from alliance_tui.explorer.context import ThemeContext
from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.line_cache import LineCache
from alliance_tui.explorer.rendering.strips import KEYS_GAP, Part, justify, key_hints, parts_width, to_strip
from alliance_tui.explorer.rendering.theme import Palette, StyleRole


class ThemedWidget(Widget):
    """A widget that draws its own lines with the app's palette and glyphs."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._styles_cache = LineCache()

    @property
    def palette(self) -> Palette:
        """The palette of the theme in use."""
        return cast(ThemeContext, self.app).palette

    @property
    def glyphs(self) -> Glyphs:
        """The symbols that this terminal can show."""
        return cast(ThemeContext, self.app).glyphs

    def style_for(self, role: StyleRole) -> Style:
        """Return the style of a role in the palette in use."""
        return self.palette.style(role)


class LineView(ThemedWidget, ScrollView, can_focus=True, inherit_bindings=False):
    """A scrollable view that draws only the visible lines; each ends with the view's own scroll mark.

    A subclass sets the number of lines (`set_line_count`) and draws one (`draw_line`).
    """

    ALLOW_MAXIMIZE = False
    RIGHT_MARGIN = 1
    """Cells at the right end for the scroll mark."""

    def set_line_count(self, count: int) -> None:
        """Set the number of lines.

        Textual would lay out the whole screen again, a third of a paint, though nothing on it moves.
        """
        size = Size(self.size.width, count)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            self.scroll_y = self.scroll_target_y = self.validate_scroll_y(self.scroll_y)
            self.refresh()

    @property
    def allow_vertical_scroll(self) -> bool:
        """Always True, though there is no scroll bar of Textual's own."""
        return True

    def clear_line_cache(self) -> None:
        """Drop cached lines, since their looks changed."""

    def notify_style_update(self) -> None:
        """Called by Textual when the theme changes."""
        super().notify_style_update()
        self.clear_line_cache()

    @property
    def inner_width(self) -> int:
        """Cells for a line, without the right margin."""
        return max(1, self.size.width - self.RIGHT_MARGIN)

    def draw_line(self, number: int) -> Strip:
        """Return the line of this number, `inner_width` cells wide."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Return the visible row `y`."""
        number = self.scroll_offset.y + y
        base = self.style_for(StyleRole.TEXT)
        in_text = number < self.virtual_size.height
        body = self.draw_line(number) if in_text else Strip.blank(self.inner_width, base)
        return Strip.join([body, _marks(tuple(self.margin_parts(y)), self.RIGHT_MARGIN, base)])

    def margin_parts(self, y: int) -> list[Part]:
        """Return the right margin of the visible row `y`: here the scroll mark alone."""
        top = self.scroll_offset.y
        return [self.scroll_mark(y, top, top + self.size.height, self.virtual_size.height)]

    def scroll_mark(self, y: int, first: int, last: int, total: int) -> Part:
        """Return the scroll mark of the visible row `y` where `first` to `last` of `total` are in view."""
        height = self.size.height
        if last - first >= total:
            return self.glyphs.scroll_track, Style()
        top = int(first / total * height)
        bottom = max(top + 1, round(last / total * height))
        in_thumb = top <= y < bottom
        return (
            (self.glyphs.scroll_thumb, self.style_for(StyleRole.MUTED))
            if in_thumb
            else (self.glyphs.scroll_track, Style())
        )

    def reveal_lines(self, first: int, last: int, *, lead: int = 0) -> None:
        """Scroll, if need be, so that the lines are in view, then with `lead` lines above the first."""
        top, height = self.scroll_offset.y, self.size.height
        if height and not (top <= first and min(last, first + height - 1) < top + height):
            self.scroll_to(y=max(0, first - lead), animate=False, force=True, immediate=True)


@lru_cache(256)
def _marks(parts: tuple[Part, ...], width: int, base: Style) -> Strip:
    """Return the cells of a right margin, of which there are few kinds."""
    return to_strip(parts, width, base)


class LineClicked(Message):
    """The reader clicked on a status line, at this cell of what it shows."""

    def __init__(self, line: str, x: int) -> None:
        super().__init__()
        self.line = line
        self.x = x


class StatusLine(ThemedWidget):
    """A line with parts at its left and at its right end."""

    MARGIN = 1
    """Cells that stay empty at each end."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._left: list[Part] = []
        self._right: list[Part] = []

    def show(self, left: list[Part], right: list[Part] | None = None) -> None:
        """Show these parts; the left ones are clipped where there is no room for both."""
        if (left, right or []) != (self._left, self._right):
            self._left, self._right = left, right or []
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Post where the line was clicked on."""
        self.post_message(LineClicked(self.id or "", event.x - self.MARGIN))

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        base = self.style_for(StyleRole.TEXT) + self.style_for(StyleRole.BAR)
        parts = justify(self._left, self._right, max(0, self.size.width - 2 * self.MARGIN), self.glyphs.ellipsis)
        return to_strip([(" " * self.MARGIN, Style()), *parts], self.size.width, base)


class KeyLine(StatusLine):
    """Keys with their actions: as many whole ones as there is room for, and one at the right end."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys: Sequence[tuple[str, str]] = ()
        self._last_key = "", ""

    def show_keys(self, keys: Sequence[tuple[str, str]], last_key: tuple[str, str]) -> None:
        """Show these keys, the first the most important, and the last one at the right end."""
        self._keys, self._last_key = keys, last_key
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        accent = self.style_for(StyleRole.ACCENT)
        self._right = key_hints([self._last_key], accent)
        room = self.size.width - 2 * self.MARGIN - parts_width(self._right) - len(KEYS_GAP)
        shorter = (key_hints(self._keys[:count], accent) for count in range(len(self._keys), 0, -1))
        self._left = next((parts for parts in shorter if parts_width(parts) <= room), [])
        return super().render_line(y)


class NoteLines(ThemedWidget):
    """Some lines of explanation, each clipped to the width."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.lines: list[list[Part]] = []

    def render_line(self, y: int) -> Strip:
        """Return a line, blank after the last."""
        parts = self.lines[y] if y < len(self.lines) else []
        base = self.style_for(StyleRole.TEXT) + self.style_for(StyleRole.BAR)
        return to_strip([(" ", Style()), *parts], self.size.width, base, self.glyphs.ellipsis)
