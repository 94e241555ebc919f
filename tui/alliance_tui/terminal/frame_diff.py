"""Frame diff: the escape sequences that turn what a terminal shows into the next frame.

A frame is a grid of cells. Only cells that differ from the last frame are written, in whichever order is shorter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct
from textual.strip import Strip

from alliance_tui.terminal.cells import DEFAULT_PEN, Pen, has_certain_width, pen_transition, visible_on_blank

_MAX_BRIDGED_CELLS = 3
"""Up to so many unchanged cells are written again rather than skipped: moving the cursor takes as many bytes."""
_MAX_WRITTEN_BLANKS, _MAX_WRITTEN_BLANKS_AT_EDGE = 5, 3
"""More blanks than this at the end of a run are erased (ECH, at the right edge EL) rather than written."""
_BLANKS_BEFORE_TEXT = re.compile(r" {11,}(?! |$)")
"""Blanks before more of a run that take fewer bytes to erase and skip (ECH, CUF) than to write."""

PlacedStrip = tuple[int, int, Strip]
"""Column and line (from 0) of a Textual strip, and the strip."""
CellSegment = tuple[int, int, tuple[str, ...], Pen]
"""Column and line (from 0) of neighbouring cells that one pen draws, the cells (see `cells.split_cells`), the pen."""


class FrameRow(NamedTuple):
    """One line of a frame: the text of each cell, and the pen that it was written with."""

    cells: list[str]
    pens: list[Pen]


class CellRun(Struct):
    """Neighbouring cells of one line that one pen draws.

    `leaves_cursor_certain` is false where terminals disagree on the cursor's column after the run.
    """

    x: int
    y: int
    pen: Pen
    cells: list[str]
    leaves_cursor_certain: bool = True

    def try_extend(self, cells: list[str], pens: list[Pen]) -> bool:
        """Add cells if one pen draws them and the run so far and all have a certain width; return whether it did."""
        pen = self.pen
        for index, (cell, cell_pen) in enumerate(zip(cells, pens, strict=True)):
            if not has_certain_width(cell):
                return False
            if not _looks_same(cell, cell_pen, pen):
                only_blanks = not "".join((*self.cells, *cells[:index])).strip(" ")
                if not only_blanks or visible_on_blank(cell_pen) != visible_on_blank(pen):
                    return False
                pen = cell_pen  # draws the blanks so far as well
        self.pen = pen
        self.cells += cells
        return True


class Frame:
    """The cells that a terminal of `width` by `height` shows, blank at first.

    `draw` and `move_cursor` update it and return the sequence to write. `back_colour_erase` says whether erased cells
    take the pen's background (terminfo's bce).
    """

    def __init__(self, width: int, height: int, *, back_colour_erase: bool = True) -> None:
        self.back_colour_erase = back_colour_erase
        self.width = width
        self.height = height
        self.rows = [FrameRow([" "] * width, [DEFAULT_PEN] * width) for _ in range(height)]
        self.cursor: tuple[int, int] | None = None
        """The cursor's column and line; None where terminals may disagree."""
        self._strips: defaultdict[int, dict[int, Strip]] = defaultdict(dict)
        """The strips that are shown whole, by line and column."""

    def changed_strips(self, strips: Iterable[PlacedStrip]) -> Iterator[PlacedStrip]:
        """Yield the strips that are not shown yet, and note them as shown: the caller must draw them."""
        for x, y, strip in strips:
            shown = self._strips[y]
            if shown.get(x) is strip:
                continue
            end = x + strip.cell_length
            overlapping = [left for left, other in shown.items() if left < end and x < left + other.cell_length]
            for left in overlapping:
                del shown[left]
            shown[x] = strip
            yield x, y, strip

    def draw(self, segments: Iterable[CellSegment]) -> str:
        """Lay the segments over the frame; return the sequence that shows the change, "" for none.

        The sequence starts and ends with the default pen.
        """
        touched: dict[int, FrameRow] = {}
        for x, y, cells, pen in segments:
            if 0 <= y < self.height and x < self.width:
                row = touched.get(y)
                if row is None:
                    row = touched[y] = FrameRow(self.rows[y].cells.copy(), self.rows[y].pens.copy())
                _overlay(row, x, cells, pen)
        runs = [run for y in sorted(touched) for run in _changed_runs(y, self.rows[y], touched[y], self._can_erase)]
        for y, row in touched.items():
            self.rows[y] = row
        if not runs:
            return ""
        # In reading order the cursor seldom moves; sorted by pen, the pen seldom changes: either may be shorter.
        orders = (runs, sorted(runs, key=lambda run: (run.pen.background, *run.pen, run.y, run.x)))
        sequence, self.cursor = min(map(self._encode, orders), key=lambda encoded: len(encoded[0]))
        return sequence

    def move_cursor(self, x: int, y: int) -> str:
        """Move the cursor; return the sequence that does, "" where it is there already."""
        sequence = _cursor_move(self.cursor, x, y)
        self.cursor = (x, y)
        return sequence

    def _encode(self, runs: Iterable[CellRun]) -> tuple[str, tuple[int, int] | None]:
        """Return the sequence that writes the runs in this order, and the cursor's position after it."""
        output: list[str] = []
        cursor, pen = self.cursor, DEFAULT_PEN
        for run in runs:
            output.append(_cursor_move(cursor, run.x, run.y))
            text = "".join(run.cells)
            if text.strip(" ") or visible_on_blank(pen) != visible_on_blank(run.pen):
                output.append(pen_transition(pen, run.pen))
                pen = run.pen
            end = run.x + len(run.cells)
            blanks = len(text) - len(text.rstrip(" "))
            if self._can_erase(pen):
                is_at_edge = end == self.width
                if blanks > (_MAX_WRITTEN_BLANKS_AT_EDGE if is_at_edge else _MAX_WRITTEN_BLANKS):
                    text = f"{text[:-blanks]}\x1b[{'' if is_at_edge else blanks}{'K' if is_at_edge else 'X'}"
                    end -= blanks
                text = _BLANKS_BEFORE_TEXT.sub(_erase_and_skip, text)
            output.append(text)
            cursor = (end, run.y) if run.leaves_cursor_certain and end < self.width else None
        output.append(pen_transition(pen, DEFAULT_PEN))
        return "".join(output), cursor

    def _can_erase(self, pen: Pen) -> bool:
        """Return whether erased cells (ECH, EL) look like blanks that this pen writes."""
        return visible_on_blank(pen) == Pen(background=pen.background) and (
            self.back_colour_erase or not pen.background
        )


def _changed_runs(y: int, before: FrameRow, after: FrameRow, can_erase: Callable[[Pen], bool]) -> Iterator[CellRun]:
    """Yield the runs of line `y` that differ between two states of it.

    Up to `_MAX_BRIDGED_CELLS` unchanged cells between two changes are taken into a run, and any number of blanks
    between two changes to blanks: erasing more of them takes no more bytes.
    """
    if before == after:
        return
    run: CellRun | None = None
    unchanged = 0  # cells between the run and this cell
    for x, (cell, pen) in enumerate(zip(after.cells, after.pens, strict=True)):
        if not cell:  # the second half of a wide character goes with the first
            unchanged += unchanged > 0
            continue
        if cell == before.cells[x] and _looks_same(cell, pen, before.pens[x]):
            unchanged += 1
            continue
        if run and not unchanged and pen == run.pen and cell.isascii():  # the most frequent case, made fast
            run.cells.append(cell)
            continue
        if run and not _try_bridge(run, after, slice(x - unchanged, x + 1), can_erase):
            yield run
            run = None
        run = run or CellRun(x, y, pen, [cell])
        unchanged = 0
        if x + 1 < len(after.cells) and not after.cells[x + 1]:
            run.cells.append("")
        if not has_certain_width(cell):
            run.leaves_cursor_certain = False
            yield run
            run = None
    if run:
        yield run


def _try_bridge(run: CellRun, after: FrameRow, extension: slice, can_erase: Callable[[Pen], bool]) -> bool:
    """Extend the run by these cells, all but the last of which are unchanged, if they are few or all are blanks."""
    cells = after.cells[extension]
    are_few = len(cells) <= _MAX_BRIDGED_CELLS + 1
    is_worth = are_few or (cells[-1] == run.cells[-1] == " " and can_erase(run.pen) and not "".join(cells).strip(" "))
    return is_worth and run.try_extend(cells, after.pens[extension])


def _overlay(row: FrameRow, x: int, cells: tuple[str, ...], pen: Pen) -> None:
    """Lay cells over a line from column `x`, which may be negative; half a wide character becomes a space."""
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


def _looks_same(cell: str, pen: Pen, other: Pen) -> bool:
    """Return whether two pens draw this cell alike."""
    return pen == other or (cell == " " and visible_on_blank(pen) == visible_on_blank(other))


def _cursor_move(cursor: tuple[int, int] | None, x: int, y: int) -> str:
    """Return the shortest sequence that moves the cursor there: absolute (CUP), or down and across (CUD, CUF, CUB)."""
    if cursor == (x, y):
        return ""
    absolute = f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"
    if cursor is None or cursor[1] > y:
        return absolute
    down, across = y - cursor[1], x - cursor[0]
    return min(
        absolute, _relative_move(down, "B") + _relative_move(across, "C") + _relative_move(-across, "D"), key=len
    )


def _erase_and_skip(blanks: re.Match[str]) -> str:
    count = len(blanks[0])
    return f"\x1b[{count}X\x1b[{count}C"


def _relative_move(cells: int, direction: str) -> str:
    return f"\x1b[{cells if cells > 1 else ''}{direction}" if cells > 0 else ""
