"""The list of the library's documents: a row each, of which only the visible ones are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rich.cells import set_cell_size
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.library_state import COLUMNS, TITLE, Column, LibraryState
from alliance_tui.explorer.painting import excerpt, strip_of, text_width, width_of
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
MOST_DRAWN = 1000
"""Rows that are kept drawn: the next query often finds the same."""
SAME, LIKE, CHANGED = "=", "~", "!"
"""The same text as an earlier document, nearly the same, and a file that changed since it was read."""


_Row = tuple[int, tuple[Range, ...], bool, str]
"""What a row depends on: the document, what is lit in its title, whether it is stood on, and its sign."""


class DocumentPressed(Message):
    """The reader clicked on a document's row."""

    def __init__(self, document: int) -> None:
        super().__init__()
        self.document = document


@lru_cache(4)
def columns(width: int) -> tuple[tuple[Column, int], ...]:
    """The columns for so many cells, each with its own; the title has what the others leave."""
    shown = [column for column in COLUMNS if column.room <= width]
    others = sum(column.width + GAP for column in shown if column is not TITLE)
    return tuple((column, column.width or max(1, width - LEAD - others)) for column in shown)


def lit_in(text: str, met: Mapping[str, Range]) -> tuple[Range, ...]:
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
    return tuple((start, end, *fold_aligned(text[start:end])) for start, end in words(text))


class LibraryList(LineView):
    """The documents that are listed, the one stood on marked."""

    DEFAULT_CSS = "LibraryList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="documents")
        self._state = LibraryState()
        self._drawn: dict[_Row, Strip] = {}
        self._told: dict[int, str] = {}
        """What stands behind the titles of documents."""

    def show(self, state: LibraryState) -> None:
        """Draw this state from now on."""
        before, self._state = self._state, state
        lit = state.findings and state.findings.met
        if (
            state.rows is before.rows
            and state.rows
            and state.documents is before.documents
            and state.changed is before.changed
            and lit is (before.findings and before.findings.met)
        ):
            for number in self._places(before.here, state.here) if state.here != before.here else ():
                self.refresh_line(number)
        else:
            if state.documents is not before.documents:
                self.forget()
            self.set_lines(max(1, len(state.rows)))
            self.refresh()
        if state.here != before.here or state.rows is not before.rows:
            self._reveal_here()

    def _places(self, *documents: int | None) -> list[int]:
        """Where the documents stand in the list."""
        rows = self._state.rows
        return [rows.index(document) for document in documents if document in rows]

    def _reveal_here(self) -> None:
        for number in self._places(self._state.here):
            self.show_lines(number, number)

    def forget(self) -> None:
        """Drop the drawn rows."""
        self._drawn.clear()
        self._told.clear()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor stands: at the row stood on."""
        line = next(iter(self._places(self._state.here)), 0) - self.scroll_offset.y
        return self.content_region.offset + Offset(0, min(max(line, 0), max(0, self.size.height - 1)))

    def on_resize(self, event: events.Resize) -> None:
        """Draw the rows anew in the room there is, the one stood on in view."""
        self.forget()
        self.set_lines(max(1, len(self._state.rows)))
        self._reveal_here()

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
        state = self._state
        kept = state.documents[state.rows[number]]
        lit = lit_in(kept.title, state.findings.met if state.findings else {})
        row = kept.number, lit, kept.number == state.here, self._sign(kept)
        if row not in self._drawn:
            if len(self._drawn) > MOST_DRAWN:
                self._drawn.clear()
            self._drawn[row] = self._row(kept, lit)
        return self._drawn[row]

    def _nothing(self) -> str:
        if self._state.searching:
            return "Looking ..."
        if not self._state.documents:
            return "The library is empty: a adds a file or a folder, as does alliance-tui library add PATH."
        return "No document matches."

    def _row(self, kept: Kept, lit: tuple[Range, ...]) -> Strip:
        base, muted, clip = self.look(Look.TEXT), self.look(Look.MUTED), self.glyphs.clip
        here = kept.number == self._state.here
        if here:
            base += self.look(Look.ROW)
        (_, width), *others = columns(self.inner_width)
        if kept.number not in self._told:
            self._told[kept.number] = "".join(" " * GAP + self._cell(kept, column, cells) for column, cells in others)
        title = excerpt(kept.title, lit, width, Style(), self.look(Look.MATCH), clip)
        rest = " " * (width - width_of(title)) + self._told[kept.number]
        mark = (self.glyphs.cursor if here else "").ljust(2)
        lead = [(mark, self.look(Look.ACCENT)), (self._sign(kept), muted)]
        return strip_of([*lead, *title, (rest, muted)], self.inner_width, base, clip)

    def _sign(self, kept: Kept) -> str:
        if kept.number in self._state.changed:
            return CHANGED
        return SAME if kept.same_as else LIKE if kept.like else " "

    def _cell(self, kept: Kept, column: Column, width: int) -> str:
        text = column.shown(kept)
        if text_width(text) > width:
            text = set_cell_size(text, width - 1).rstrip() + self.glyphs.clip
        room = " " * (width - text_width(text))
        return room + text if column.right else text + room
