"""Only what changed is written: each frame is compared with the last, cell by cell.

Textual 8.2.8 writes every region that it rendered again, whole. `FrameDiffApp` overrides its private `App._display`
(hence the exact pin in pyproject.toml), paints each update on a copy of what the terminal shows, and writes the
difference. ALLIANCE_TUI_PLAIN_FRAMES=1 gives plain Textual back.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.binding import BindingType
from textual.driver import Driver
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.strip import Strip

from alliance_tui.documents.sanitise import sanitise
from alliance_tui.terminal.capabilities import PLAIN_FRAMES, Capabilities, detect
from alliance_tui.terminal.cells import PLAIN, Pen, blank, change, pen_of, split, sure
from alliance_tui.terminal.driver import MOUSE_OFF, MOUSE_ON, TerminalDriver
from alliance_tui.terminal.input_parser import Typed
from alliance_tui.terminal.key_dispatch import Keys, answer, answer_all, answer_text

if TYPE_CHECKING:
    from alliance_tui.terminal.clipboard import Copied

_COLOUR_SYSTEMS = {16: ColorSystem.STANDARD, 256: ColorSystem.EIGHT_BIT, 1 << 24: ColorSystem.TRUECOLOR}
_SHOW_CURSOR = "\x1b[?25h"
_CLEAR = "\x1b[m\x1b[2J"
# Up to so many unchanged cells are written again where the cursor would have to move over them: it is no dearer.
_LONGEST_BRIDGE = 3
# More blanks than so many are erased at the end of a run rather than written.
_LONGEST_BLANK = 5

Row = tuple[list[str], list[Pen]]
"""The cells of a line: what stands in each, and with which pen it was written."""


@dataclass
class Run:
    """Cells side by side on one line that one pen draws. `sure`: terminals agree where the cursor is after it."""

    x: int
    y: int
    pen: Pen
    cells: list[str]
    sure: bool = True

    def take(self, cells: list[str], pens: list[Pen]) -> bool:
        """Add cells if one pen draws them and the run so far alike and the cursor is sure among them."""
        pen = self.pen
        for index, (cell, its) in enumerate(zip(cells, pens, strict=True)):
            if not sure(cell):
                return False
            if not _same(cell, its, pen):
                if blank(its) != blank(pen) or "".join((*self.cells, *cells[:index])).strip(" "):
                    return False
                pen = its  # so far there are but blanks, which this pen draws as well
        self.pen = pen
        self.cells += cells
        return True


class Frame:
    """What a terminal of `width` by `height` cells shows, blank at first; `draw` changes it and says how."""

    def __init__(self, width: int, height: int, *, erases_in_colour: bool = True) -> None:
        self.erases_in_colour = erases_in_colour
        self.width = width
        self.height = height
        self.rows: list[Row] = [([" "] * width, [PLAIN] * width) for _ in range(height)]
        self.cursor: tuple[int, int] | None = None
        """Where the terminal's cursor is (column, line); None where terminals may differ."""
        self._strips: defaultdict[int, dict[int, Strip]] = defaultdict(dict)
        """By line and column, the strips that it shows whole."""

    def take(self, strips: Iterable[tuple[int, int, Strip]]) -> Iterator[tuple[int, int, Strip]]:
        """Of these strips (column, line, strip), all of which are to be drawn, those that it does not show already."""
        for x, y, strip in strips:
            shown = self._strips[y]
            if shown.get(x) is strip:
                continue
            end = x + strip.cell_length
            for other in [at for at, one in shown.items() if at < end and x < at + one.cell_length]:
                del shown[other]
            shown[x] = strip
            yield x, y, strip

    def draw(self, pieces: Iterable[tuple[int, int, tuple[str, ...], Pen]]) -> str:
        """What to write so that the terminal shows these pieces (column, line, cells, pen) as well; "" for nothing.

        It starts and ends with the plain pen.
        """
        touched: dict[int, Row] = {}
        for x, y, cells, pen in pieces:
            if 0 <= y < self.height and x < self.width:
                row = touched.get(y)
                if row is None:
                    row = touched[y] = (self.rows[y][0].copy(), self.rows[y][1].copy())
                _paint(row, x, cells, pen)
        runs = [run for y in sorted(touched) for run in _changes(y, self.rows[y], touched[y])]
        for y, row in touched.items():
            self.rows[y] = row
        if not runs:
            return ""
        # In reading order the cursor hardly moves, and pen by pen the pen hardly changes: either may be shorter.
        orders = (runs, sorted(runs, key=lambda run: (run.pen.background, *run.pen, run.y, run.x)))
        written, self.cursor = min(map(self._write, orders), key=lambda one: len(one[0]))
        return written

    def move(self, x: int, y: int) -> str:
        """What to write so that the cursor stands there; "" where it does."""
        sequence = _move(self.cursor, x, y)
        self.cursor = (x, y)
        return sequence

    def _write(self, runs: Iterable[Run]) -> tuple[str, tuple[int, int] | None]:
        """What writes the runs in this order, and where the cursor is then."""
        output: list[str] = []
        cursor, pen = self.cursor, PLAIN
        for run in runs:
            output.append(_move(cursor, run.x, run.y))
            text = "".join(run.cells)
            if text.strip(" ") or blank(pen) != blank(run.pen):
                output.append(change(pen, run.pen))
                pen = run.pen
            end = run.x + len(run.cells)
            blanks = len(text) - len(text.rstrip(" "))
            if blanks > _LONGEST_BLANK and self._erases(pen):
                output.append(f"{text[:-blanks]}\x1b[{blanks}X")
                end -= blanks
            else:
                output.append(text)
            cursor = (end, run.y) if run.sure and end < self.width else None
        output.append(change(pen, PLAIN))
        return "".join(output), cursor

    def _erases(self, pen: Pen) -> bool:
        """Whether erased cells (ECH) look like blanks that this pen writes."""
        return blank(pen) == Pen(background=pen.background) and (self.erases_in_colour or not pen.background)


def _changes(y: int, before: Row, after: Row) -> Iterator[Run]:
    """The runs of line `y` that differ between two states of it: neighbouring cells that one pen draws.

    A few cells between two changes that have not changed themselves are no dearer than a move of the cursor over them.
    """
    if before == after:
        return
    run: Run | None = None
    since = 0  # how many unchanged cells stand between the run and this cell
    for x, (cell, pen) in enumerate(zip(*after, strict=True)):
        if not cell:  # the second half of a wide character goes with the first
            since += since > 0
            continue
        if cell == before[0][x] and _same(cell, pen, before[1][x]):
            since += 1
            continue
        if run and not since and pen == run.pen and cell.isascii():  # by far the most
            run.cells.append(cell)
            continue
        taken = slice(x - since, x + 1)
        if run and not (since <= _LONGEST_BRIDGE and run.take(after[0][taken], after[1][taken])):
            yield run
            run = None
        run = run or Run(x, y, pen, [cell])
        since = 0
        if x + 1 < len(after[0]) and not after[0][x + 1]:
            run.cells.append("")
        if not sure(cell):
            run.sure = False
            yield run
            run = None
    if run:
        yield run


def _paint(row: Row, x: int, cells: tuple[str, ...], pen: Pen) -> None:
    """Lay cells over a line from column `x`. Of a wide character that is cut in half, a space is left."""
    shown, pens = row
    end = min(x + len(cells), len(shown))
    if not cells or end <= max(x, 0):
        return
    if not shown[x]:
        shown[x - 1] = " "
    if end < len(shown) and not shown[end]:
        shown[end] = " "
    cut = end < x + len(cells) and not cells[end - x]
    shown[x:end] = cells[: end - x]
    pens[x:end] = [pen] * (end - x)
    if cut:
        shown[end - 1] = " "


def _same(cell: str, one: Pen, other: Pen) -> bool:
    """Whether two pens draw this cell alike."""
    return one == other or (cell == " " and blank(one) == blank(other))


def _move(cursor: tuple[int, int] | None, x: int, y: int) -> str:
    """The shortest sequence that brings the cursor there: to the place as such, or down and across from where it is."""
    if cursor == (x, y):
        return ""
    place = f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"
    if cursor is None or cursor[1] > y:
        return place
    down, across = y - cursor[1], x - cursor[0]
    return min(place, _by(down, "B") + _by(across, "C") + _by(-across, "D"), key=len)


def _by(cells: int, way: str) -> str:
    return f"\x1b[{cells if cells > 1 else ''}{way}" if cells > 0 else ""


def _strips_of(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The strips of an update with the column and line of each: what their own `render_segments` writes."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for piece in line:
                yield x, y, piece
                x += piece.cell_length
        return
    for y, start, end in update.spans:
        for stop, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= end and stop > start:
                yield x, y, strip if start <= x and stop <= end else strip.crop(0, min(stop, end) - x)


class FrameDiffApp(App[ReturnType]):
    """A Textual app at home in any terminal: frames are diffed, nothing is animated, the real cursor is at the focus.

    A widget that has the focus says where in it the cursor stands by a property `cursor_screen_offset`, as Textual's
    own Input does; for one without it the cursor stands at its top left corner.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+l", "redraw", "Draw the screen again")]

    def __init__(self, capabilities: Capabilities | None = None, **options: Any) -> None:
        """`capabilities` are those of the terminal, by default as the environment tells; `options` are those of App."""
        self.capabilities = capabilities or detect(os.environ)
        if not self.capabilities.colours:
            options["ansi_color"] = True  # else NO_COLOR is taken for shades of grey
        super().__init__(**options)
        self.animation_level = "none"
        self.more_keys = False
        """Whether keys that came in together with the one being answered are still to be answered."""
        self._frame: Frame | None = None
        self._frames_are_plain = bool(os.environ.get(PLAIN_FRAMES))

    def get_driver_class(self) -> type[Driver]:
        """The driver that leaves a sane terminal, unless the environment names another (TEXTUAL_DRIVER)."""
        driver_class = super().get_driver_class()
        return TerminalDriver if issubclass(TerminalDriver, driver_class) else driver_class

    def _fatal_error(self) -> None:
        # The session raises the error once the terminal is as it was; Textual would print a traceback with all locals.
        self._close_messages_no_wait()

    def action_redraw(self) -> None:
        """Clear the terminal and draw the whole screen again."""
        self._frame = None
        if self._screen_stack:
            self._display(self.screen, self._whole(self.screen))

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's own way to copy, for its widgets: the same as `copy`."""
        self.copy(text)

    def copy(self, text: str) -> Copied:
        """Copy the text, cleaned, to the reader's clipboard, and say what became of it."""
        from alliance_tui.terminal import clipboard  # here, since most sessions copy nothing

        self._clipboard = sanitise(text)
        write = self._driver.write if self._driver else str
        return clipboard.copy(text, self.capabilities, write, os.environ)

    def set_mouse(self, on: bool) -> None:
        """Ask the terminal to report the mouse, or to keep it to itself (for its own selection of text)."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.set_mouse(on)
        elif self._driver:
            self._driver.write(MOUSE_ON if on else MOUSE_OFF)

    async def on_event(self, event: events.Event) -> None:
        """Called by Textual for each event."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await answer(self, event)
        elif isinstance(event, Keys):
            await answer_all(self, event.keys)
        elif isinstance(event, Typed):
            await answer_text(self, event.text)
        else:
            await super().on_event(event)

    def _on_descendant_focus(self, event: events.DescendantFocus) -> None:
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False  # the command palette's too: idle is silent

    async def _on_resize(self, event: events.Resize) -> None:
        # The terminal may have moved what it shows even where its size is what it was (shrunk and grown at once,
        # suspended and resumed), and then Textual draws nothing.
        self._frame = None
        if event.size == self._size and self._screen_stack and self.screen.is_mounted:
            self.action_redraw()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if (
            driver is None
            or driver.is_headless
            or driver.is_inline
            or self._frames_are_plain
            or not isinstance(renderable, LayoutUpdate | ChopsUpdate)
        ):
            super()._display(screen, renderable)
            return
        if self._batch_count or not self._running or self._closed:
            return
        try:
            sequence = self._difference(screen, renderable)
        except Exception as error:
            self._handle_exception(error)
        else:
            if sequence:
                driver.write(sequence)
                driver.flush()
        finally:
            self.post_display_hook()

    def _difference(self, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> str:
        """What to write so that the terminal shows the update, its cursor at the focus; "" for nothing."""
        size = screen._compositor.size
        clear = ""
        if self._frame is None or (self._frame.width, self._frame.height) != size:
            self._frame = Frame(*size, erases_in_colour=self.capabilities.erases_in_colour)
            clear = _CLEAR
            update = self._whole(screen)
        frame = self._frame
        colours = _COLOUR_SYSTEMS.get(self.capabilities.colours)
        ascii_only = not self.capabilities.unicode
        changes = clear + frame.draw(_pieces(frame.take(_strips_of(update)), colours, ascii_only))
        cursor = frame.move(*self._cursor_at(size))
        if not changes:
            return cursor
        # Shown at once (mode 2026), or at least without the cursor running about.
        if self._sync_available:
            return f"\x1b[?2026h{changes}{cursor}{clear and _SHOW_CURSOR}\x1b[?2026l"
        return f"\x1b[?25l{changes}{cursor}{_SHOW_CURSOR}"

    def _whole(self, screen: Screen[Any]) -> LayoutUpdate:
        update = screen._compositor.render_update(full=True, screen_stack=self._background_screens)
        assert isinstance(update, LayoutUpdate)
        return update

    def _cursor_at(self, size: Size) -> Offset:
        focused = self.screen.focused
        if focused is None:
            return Offset(0, 0)
        offset = getattr(focused, "cursor_screen_offset", focused.region.offset)
        if getattr(focused, "cursor_at_end", False):
            offset -= Offset(1, 0)  # Textual's Input tells one column too many there
        return size.clamp_offset(offset)


def _pieces(
    strips: Iterable[tuple[int, int, Strip]], colours: ColorSystem | None, ascii_only: bool
) -> Iterator[tuple[int, int, tuple[str, ...], Pen]]:
    """The segments of strips (column, line, strip) as cells: column, line, cells, pen."""
    for x, y, strip in strips:
        for text, style, control in strip:
            if not control:
                cells = split(text, ascii_only)
                yield x, y, cells, pen_of(style, colours)
                x += len(cells)
