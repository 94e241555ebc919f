"""The list of the library's documents: a row each, of which only the visible ones are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.library_state import COLUMNS, TITLE, Column, LibraryState
from alliance_tui.explorer.painting import Part, excerpt, fit, strip_of, width_of
from alliance_tui.explorer.theme import Look
from alliance_tui.explorer.views import LineView
from alliance_tui.library.store import Kept
from alliance_tui.search.folding import fold_aligned
from alliance_tui.search.matches import Range
from alliance_tui.search.words import words

LEAD = 3
"""Cells before a row: where the reader stands, and the sign of what is to be noted of the document."""
GAP = 2
"""Cells between two columns."""
SAME, LIKE, CHANGED = "=", "~", "!"
"""The same text as an earlier document, nearly the same, and a file that changed since it was read."""


class DocumentPressed(Message):
    """The reader clicked on a document's row."""

    def __init__(self, document: int) -> None:
        super().__init__()
        self.document = document


def columns(width: int) -> list[tuple[Column, int]]:
    """The columns for so many cells, each with its own; the title has what the others leave."""
    shown = [column for column in COLUMNS if column.room <= width]
    others = sum(column.width + GAP for column in shown if column is not TITLE)
    return [(column, column.width or max(1, width - LEAD - others)) for column in shown]


def lit_in(text: str, met: Mapping[str, Range]) -> tuple[Range, ...]:
    """What to light in a text: the letters of each word that was met."""
    ranges: list[Range] = []
    for start, end in words(text) if met else ():
        folded, offsets = fold_aligned(text[start:end])
        if folded in met:
            first, last = met[folded]
            stop = offsets[last] if last < len(offsets) else end - start
            ranges.append((start + offsets[first], start + max(stop, offsets[last - 1] + 1)))
    return tuple(ranges)


class LibraryList(LineView):
    """The documents that are listed, the one stood on marked."""

    DEFAULT_CSS = "LibraryList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="documents")
        self._state = LibraryState()
        self._drawn: dict[int, Strip] = {}

    def show(self, state: LibraryState) -> None:
        """Draw this state from now on."""
        before, self._state = self._state, state
        if state.rows is not before.rows:
            self.set_lines(max(1, len(state.rows)))
        self.forget()
        if (state.here != before.here or state.rows is not before.rows) and state.here in state.rows:
            number = state.rows.index(state.here)
            self.show_lines(number, number)
        self.refresh()

    def forget(self) -> None:
        """Drop the drawn rows."""
        self._drawn.clear()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands: at the row stood on."""
        rows, here = self._state.rows, self._state.here
        line = (rows.index(here) if here in rows else 0) - self.scroll_offset.y
        return self.content_region.offset + Offset(0, min(max(line, 0), max(0, self.size.height - 1)))

    def on_resize(self, event: events.Resize) -> None:
        """Draw the rows anew in the room there is, the one stood on in view."""
        self.forget()
        self.set_lines(max(1, len(self._state.rows)))
        if self._state.here in self._state.rows:
            number = self._state.rows.index(self._state.here)
            self.show_lines(number, number)

    def on_click(self, event: events.Click) -> None:
        """Tell which document was clicked on."""
        number = self.scroll_offset.y + event.y
        if number < len(self._state.rows):
            self.post_message(DocumentPressed(self._state.rows[number]))

    def line(self, number: int) -> Strip:
        """A document's row, or what is said where there is none."""
        if not self._state.rows:
            return strip_of(
                [(" " * LEAD, Style()), (self._nothing(), self.look(Look.MUTED))], self.inner_width, Style()
            )
        if number not in self._drawn:
            self._drawn[number] = self._row(self._state.documents[self._state.rows[number]])
        return self._drawn[number]

    def _nothing(self) -> str:
        if self._state.searching:
            return "Looking ..."
        if not self._state.documents:
            return "The library is empty: alliance-tui library add PATH fills it."
        return "No document matches."

    def _row(self, kept: Kept) -> Strip:
        base = self.look(Look.TEXT)
        here = kept.number == self._state.here
        if here:
            base += self.look(Look.ROW)
        mark = (self.glyphs.cursor if here else "").ljust(2)
        lead: list[Part] = [(mark, self.look(Look.ACCENT)), (self._sign(kept), self.look(Look.MUTED))]
        met = self._state.findings.met if self._state.findings else {}
        cells = [self._cell(kept, column, width, met) for column, width in columns(self.inner_width)]
        return strip_of([*lead, *chain.from_iterable(cells)], self.inner_width, base, self.glyphs.clip)

    def _sign(self, kept: Kept) -> str:
        if kept.number in self._state.changed:
            return CHANGED
        return SAME if kept.same_as else LIKE if kept.like else " "

    def _cell(self, kept: Kept, column: Column, width: int, met: Mapping[str, Range]) -> Sequence[Part]:
        text, clip = column.shown(kept), self.glyphs.clip
        look = Style() if column is TITLE else self.look(Look.MUTED)
        parts = (
            excerpt(text, lit_in(text, met), width, look, self.look(Look.MATCH), clip)
            if column is TITLE
            else fit([(text, look)], width, clip)
        )
        room = [(" " * (width - width_of(parts)), Style())]
        gap = [] if column is TITLE else [(" " * GAP, Style())]
        return [*gap, *room, *parts] if column.right else [*gap, *parts, *room]
