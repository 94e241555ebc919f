"""The list of the library's documents, of which only the visible rows are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.library_state import LibraryState, empty_columns
from alliance_tui.explorer.widgets.documents.document_rows import ROW_MARGIN, DocumentRows, content_widths
from alliance_tui.explorer.widgets.row_window import RowWindow

if TYPE_CHECKING:
    from alliance_tui.library.search.engine import SearchResults


class DocumentClicked(Message):
    """The reader clicked on a document's row."""

    def __init__(self, document: int) -> None:
        super().__init__()
        self.number = document


class DocumentList(RowWindow):
    """The listed documents, the focused one marked."""

    DEFAULT_CSS = "DocumentList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="documents")
        self._state = LibraryState()
        self._rows: DocumentRows | None = None

    @property
    def row_count(self) -> int:
        """The number of documents."""
        return len(self._state.rows)

    @property
    def focused_row(self) -> int | None:
        """The index of the focused document."""
        return next(iter(self._row_indices(self._state.focused_number)), None)

    def row_height(self, index: int) -> int:
        """Return the lines of a document's title."""
        return self._document_rows().height(self._state.documents[self._state.rows[index]])

    def row_drawer(self) -> Callable[[SearchResults, Sequence[int]], None]:
        """Return a function, for any thread, that draws rows ahead, the first as focused."""
        state, drawer = self._state, self._document_rows()
        documents, changed, marked = state.documents, state.changed, state.marked

        def draw(results: SearchResults, rows: Sequence[int]) -> None:
            for index, number in enumerate(rows):
                if number in documents:
                    is_marked = number in marked
                    drawer.lines(
                        documents[number], results.matched_words, changed, focused=index == 0, marked=is_marked
                    )

        return draw

    def _document_rows(self) -> DocumentRows:
        """Return what draws the rows in the present width and colours."""
        documents = self._state.documents
        columns = empty_columns(documents), content_widths(documents)
        appearance = self.inner_width, self.palette, self.glyphs, *columns
        if self._rows is None or self._rows.appearance != appearance:
            self._rows = DocumentRows(*appearance)
        return self._rows

    def show(self, state: LibraryState) -> None:
        """Show this state."""
        previous, self._state = self._state, state
        matched = state.results and state.results.matched_words
        moved = state.focused_number != previous.focused_number or state.rows is not previous.rows
        same_rows = (
            state.rows is previous.rows
            and state.rows
            and state.documents is previous.documents
            and state.changed is previous.changed
            and state.marked is previous.marked
            and matched is (previous.results and previous.results.matched_words)
        )
        if state.documents is not previous.documents:
            self._rows = None
        if same_rows and not moved:
            return
        top = self.scroll_offset.y
        self.lay_out(reveal=moved)
        if same_rows and top == self.scroll_offset.y:
            self.refresh_rows(*self._row_indices(previous.focused_number, state.focused_number))
        else:
            self.refresh()

    def _row_indices(self, *documents: int | None) -> list[int]:
        """Return the indices of the documents' rows."""
        rows = self._state.rows
        return [rows.index(document) for document in documents if document in rows]

    def on_click(self, event: events.Click) -> None:
        """Post the document that was clicked on."""
        index = self.row_at(event.y)
        if index is not None:
            self.post_message(DocumentClicked(self._state.rows[index]))

    def draw_row_line(self, index: int, line: int) -> Strip:
        """Return a line of a document's row."""
        state = self._state
        document = state.documents[state.rows[index]]
        matched_words = state.results.matched_words if state.results else {}
        focused = document.number == state.focused_number
        marked = document.number in state.marked
        rows = self._document_rows()
        return rows.lines(document, matched_words, state.changed, focused=focused, marked=marked)[line]

    def draw_empty(self) -> Strip:
        """Return why no document is listed."""
        message = [(" " * ROW_MARGIN, Style()), (self._empty_message(), self.style_for(StyleRole.MUTED))]
        return to_strip(message, self.inner_width, Style())

    def _empty_message(self) -> str:
        if self._state.fault:
            return self._state.fault
        if self._state.searching:
            return "Looking ..."
        if not self._state.documents:
            return "The library is empty: a adds a file or a folder."
        return "No document matches."
