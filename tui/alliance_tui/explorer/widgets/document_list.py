"""The list of the library's documents, of which only the visible rows are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.state.library_state import LibraryState
from alliance_tui.explorer.widgets.base import LineView
from alliance_tui.explorer.widgets.document_rows import ROW_MARGIN, DocumentRows

if TYPE_CHECKING:
    from alliance_tui.library.search.engine import SearchResults


class DocumentClicked(Message):
    """The reader clicked on a document's row."""

    def __init__(self, document: int) -> None:
        super().__init__()
        self.number = document


class DocumentList(LineView):
    """The listed documents, the focused one marked."""

    DEFAULT_CSS = "DocumentList { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="documents")
        self._state = LibraryState()
        self._rows: DocumentRows | None = None

    def row_drawer(self) -> Callable[[SearchResults, Sequence[int]], None]:
        """Return a function, for any thread, that draws rows ahead, the first as focused."""
        drawer, documents, changed = self._document_rows(), self._state.documents, self._state.changed

        def draw(results: SearchResults, rows: Sequence[int]) -> None:
            for index, number in enumerate(rows):
                if number in documents:
                    drawer.row(documents[number], results.matched_words, changed, focused=index == 0)

        return draw

    def _document_rows(self) -> DocumentRows:
        """Return what draws the rows in the present width and colours."""
        appearance = self.inner_width, self.palette, self.glyphs
        if self._rows is None or self._rows.appearance != appearance:
            self._rows = DocumentRows(*appearance)
        return self._rows

    def show(self, state: LibraryState) -> None:
        """Show this state."""
        previous, self._state = self._state, state
        matched = state.results and state.results.matched_words
        if (
            state.rows is previous.rows
            and state.rows
            and state.documents is previous.documents
            and state.changed is previous.changed
            and matched is (previous.results and previous.results.matched_words)
        ):
            for number in (
                self._row_indices(previous.focused_number, state.focused_number)
                if state.focused_number != previous.focused_number
                else ()
            ):
                self.refresh_line(number)
        else:
            if state.documents is not previous.documents:
                self._rows = None
            self.set_line_count(max(1, len(state.rows)))
            self.refresh()
        if state.focused_number != previous.focused_number or state.rows is not previous.rows:
            self._reveal_focused()

    def _row_indices(self, *documents: int | None) -> list[int]:
        """Return the indices of the documents' rows."""
        rows = self._state.rows
        return [rows.index(document) for document in documents if document in rows]

    def _reveal_focused(self) -> None:
        for number in self._row_indices(self._state.focused_number):
            self.reveal_lines(number, number)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place of the terminal's cursor: the focused row."""
        line = next(iter(self._row_indices(self._state.focused_number)), 0) - self.scroll_offset.y
        return self.content_region.offset + Offset(0, min(max(line, 0), max(0, self.size.height - 1)))

    def on_resize(self, event: events.Resize) -> None:
        """Draw the rows for the new width, with the focused one in view."""
        self.set_line_count(max(1, len(self._state.rows)))
        self._reveal_focused()

    def on_click(self, event: events.Click) -> None:
        """Post the document that was clicked on."""
        number = self.scroll_offset.y + event.y
        if number < len(self._state.rows):
            self.post_message(DocumentClicked(self._state.rows[number]))

    def draw_line(self, number: int) -> Strip:
        """Return a document's row, or a message where there is none."""
        if not self._state.rows:
            return to_strip(
                [(" " * ROW_MARGIN, Style()), (self._empty_message(), self.style_for(StyleRole.MUTED))],
                self.inner_width,
                Style(),
            )
        state = self._state
        document = state.documents[state.rows[number]]
        matched_words = state.results.matched_words if state.results else {}
        return self._document_rows().row(
            document, matched_words, state.changed, focused=document.number == state.focused_number
        )

    def _empty_message(self) -> str:
        if self._state.fault:
            return self._state.fault
        if self._state.searching:
            return "Looking ..."
        if not self._state.documents:
            return "The library is empty: a adds a file or a folder, as does alliance-tui library add PATH."
        return "No document matches."
