"""The query line, which is imported once the first screen stands: it takes longer than a frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec import structs
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input

from alliance_tui.documents.sanitise import sanitise_line
from alliance_tui.explorer.commands import registry
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import StatusLine
from alliance_tui.search.completion import Completion

MAX_QUERY_LENGTH = 500
"""Characters of a query; what is pasted beyond is left out."""


class SingleLineInput(Input):
    """An input of one line that tells `asked` of each change at once, so that one paint shows key and answer."""

    DEFAULT_CSS = """
    SingleLineInput, SingleLineInput:focus {
        width: 1fr; height: 1; border: none; padding: 0;
        background: $panel; color: $foreground; background-tint: transparent;
    }
    SingleLineInput > .input--cursor { background: $foreground; color: $background; text-style: none; }
    """

    def __init__(self, on_change: Callable[[str], None]) -> None:
        super().__init__(compact=True, max_length=MAX_QUERY_LENGTH, select_on_focus=False)
        self.cursor_blink = False
        self._asked = on_change
        self._end: int | None = None
        """During a change, where the cursor will stand: it moves only after the change is told."""

    def _watch_value(self, value: str) -> None:
        # Textual lays out the whole screen anew for each value, though the field has one line and its width is given.
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))
        super()._watch_value(value)

    def watch_value(self, value: str) -> None:
        """Called by Textual for each change."""
        self._asked(value)

    @property
    def text_and_cursor(self) -> tuple[str, int]:
        """The text, and how many of its characters stand before the cursor."""
        return self.value, self.cursor_position if self._end is None else self._end

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text`, cleaned and cut to the room there is, in place of the characters `start` to `end`."""
        room = max(0, MAX_QUERY_LENGTH - len(self.value) + abs(end - start))
        text = sanitise_line(text)[:room]
        self._end = min(start, end) + len(text)
        super().replace(text, start, end)
        self._end = None


class QueryField(SingleLineInput):
    """The input of a query line. Its keys are actions of the screen that it is on."""

    BINDINGS: ClassVar[list[BindingType]] = list(registry.bindings(query=True))

    def __init__(self, on_change: Callable[[str], None]) -> None:
        super().__init__(on_change)
        self._completed = ""
        self._others: tuple[Completion, ...] = ()

    @property
    def alternatives(self) -> tuple[Completion, ...]:
        """Right after a completion, what else may stand in its place, next first; else nothing."""
        return self._others if self._others and self.text_and_cursor == (self._completed, self._others[0].end) else ()

    def complete(self, offers: Sequence[Completion]) -> None:
        """Put in the first of the offers. Once a value is in, the others are offered in its place."""
        if not offers:
            return
        first = offers[0]
        end = first.start + len(first.text)
        self._completed = self.value[: first.start] + first.text + self.value[first.end :]
        self._others = tuple(structs.replace(each, end=end) for each in (*offers[1:], first) if each.is_value)
        self.replace(first.text, first.start, first.end)


class QueryBar(Horizontal):
    """The query line: a slash and the input."""

    DEFAULT_CSS = """
    QueryBar { height: 1; background: $panel; }
    QueryBar StatusLine { width: 3; }
    """

    def __init__(self, on_change: Callable[[str], None]) -> None:
        super().__init__(id="query")
        self.field = QueryField(on_change)

    def compose(self) -> ComposeResult:
        """The slash and the input."""
        yield StatusLine(id="slash")
        yield self.field

    def on_mount(self) -> None:
        """Draw the slash."""
        slash = self.query_one(StatusLine)
        slash.show([("/", slash.style_for(StyleRole.ACCENT))])

    def set_query(self, query: str) -> None:
        """Show this query, the cursor at its end."""
        self.field.replace(query, 0, len(self.field.value))
