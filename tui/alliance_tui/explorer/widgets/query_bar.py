"""The query line, imported after the first paint: importing it takes longer than a frame."""

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
"""Characters of a query; what is pasted beyond is dropped."""


class SingleLineInput(Input):
    """An input of one line that calls `on_change` at once, so that one paint shows key and result."""

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
        self._on_change = on_change
        self._end: int | None = None
        """During a change, where the cursor will be: it moves only after the change is reported."""

    def _watch_value(self, value: str) -> None:
        # Textual lays out the whole screen anew for each value, though the field has one line and its width is given.
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))
        super()._watch_value(value)

    def watch_value(self, value: str) -> None:
        """Called by Textual for each change."""
        self._on_change(value)

    @property
    def text_and_cursor(self) -> tuple[str, int]:
        """The text, and the number of characters before the cursor."""
        return self.value, self.cursor_position if self._end is None else self._end

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace the characters `start` to `end` by `text`, sanitised and cut to the free length."""
        free = max(0, MAX_QUERY_LENGTH - len(self.value) + abs(end - start))
        text = sanitise_line(text)[:free]
        self._end = min(start, end) + len(text)
        super().replace(text, start, end)
        self._end = None


class QueryField(SingleLineInput):
    """The input of a query line. Its keys are commands of its screen."""

    BINDINGS: ClassVar[list[BindingType]] = list(registry.bindings(query=True))

    def __init__(self, on_change: Callable[[str], None]) -> None:
        super().__init__(on_change)
        self._completed = ""
        self._others: tuple[Completion, ...] = ()

    @property
    def alternatives(self) -> tuple[Completion, ...]:
        """Right after a completion, the other completions in its place, the next first; else nothing."""
        return self._others if self._others and self.text_and_cursor == (self._completed, self._others[0].end) else ()

    def complete(self, completions: Sequence[Completion]) -> None:
        """Put the first completion in; once a value is in, the others are offered in its place."""
        if not completions:
            return
        completion = completions[0]
        end = completion.start + len(completion.text)
        self._completed = self.value[: completion.start] + completion.text + self.value[completion.end :]
        self._others = tuple(
            structs.replace(alternative, end=end)
            for alternative in (*completions[1:], completion)
            if alternative.is_value
        )
        self.replace(completion.text, completion.start, completion.end)


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
        """Lay out the slash and the input."""
        yield StatusLine(id="slash")
        yield self.field

    def on_mount(self) -> None:
        """Draw the slash."""
        slash = self.query_one(StatusLine)
        slash.show([("/", slash.style_for(StyleRole.ACCENT))])

    def set_query(self, query: str) -> None:
        """Show this query, with the cursor at its end."""
        self.field.replace(query, 0, len(self.field.value))
