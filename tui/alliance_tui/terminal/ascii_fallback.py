"""ASCII that stands for what a terminal or its locale cannot show, one column for one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_SHAPES = {
    "-": "─━╌╍┄┅┈┉╴╶╸╺‐‑‒–—―−¬▔▁",
    "|": "│┃╎╏┆┇┊┋╵╷╹╻▏▎▍▕▐▌",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬",
    "=": "═",
    '"': "“”„‟«»″",
    "'": "‘’‚‛‹›′",
    "#": "█▉▊▋■◼▪▮",
    ":": "░▒▓",
    "_": "▂▃",
    "*": "●⬤◉★✓✔",
    "@": "◕",
    "o": "○◯◌",
    "%": "◑◐◒◓",
    "c": "◔",
    ">": "▶▸►→⇒‣❯⏵",
    "<": "◀◂◄←⇐❮",
    "^": "▲▴↑",
    "v": "▼▾↓",
    ".": "…·•∙",
    "x": "×✗✘",
    " ": "\u00a0\u2002\u2003\u2009\u202f",
}
_FALLBACK = {shape: plain for plain, shapes in _SHAPES.items() for shape in shapes}


def fallback(cells: Sequence[str]) -> Iterator[str]:
    """The cells (see cells.split) in ASCII: a shape by one like it, a letter by its base, the rest by "?"."""
    for cell in cells:
        if not cell:
            yield " "
        elif cell.isascii():
            yield cell
        else:
            base = unicodedata.normalize("NFKD", cell[0])[0]
            yield _FALLBACK.get(cell[0]) or (base if base.isascii() and base.isprintable() else "?")
