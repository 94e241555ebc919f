"""The query line, which is imported once the first screen stands: it takes longer than a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from msgspec import structs
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer import actions
from alliance_tui.explorer.theme import Look
from alliance_tui.explorer.views import OneLine
from alliance_tui.search.completion import Completion, complete
from alliance_tui.search.index import SearchIndex

LONGEST = 500
"""Characters of a query; what is pasted beyond is left out."""


class QueryField(Input):
    """The input itself, which tells each change to `asked` at once, so that one paint shows the key and its answer."""

    DEFAULT_CSS = """
    QueryField, QueryField:focus {
        width: 1fr; height: 1; border: none; padding: 0;
        background: $panel; color: $foreground; background-tint: transparent;
    }
    QueryField > .input--cursor { background: $foreground; color: $background; text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(actions.bindings(query=True))

    def __init__(self, asked: Callable[[str], None]) -> None:
        super().__init__(compact=True, max_length=LONGEST, select_on_focus=False)
        self.cursor_blink = False
        self._asked = asked
        self._cursor = 0
        self._completed = ""
        self._others: tuple[Completion, ...] = ()

    def _watch_value(self, value: str) -> None:
        # Textual lays out the whole screen anew for each value, though the field has one line and its width is given.
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))
        super()._watch_value(value)

    def watch_value(self, value: str) -> None:
        """Called by Textual for each change."""
        self._asked(value)

    def offers(self, index: SearchIndex) -> tuple[Completion, ...]:
        """What the term before the cursor may become, first what is put in next: after a completion, the others."""
        if self._others and (self.value, self._cursor) == (self._completed, self._others[0].end):
            return self._others
        return complete(index, self.value, self._cursor)

    def complete(self, index: SearchIndex) -> None:
        """Put in the first of the offers. Once a value is in, the others are offered in its place."""
        self._cursor = self.cursor_position
        offers = self.offers(index)
        if not offers:
            return
        first = offers[0]
        end = first.start + len(first.text)
        self._completed = self.value[: first.start] + first.text + self.value[first.end :]
        self._others = tuple(structs.replace(each, end=end) for each in (*offers[1:], first) if each.is_value)
        self.replace(first.text, first.start, first.end)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text`, cleaned and cut to the room there is, in place of the characters `start` to `end`."""
        room = max(0, LONGEST - len(self.value) + abs(end - start))
        text = sanitise_line(text)[:room]
        self._cursor = min(start, end) + len(text)  # the cursor itself moves only after the change is told
        super().replace(text, start, end)


class QueryBar(Horizontal):
    """The query line: a slash and the input."""

    DEFAULT_CSS = """
    QueryBar { height: 1; background: $panel; }
    QueryBar OneLine { width: 3; }
    """

    def __init__(self, asked: Callable[[str], None]) -> None:
        super().__init__(id="query")
        self.field = QueryField(asked)

    def compose(self) -> ComposeResult:
        """The slash and the input."""
        yield OneLine(id="slash")
        yield self.field

    def on_mount(self) -> None:
        """Draw the slash."""
        slash = self.query_one(OneLine)
        slash.show([("/", slash.look(Look.ACCENT))])

    def put(self, query: str) -> None:
        """Show this query, the cursor at its end."""
        self.field.replace(query, 0, len(self.field.value))
