"""A Textual app for any terminal: frame diffs, keys in order, no animation, the real cursor at the focus.

Textual 8.2.8 writes every region that it rendered again, whole. `TerminalApp` overrides its private `App._display`
(hence the exact pin in pyproject.toml) and writes only what differs from the last frame.
ALLIANCE_TUI_PLAIN_FRAMES=1 restores Textual's own repaints.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import ReturnType
from textual.binding import BindingType
from textual.driver import Driver
from textual.geometry import Offset, Size
from textual.screen import Screen

from alliance_tui.documents.sanitise import sanitise
from alliance_tui.terminal.capabilities import PLAIN_FRAMES_VARIABLE, Capabilities, detect_capabilities
from alliance_tui.terminal.cells import split_cells, to_pen
from alliance_tui.terminal.driver import MOUSE_OFF, MOUSE_ON, TerminalDriver
from alliance_tui.terminal.frame_diff import CellSegment, Frame, PlacedStrip
from alliance_tui.terminal.key_dispatch import KeyDispatchApp

if TYPE_CHECKING:
    from alliance_tui.terminal.clipboard import CopyResult

_COLOUR_SYSTEMS = {16: ColorSystem.STANDARD, 256: ColorSystem.EIGHT_BIT, 1 << 24: ColorSystem.TRUECOLOR}
_SHOW_CURSOR = "\x1b[?25h"
_CLEAR_SCREEN = "\x1b[m\x1b[2J"


class TerminalApp(KeyDispatchApp[ReturnType]):
    """A Textual app that writes frame diffs and places the terminal's own cursor.

    The focused widget places the cursor by a property `cursor_screen_offset`, as Textual's own Input does; without it
    the cursor is at the widget's top left corner.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+l", "redraw", "Draw the screen again")]

    def __init__(self, capabilities: Capabilities | None = None, **options: Any) -> None:
        """`capabilities` default to those that the environment describes; `options` are those of `App`."""
        self.capabilities = capabilities or detect_capabilities(os.environ)
        if not self.capabilities.colours:
            options["ansi_color"] = True  # Textual answers NO_COLOR with shades of grey otherwise
        super().__init__(**options)
        self.animation_level = "none"
        self._frame: Frame | None = None
        self._plain_frames = bool(os.environ.get(PLAIN_FRAMES_VARIABLE))

    def get_driver_class(self) -> type[Driver]:
        """Return `TerminalDriver`, unless the environment names another driver (TEXTUAL_DRIVER)."""
        driver_class = super().get_driver_class()
        return TerminalDriver if issubclass(TerminalDriver, driver_class) else driver_class

    def _fatal_error(self) -> None:
        # The session raises the error once the terminal is restored; Textual would print a traceback with all locals.
        self._close_messages_no_wait()

    def action_redraw(self) -> None:
        """Clear the terminal and draw the whole screen again."""
        self._frame = None
        if self._screen_stack:
            self._display(self.screen, self._full_update(self.screen))

    def copy_to_clipboard(self, text: str) -> None:
        """Copy as Textual's own widgets do: the same as `copy`."""
        self.copy(text)

    def copy(self, text: str) -> CopyResult:
        """Copy the text, sanitised, to the reader's clipboard."""
        from alliance_tui.terminal import clipboard  # deferred: most sessions copy nothing

        self._clipboard = sanitise(text)
        write = self._driver.write if self._driver else str
        return clipboard.copy_to_clipboard(text, self.capabilities, write, os.environ)

    def set_mouse(self, on: bool) -> None:
        """Switch mouse reports; without them the terminal can select text itself."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.set_mouse(on)
        elif self._driver:
            self._driver.write(MOUSE_ON if on else MOUSE_OFF)

    def _on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False  # in the command palette too: an idle app writes nothing

    async def _on_resize(self, event: events.Resize) -> None:
        # A terminal may have moved what it shows although its size is the same (shrunk and grown at once, or suspended
        # and resumed), and then Textual draws nothing.
        self._frame = None
        if event.size == self._size and self._screen_stack and self.screen.is_mounted:
            self.action_redraw()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if (
            driver is None
            or driver.is_headless
            or driver.is_inline
            or self._plain_frames
            or not isinstance(renderable, LayoutUpdate | ChopsUpdate)
        ):
            super()._display(screen, renderable)
            return
        if self._batch_count or not self._running or self._closed:
            return
        try:
            sequence = self._frame_update(screen, renderable)
        except Exception as error:
            self._handle_exception(error)
        else:
            if sequence:
                driver.write(sequence)
                driver.flush()
        finally:
            self.post_display_hook()

    def _frame_update(self, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> str:
        """Return the sequence that shows the update and moves the cursor to the focus; "" for none."""
        size = screen._compositor.size
        clear = ""
        if self._frame is None or (self._frame.width, self._frame.height) != size:
            self._frame = Frame(*size, back_colour_erase=self.capabilities.back_colour_erase)
            clear = _CLEAR_SCREEN
            update = self._full_update(screen)
        frame = self._frame
        colours = _COLOUR_SYSTEMS.get(self.capabilities.colours)
        ascii_only = not self.capabilities.unicode
        changes = clear + frame.draw(_strip_cells(frame.changed_strips(_update_strips(update)), colours, ascii_only))
        cursor = frame.move_cursor(*self._cursor_offset(size))
        if not changes:
            return cursor
        # Synchronised output (mode 2026), or at least no cursor that runs across the screen.
        if self._sync_available:
            return f"\x1b[?2026h{changes}{cursor}{clear and _SHOW_CURSOR}\x1b[?2026l"
        return f"\x1b[?25l{changes}{cursor}{_SHOW_CURSOR}"

    def _full_update(self, screen: Screen[Any]) -> LayoutUpdate:
        update = screen._compositor.render_update(full=True, screen_stack=self._background_screens)
        assert isinstance(update, LayoutUpdate)
        return update

    def _cursor_offset(self, size: Size) -> Offset:
        focused = self.screen.focused
        if focused is None:
            return Offset(0, 0)
        offset = getattr(focused, "cursor_screen_offset", focused.region.offset)
        if getattr(focused, "cursor_at_end", False):
            offset -= Offset(1, 0)  # Textual's Input gives one column too many there
        return size.clamp_offset(offset)


def _update_strips(update: LayoutUpdate | ChopsUpdate) -> Iterator[PlacedStrip]:
    """Yield the strips of an update, placed as Textual's own `render_segments` places them."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield x, y, strip
                x += strip.cell_length
        return
    for y, start, end in update.spans:
        for stop, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is not None and x <= end and stop > start:
                yield x, y, chop if start <= x and stop <= end else chop.crop(0, min(stop, end) - x)


def _strip_cells(strips: Iterable[PlacedStrip], colours: ColorSystem | None, ascii_only: bool) -> Iterator[CellSegment]:
    """Yield the segments of the strips as cells."""
    for x, y, strip in strips:
        for text, style, control in strip:
            if not control:
                cells = split_cells(text, ascii_only)
                yield x, y, cells, to_pen(style, colours)
                x += len(cells)
