"""A text as rows of a given width: wrapped at spaces, laid out in steps, and folded to chosen paragraphs.

Offsets are code points in the text; widths are cells. Rows are stored as offsets only, so a text of some megabytes
costs two lists of integers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rich.cells import cell_len, split_graphemes

from alliance_tui.explorer.rendering.document_style import NO_STYLE, DocumentStyle
from alliance_tui.explorer.rendering.strips import text_width

NOT_SINGLE_WIDTH = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u03ff\u0400-\u0482"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20ac\u2150-\u218b\u2190-\u21ff\u2200-\u22ff\u2400-\u2426]"
)
"""Matches characters that may be wider or narrower than one cell."""

CONTEXT_LIMIT = 120
"""The longest paragraph, in characters, that is kept as context above a matching one: a heading, a lead-in."""

Paragraph = tuple[int, int]


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield start and end (without the line break) of each line of the text, empty ones too."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    if start < len(text):
        yield start, len(text)


def paragraphs_at(text: str, places: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the numbers of the paragraphs in which a span (start and end) begins."""
    starts = _starts(text)
    return frozenset(bisect_right(starts, start) - 1 for start, _ in places)


@lru_cache(maxsize=1)
def _starts(text: str) -> list[int]:
    return [start for start, _ in paragraphs(text)]


def needs_paragraph_gaps(text: str) -> bool:
    """Return whether rows need gaps between paragraphs: the text has one line a paragraph and no blank lines."""
    head = text[:20_000]
    lines = [line for line in head.split("\n") if line]
    return bool(lines) and "\n\n" not in head and sum(map(len, lines)) / len(lines) > 100


def has_hard_line_breaks(text: str) -> bool:
    """Return whether lines end where a page did, not where a paragraph does: many in a row of one length."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()]
    full = [line for line in lines if 45 <= len(line) <= 100]
    return len(lines) > 10 and len(full) > 0.6 * len(lines)


def wrap(text: str, start: int, end: int, width: int, later_width: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the rows of a paragraph, each at most `width` cells, without the space at which they are cut.

    Rows after the first have at most `later_width` cells, by default as many.
    """
    later_width = width if later_width is None else later_width
    if NOT_SINGLE_WIDTH.search(text, start, end):
        yield from _wrap_any(text, start, end, width, later_width)
        return
    while end - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1)
        if cut < 0 or not text[start:cut].strip():
            cut = start + width
        yield start, cut
        start, width = cut, later_width
        while start < end and text[start] == " ":
            start += 1
    if start < end:
        yield start, end


def shorten(text: str, width: int, mark: str) -> str:
    """Return the text, or as many whole words of its beginning as fit into `width` cells with the mark behind them."""
    if text_width(text) <= width:
        return text
    start, end = next(wrap(text, 0, len(text), max(1, width - text_width(mark))))
    return f"{text[start:end]}{mark}"


def _wrap_any(text: str, start: int, end: int, width: int, later_width: int) -> Iterator[tuple[int, int]]:
    """Wrap text with wide or combining characters, which are never torn apart."""
    clusters, _ = split_graphemes(text[start:end])
    row, used, space = start, 0, -1
    for left, right, cells in clusters:
        at = start + left
        is_space = text[at] == " " and right - left == 1  # one with an accent upon it is shown
        if is_space:
            space = at
        if used + cells > width and at > row:
            if is_space:
                yield row, at
                row, used, space, width = start + right, 0, -1, later_width
                continue
            cut = space if space > row else at
            yield row, cut
            width = later_width
            row = cut + 1 if cut == space else at
            used, space = cell_len(text[row:at]), -1
        used += cells
    if row < end:
        yield row, end


@dataclass
class WrappedRows:
    """The rows of a text at a width, as far as they have been laid out.

    `starts[i]` and `ends[i]` bound row i and `indents[i]` are the cells before it; `folds` maps a row that replaces
    hidden paragraphs to their number. With `kept_paragraphs` (their numbers), only those and the short paragraph above
    each are shown. `style` has the indents of the text's blocks.
    """

    text: str
    width: int
    kept_paragraphs: Collection[int] | None = None
    style: DocumentStyle = NO_STYLE
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    folds: dict[int, int] = field(default_factory=dict)
    complete: bool = False

    def __post_init__(self) -> None:
        self._gap = needs_paragraph_gaps(self.text)
        self._steps = self._lay_out()

    def __len__(self) -> int:
        return len(self.starts)

    def grow(self, characters: int) -> None:
        """Lay out about this many more characters."""
        goal = (self.starts[-1] if self.starts else 0) + characters
        for reached in self._steps:
            if reached >= goal:
                return

    def row_at(self, offset: int) -> int:
        """Return the row that holds the offset, laying out as far as needed; 0 for an empty text."""
        while not self.complete and (not self.starts or self.starts[-1] <= offset):
            self.grow(100_000)
        return max(0, bisect_right(self.starts, offset) - 1)

    def _lay_out(self) -> Iterator[int]:
        hidden = 0
        shown = _add_context(self.text, self.kept_paragraphs) if self.kept_paragraphs is not None else None
        for number, (start, end) in enumerate(paragraphs(self.text)):
            if shown is not None and number not in shown:
                hidden += start < end
                if hidden == 1 and start < end:
                    self._add(start, start)
                continue
            if hidden:
                self._close_fold(hidden)
                hidden = 0
            elif self._gap and self.starts:
                self._add(start, start)
            if start < end:
                self._add_paragraph(start, end)
            else:
                self._add(start, start)
            yield end
        if hidden:
            self._close_fold(hidden)
        self.complete = True

    def _add_paragraph(self, start: int, end: int) -> None:
        """Add the rows of a line of the text, within the indents of its block."""
        block = self.style.block_at(start) or self.style.block_at(_first_visible(self.text, start, end))
        if block is None or not (block.indent or block.hanging):
            for row in wrap(self.text, start, end, self.width):
                self._add(*row)
            return
        begins = not self.text[start : block.start].strip() if start <= block.start else False
        deepest = self.width // 3
        hanging = min(deepest, block.hanging) if begins or not self.text[start].isspace() else 0
        indent = min(deepest, block.indent) if begins else hanging
        for number, row in enumerate(wrap(self.text, start, end, self.width - indent, self.width - hanging)):
            self._add(*row, hanging if number else indent)

    def _add(self, start: int, end: int, indent: int = 0) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.indents.append(indent)

    def _close_fold(self, hidden: int) -> None:
        self.folds[len(self.starts) - 1] = hidden


def _first_visible(text: str, start: int, end: int) -> int:
    """Return the offset of the first character of a line that is no white space."""
    return start + len(text[start:end]) - len(text[start:end].lstrip())


def _add_context(text: str, kept_paragraphs: Collection[int]) -> set[int]:
    """Return the paragraphs to keep, with the short one above each, over blank lines."""
    shown = set(kept_paragraphs)
    above: int | None = None
    for number, (start, end) in enumerate(paragraphs(text)):
        if number in kept_paragraphs and above is not None:
            shown.add(above)
        if start < end:
            above = number if end - start <= CONTEXT_LIMIT else None
    return shown
