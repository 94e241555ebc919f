"""ASCII substitutes for characters that a terminal or its locale cannot show, column by column."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

_LOOKALIKES = {
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
_ASCII_OF = {shape: character for character, shapes in _LOOKALIKES.items() for shape in shapes}


def to_ascii(cells: Sequence[str]) -> Iterator[str]:
    """Yield the cells in ASCII: shapes by a lookalike, accented letters by their base, all else by "?"."""
    for cell in cells:
        if not cell:
            yield " "
        elif cell.isascii():
            yield cell
        else:
            base = unicodedata.normalize("NFKD", cell[0])[0]
            yield _ASCII_OF.get(cell[0]) or (base if base.isascii() and base.isprintable() else "?")
