"""The rows in which documents are listed: columns, the title lit, and signs before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from rich.cells import set_cell_size
from rich.style import Style
from textual.strip import Strip

from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.strips import excerpt, parts_width, text_width, to_strip
from alliance_tui.explorer.rendering.theme import Palette, StyleRole
from alliance_tui.explorer.state.library_state import COLUMNS, TITLE, Column
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.search.indexing.folding import fold_aligned
from alliance_tui.search.indexing.tokenizer import word_spans
from alliance_tui.search.matches import Range

ROW_MARGIN = 3
"""Cells before a row: where the reader stands, and the sign of what is to be noted of the document."""
COLUMN_GAP = 2
"""Cells between two columns."""
MAX_CACHED_ROWS = 1000
"""Rows that are kept drawn: the next query often finds the same."""
DUPLICATE_MARK, NEAR_DUPLICATE_MARK, CHANGED_MARK = "=", "~", "!"
"""The same text as an earlier document, nearly the same, and a file that changed since it was read."""

_RowKey = tuple[int, tuple[Range, ...], bool, str]
"""What a row depends on: the document, what is lit in its title, whether it is stood on, and its sign."""


@lru_cache(4)
def column_widths(width: int) -> tuple[tuple[Column, int], ...]:
    """The columns for so many cells, each with its own; the title has what the others leave."""
    shown = [column for column in COLUMNS if column.min_screen_width <= width]
    others = sum(column.width + COLUMN_GAP for column in shown if column is not TITLE)
    return tuple((column, column.width or max(1, width - ROW_MARGIN - others)) for column in shown)


def matched_ranges(text: str, met: Mapping[str, Range]) -> tuple[Range, ...]:
    """What to light in a text: the letters of each word that was met."""
    ranges: list[Range] = []
    for start, end, folded, offsets in _folded_words(text) if met else ():
        if folded in met:
            first, last = met[folded]
            stop = offsets[last] if last < len(offsets) else end - start
            ranges.append((start + offsets[first], start + max(stop, offsets[last - 1] + 1)))
    return tuple(ranges)


@lru_cache(4096)
def _folded_words(text: str) -> tuple[tuple[int, int, str, Sequence[int]], ...]:
    """Each word of a title: where it stands, its folded letters, and where each of these comes from."""
    return tuple((start, end, *fold_aligned(text[start:end])) for start, end in word_spans(text))


class DocumentRows:
    """Draws rows `width` cells wide and keeps them, as long as no document changes. Any thread may ask for one."""

    def __init__(self, width: int, palette: Palette, glyphs: Glyphs) -> None:
        self.appearance = width, palette, glyphs
        self._drawn: dict[_RowKey, Strip] = {}
        self._told: dict[int, str] = {}
        """What stands behind the titles of documents."""

    def row(self, kept: LibraryDocument, met: Mapping[str, Range], changed: Set[int], *, here: bool) -> Strip:
        """A document's row, the words that were `met` lit in its title; `here` where it is stood on."""
        sign = (
            CHANGED_MARK
            if kept.number in changed
            else DUPLICATE_MARK
            if kept.same_as
            else NEAR_DUPLICATE_MARK
            if kept.similar_to
            else " "
        )
        lit = matched_ranges(kept.title, met)
        row = kept.number, lit, here, sign
        drawn = self._drawn.get(row)
        if drawn is None:
            if len(self._drawn) > MAX_CACHED_ROWS:
                self._drawn.clear()
            drawn = self._drawn[row] = self._draw(kept, lit, here, sign)
        return drawn

    def _draw(self, kept: LibraryDocument, lit: tuple[Range, ...], here: bool, sign: str) -> Strip:
        all_cells, palette, glyphs = self.appearance
        look, clip = palette.style, glyphs.ellipsis
        base, muted = look(StyleRole.TEXT), look(StyleRole.MUTED)
        if here:
            base += look(StyleRole.FOCUSED_ROW)
        (_, width), *others = column_widths(all_cells)
        told = self._told.get(kept.number)
        if told is None:
            told = "".join(" " * COLUMN_GAP + _cell(kept, column, cells, clip) for column, cells in others)
            self._told[kept.number] = told
        title = excerpt(kept.title, lit, width, Style(), look(StyleRole.MATCH), clip)
        rest = " " * (width - parts_width(title)) + told
        mark = (glyphs.cursor if here else "").ljust(2)
        return to_strip([(mark, look(StyleRole.ACCENT)), (sign, muted), *title, (rest, muted)], all_cells, base, clip)


def _cell(kept: LibraryDocument, column: Column, width: int, clip: str) -> str:
    text = column.text(kept)
    if text_width(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + clip
    room = " " * (width - text_width(text))
    return room + text if column.right_aligned else text + room
