"""The query line, which is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from alliance_tui.documents.cleaning import clean_line
from alliance_tui.explorer import actions
from alliance_tui.explorer.theme import Look
from alliance_tui.explorer.views import OneLine

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

    def watch_value(self, value: str) -> None:
        """Called by Textual for each change."""
        self._asked(value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text`, cleaned and cut to the room there is, in place of the characters `start` to `end`."""
        room = max(0, LONGEST - len(self.value) + abs(end - start))
        super().replace(clean_line(text)[:room], start, end)


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
        self.field.value = query
        self.field.cursor_position = len(query)
