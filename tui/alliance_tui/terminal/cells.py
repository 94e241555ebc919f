"""Terminal cells: text split into columns, and the pen that draws them.

A wide character is a cell with an empty cell after it. A combining mark belongs to the cell of its base.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from alliance_tui.terminal.ascii_fallback import to_ascii


class Pen(NamedTuple):
    """The SGR parameters that a cell is drawn with (ECMA-48, 8.3.117), by what they set."""

    attributes: tuple[str, ...] = ()
    foreground: str = ""
    background: str = ""


DEFAULT_PEN = Pen()

_VISIBLE_ON_BLANKS = frozenset({"4", "7", "9", "21", "51", "52", "53"})
"""Underline, reverse, strike, double underline, framed, encircled, overlined."""
_RESET_CODES = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29", "21": "24"}
"""The SGR parameter that ends an attribute; 21 is an underline in some terminals and the end of bold in others."""
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COMBINING_CATEGORIES = frozenset({"Mn", "Me"})
MAX_MARKS = 16
"""How many combining marks of a cell are sent: far more than any script writes, but no flood."""


_CUBE_LEVELS = {"0": 0, "95": 1, "135": 2, "175": 3, "215": 4, "255": 5}
"""The levels of the colours 16 to 231 in each of red, green and blue."""


@lru_cache(maxsize=4096)
def to_pen(style: Style | None, colours: ColorSystem | None) -> Pen:
    """Return the pen that draws a Rich style with these colours; None means none.

    Hyperlinks are dropped: no address from a document is sent to the terminal.
    """
    if style is None:
        return DEFAULT_PEN
    attributes: list[str] = []
    foreground = background = ""
    codes = iter(Strip.render_ansi(style, colours or ColorSystem.STANDARD).split(";"))
    for code in codes:
        number = int(code or "0")
        if number in (38, 48):
            depth = next(codes)
            code = _colour_code(code, [next(codes) for _ in range(3 if depth == "2" else 1)])
        if 30 <= number <= 38 or 90 <= number <= 97:
            foreground = code
        elif 40 <= number <= 48 or 100 <= number <= 107:
            background = code
        elif number not in (0, 39, 49):
            attributes.append(code)
    return Pen(tuple(attributes), foreground, background) if colours else Pen(tuple(attributes))


def _colour_code(layer: str, values: list[str]) -> str:
    """Return the shortest SGR parameters of a colour: one of the 256 that terminals fix is sent by its number."""
    if len(values) == 1:
        return f"{layer};5;{values[0]}"
    grey, remainder = divmod(int(values[0]) - 8, 10)
    if len(set(values)) == 1 and not remainder and 0 <= grey < 24:
        return f"{layer};5;{232 + grey}"
    levels = [_CUBE_LEVELS.get(value) for value in values]
    if None in levels:
        return f"{layer};2;{';'.join(values)}"
    red, green, blue = (level or 0 for level in levels)
    return f"{layer};5;{16 + 36 * red + 6 * green + blue}"


@lru_cache(maxsize=4096)
def visible_on_blank(pen: Pen) -> Pen:
    """Return the part of the pen that shows on a space."""
    return pen if _VISIBLE_ON_BLANKS.intersection(pen.attributes) else Pen(background=pen.background)


@lru_cache(maxsize=16384)
def pen_transition(before: Pen, after: Pen) -> str:
    """Return the shortest sequence that changes one pen to the other."""
    if before == after:
        return ""
    resets = {_RESET_CODES.get(attribute, "0") for attribute in before.attributes if attribute not in after.attributes}
    from_default = f"\x1b[{';'.join(('', *after.attributes, *filter(None, after[1:])))}m"
    if "0" in resets:
        return from_default
    # Code 22 ends both bold and dim: the one that remains is set again.
    added = (code for code in after.attributes if code not in before.attributes or _RESET_CODES.get(code) in resets)
    codes = [*resets, *added]
    if before.foreground != after.foreground:
        codes.append(after.foreground or "39")
    if before.background != after.background:
        codes.append(after.background or "49")
    return min(f"\x1b[{';'.join(codes)}m", from_default, key=len)


@lru_cache(maxsize=16384)
def split_cells(text: str, ascii_only: bool) -> tuple[str, ...]:
    """Return the cells of a text, one for each column; "" follows a wide character.

    Widths are those that Textual computes. Unsafe characters become spaces, and characters of no width that combine
    with nothing, or with a base that has MAX_MARKS, are dropped, so that no cell can hold what a terminal obeys or a
    flood. With `ascii_only`, cells are in ASCII.
    """
    if text.isascii() and text.isprintable():
        return tuple(text)
    cells: list[str] = []
    for character in text:
        category, width = unicodedata.category(character), get_character_cell_size(character)
        if width:
            cells.append(" " if category in _UNSAFE_CATEGORIES else character)
            cells += [""] * (width - 1)
        elif cells and category in _COMBINING_CATEGORIES:
            base = -2 if cells[-1] == "" else -1
            if len(cells[base]) <= MAX_MARKS:
                cells[base] += character
    width = cell_len(text)
    cells = cells[:width] + [" "] * (width - len(cells))
    return tuple(to_ascii(cells)) if ascii_only else tuple(cells)


@lru_cache(maxsize=16384)
def has_certain_width(cell: str) -> bool:
    """Return whether all terminals agree on the width of this cell.

    They differ on combining marks and emoji, but not on East Asian ideographs, syllables and full-width forms.
    """
    return len(cell) == 1 and (get_character_cell_size(cell) == 1 or "\u2e80" <= cell <= "\uffff")
