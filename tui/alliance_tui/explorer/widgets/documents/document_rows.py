"""The rows of the list of documents: columns, the title with its matches, and marks before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from rich.cells import set_cell_size
from rich.style import Style
from textual.strip import Strip

from alliance_tui.explorer.rendering.glyphs import Glyphs
from alliance_tui.explorer.rendering.strips import excerpt, parts_width, ranges_within, text_width, to_strip
from alliance_tui.explorer.rendering.theme import Palette, StyleRole
from alliance_tui.explorer.rendering.wrapping import wrap
from alliance_tui.explorer.state.library_state import COLUMNS, TITLE, Column
from alliance_tui.identity_cache import cache_by_identity
from alliance_tui.library.library_document import LibraryDocument
from alliance_tui.search.indexing.folding import fold_aligned
from alliance_tui.search.indexing.tokenizer import word_spans
from alliance_tui.search.matches import Range

ROW_MARGIN = 3
"""Cells before a row: the cursor, the reader's mark, and that of the document's file or text."""
COLUMN_GAP = 2
"""Cells between two columns."""
EASY_TITLE_WIDTH = 40
"""Cells of the titles; where they would have more, other columns get what their content needs."""
MAX_TITLE_LINES = 5
"""The lines of a title; of a longer one the last line is cut."""
MAX_CACHED_ROWS = 1000
"""Drawn rows that are cached: the next query often has the same."""
DUPLICATE_MARK, NEAR_DUPLICATE_MARK, CHANGED_MARK = "=", "~", "!"
"""The marks of a duplicate, a near duplicate, and a document whose file changed since it was read."""

_RowKey = tuple[int, tuple[Range, ...], bool, bool, str]
"""The inputs of a row: the document, its title's matches, whether it is focused, whether the reader marked it, and
the mark of its file or text."""


@cache_by_identity
def content_widths(documents: Mapping[int, LibraryDocument]) -> tuple[tuple[str, int], ...]:
    """Return the cells that the content of each column that may grow would have, by its name, the narrowest first."""
    by_limit = sorted(COLUMNS, key=lambda column: column.max_width)
    widths = {column: column.width for column in by_limit if column.max_width}
    growing = list(widths)
    for document in documents.values():
        for column in growing:
            widths[column] = max(widths[column], min(column.max_width, text_width(column.text(document))))
        growing = [column for column in growing if widths[column] < column.max_width]
        if not growing:
            break
    return tuple((column.name, cells) for column, cells in widths.items())


@lru_cache(4)
def column_widths(
    width: int, hidden: frozenset[str] = frozenset(), content: tuple[tuple[str, int], ...] = ()
) -> tuple[tuple[Column, int], ...]:
    """Return the columns for this width but for the `hidden` ones; the title has what the others leave.

    `content` has the cells that some columns need by their names; they get them as far as titles can spare them.
    """
    shown = [column for column in COLUMNS if column.min_screen_width <= width and column.name not in hidden]
    widths = {column.name: column.width for column in shown if column is not TITLE}
    title = width - ROW_MARGIN - sum(cells + COLUMN_GAP for cells in widths.values())
    for name, needed in content:
        if name in widths:
            more = max(0, min(needed - widths[name], title - EASY_TITLE_WIDTH))
            widths[name] += more
            title -= more
    return tuple((column, widths.get(column.name, max(1, title))) for column in shown)


def matched_ranges(text: str, matched_words: Mapping[str, Range]) -> tuple[Range, ...]:
    """Return the ranges of the matched letters of each matched word."""
    ranges: list[Range] = []
    for start, end, folded, offsets in _folded_words(text) if matched_words else ():
        if folded in matched_words:
            first, last = matched_words[folded]
            stop = offsets[last] if last < len(offsets) else end - start
            ranges.append((start + offsets[first], start + max(stop, offsets[last - 1] + 1)))
    return tuple(ranges)


@lru_cache(4096)
def _folded_words(text: str) -> tuple[tuple[int, int, str, Sequence[int]], ...]:
    """Return each word of a title: its start and end, its folded letters, and where each of these comes from."""
    return tuple((start, end, *fold_aligned(text[start:end])) for start, end in word_spans(text))


class DocumentRows:
    """Draws rows `width` cells wide, for any thread, and caches them as long as no document changes.

    `hidden` are the names of columns to leave out, `content` the cells that columns need.
    """

    def __init__(
        self,
        width: int,
        palette: Palette,
        glyphs: Glyphs,
        hidden: frozenset[str] = frozenset(),
        content: tuple[tuple[str, int], ...] = (),
    ) -> None:
        self.appearance = width, palette, glyphs, hidden, content
        self._drawn: dict[_RowKey, list[Strip]] = {}
        self._columns_text: dict[int, str] = {}
        """The text after the titles of documents, by number."""

    def height(self, document: LibraryDocument) -> int:
        """Return the lines of a document's row: those of its title."""
        width, _, _, hidden, content = self.appearance
        title_width = column_widths(width, hidden, content)[0][1]
        if len(document.title) <= title_width and document.title.isascii():
            return 1
        return min(MAX_TITLE_LINES, len(_title_lines(document.title, title_width)))

    def lines(
        self,
        document: LibraryDocument,
        matched_words: Mapping[str, Range],
        changed: Set[int],
        *,
        focused: bool,
        marked: bool,
    ) -> list[Strip]:
        """Return the lines of a document's row, with the matched words of its title highlighted."""
        mark = CHANGED_MARK if document.number in changed else _duplicate_mark(document)
        title_ranges = matched_ranges(document.title, matched_words)
        key = document.number, title_ranges, focused, marked, mark
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) > MAX_CACHED_ROWS:
                self._drawn.clear()
            drawn = self._drawn[key] = self._draw(document, title_ranges, focused, marked, mark)
        return drawn

    def _draw(
        self, document: LibraryDocument, title_ranges: tuple[Range, ...], focused: bool, marked: bool, mark: str
    ) -> list[Strip]:
        all_cells, palette, glyphs, hidden, content = self.appearance
        style_of, clip = palette.style, glyphs.ellipsis
        base, muted, match = style_of(StyleRole.TEXT), style_of(StyleRole.MUTED), style_of(StyleRole.MATCH)
        if focused:
            base += style_of(StyleRole.FOCUSED_ROW)
        (_, width), *other_columns = column_widths(all_cells, hidden, content)
        columns_text = self._columns_text.get(document.number)
        if columns_text is None:
            columns_text = "".join(
                " " * COLUMN_GAP + _cell(document, column, cells, clip) for column, cells in other_columns
            )
            self._columns_text[document.number] = columns_text
        cursor = (glyphs.cursor if focused else " ") + (glyphs.marked if marked else " ")
        title_lines = _title_lines(document.title, width)
        strips: list[Strip] = []
        for number, (start, end) in enumerate(title_lines[:MAX_TITLE_LINES]):
            is_last = number == MAX_TITLE_LINES - 1
            text = document.title[start : len(document.title) if is_last else end]
            title = excerpt(text, ranges_within(title_ranges, start, start + len(text)), width, Style(), match, clip)
            remainder = " " * (width - parts_width(title)) + columns_text
            lead = [(cursor, style_of(StyleRole.ACCENT)), (mark, muted)] if not number else [(" " * ROW_MARGIN, muted)]
            strips.append(to_strip([*lead, *title, *([] if number else [(remainder, muted)])], all_cells, base, clip))
        return strips


def _title_lines(title: str, width: int) -> list[Range]:
    return list(wrap(title, 0, len(title), width)) or [(0, 0)]


def _duplicate_mark(document: LibraryDocument) -> str:
    if document.same_as:
        return DUPLICATE_MARK
    return NEAR_DUPLICATE_MARK if document.similar_to else " "


def _cell(document: LibraryDocument, column: Column, width: int, clip: str) -> str:
    text = column.text(document)
    if text_width(text) > width:
        text = set_cell_size(text, width - 1).rstrip() + clip
    padding = " " * (width - text_width(text))
    return padding + text if column.right_aligned else text + padding
