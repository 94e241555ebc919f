"""What a terminal shows, cell by cell: a character, and the pen it is written with.

A wide character is its lead cell and an empty cell after it. A combining mark belongs to the cell of its base.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from alliance_tui.terminal.ascii_fallback import fallback


class Pen(NamedTuple):
    """The SGR parameters that a cell is written with (ECMA-48, 8.3.117), sorted by what they set."""

    attributes: tuple[str, ...] = ()
    foreground: str = ""
    background: str = ""


PLAIN = Pen()

# Underline, reverse, strike, double underline, framed, encircled and overlined show on a blank too.
_SHOWN_ON_BLANKS = frozenset({"4", "7", "9", "21", "51", "52", "53"})
_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29", "21": "24"}
"""The SGR parameter that ends an attribute; 21 is an underline in some terminals and the end of bold in others."""
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COMBINING = frozenset({"Mn", "Me"})


@lru_cache(maxsize=4096)
def pen_of(style: Style | None, colours: ColorSystem | None) -> Pen:
    """The pen that draws this style in a terminal with these colours; with None, a pen without any colour.

    Hyperlinks are left out: an address out of a document is not sent to the terminal.
    """
    if style is None:
        return PLAIN
    attributes: list[str] = []
    foreground = background = ""
    codes = iter(Strip.render_ansi(style, colours or ColorSystem.STANDARD).split(";"))
    for code in codes:
        number = int(code or "0")
        if number in (38, 48):
            depth = next(codes)
            code = ";".join((code, depth, *(next(codes) for _ in range(3 if depth == "2" else 1))))
        if 30 <= number <= 38 or 90 <= number <= 97:
            foreground = code
        elif 40 <= number <= 48 or 100 <= number <= 107:
            background = code
        elif number not in (0, 39, 49):
            attributes.append(code)
    return Pen(tuple(attributes), foreground, background) if colours else Pen(tuple(attributes))


@lru_cache(maxsize=4096)
def blank(pen: Pen) -> Pen:
    """What of the pen can be seen on a space."""
    return pen if _SHOWN_ON_BLANKS.intersection(pen.attributes) else Pen(background=pen.background)


@lru_cache(maxsize=16384)
def change(before: Pen, after: Pen) -> str:
    """The shortest sequence that turns one pen into the other."""
    if before == after:
        return ""
    lost = {_ENDS.get(attribute, "0") for attribute in before.attributes if attribute not in after.attributes}
    afresh = f"\x1b[{';'.join(('', *after.attributes, *filter(None, after[1:])))}m"
    if "0" in lost:
        return afresh
    # What ends bold ends dim too, so that which stays is set again.
    codes = [*lost, *(each for each in after.attributes if each not in before.attributes or _ENDS.get(each) in lost)]
    if before.foreground != after.foreground:
        codes.append(after.foreground or "39")
    if before.background != after.background:
        codes.append(after.background or "49")
    return min(f"\x1b[{';'.join(codes)}m", afresh, key=len)


@lru_cache(maxsize=16384)
def split(text: str, ascii_only: bool) -> tuple[str, ...]:
    """The cells of a text, one entry a column; "" follows a wide character.

    What has no width and joins nothing is left out and an unsafe character with a width is a space, so that no cell
    can hold anything that a terminal obeys. The width is that which Textual reckons with. With `ascii_only`, each cell
    holds ASCII that stands for it.
    """
    if text.isascii() and text.isprintable():
        return tuple(text)
    cells: list[str] = []
    for character in text:
        category, width = unicodedata.category(character), get_character_cell_size(character)
        if width:
            cells.append(" " if category in _UNSAFE else character)
            cells += [""] * (width - 1)
        elif cells and category in _COMBINING:
            cells[-2 if cells[-1] == "" else -1] += character
    width = cell_len(text)
    cells = cells[:width] + [" "] * (width - len(cells))
    return tuple(fallback(cells)) if ascii_only else tuple(cells)


@lru_cache(maxsize=16384)
def sure(cell: str) -> bool:
    """Whether every terminal agrees how far the cursor moves when this cell is written.

    They differ on combining marks and emoji, but not on East Asian ideographs, syllables and full-width forms.
    """
    return len(cell) == 1 and (get_character_cell_size(cell) == 1 or "\u2e80" <= cell <= "\uffff")
