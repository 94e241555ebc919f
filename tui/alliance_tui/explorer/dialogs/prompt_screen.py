"""A dialog to type a value, which is checked while it is typed; suggestions complete the part before the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip

from alliance_tui.errors import AllianceError
from alliance_tui.explorer.dialogs.picker_screen import OTHER_ROWS, Item, PickerScreen
from alliance_tui.explorer.rendering.strips import to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import ThemedWidget


class CheckedValue(ThemedWidget):
    """A line with what the typed value is, or why it is none."""

    def __init__(self) -> None:
        super().__init__(id="checked")
        self._shown, self._role = "", StyleRole.MUTED

    def show(self, words: str, *, is_error: bool) -> None:
        """Show these words."""
        self._shown, self._role = words, StyleRole.ERROR if is_error else StyleRole.MUTED
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line, indented like the input."""
        parts = [(f" {self._shown}", self.style_for(self._role))]
        return to_strip(parts, self.size.width, self.style_for(StyleRole.TEXT), self.glyphs.ellipsis)


class PromptScreen(PickerScreen):
    """Returns what is typed, once it is a value; None where the reader closes the dialog.

    `check` returns what is shown of a typed value, or raises an AllianceError. `separator` ends the parts of a value
    of several, each of which is completed. `verb` says what Enter does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        value: str,
        check: Callable[[str], str] = lambda typed: "",
        suggestions: Sequence[Item] = (),
        separator: str = "",
        verb: str = "keep it",
    ) -> None:
        super().__init__(title, suggestions, verb=verb)
        self._value = value
        self._check = check
        self._separator = separator
        self._checked = CheckedValue()
        self._list.display = bool(suggestions)
        self.set_class(bool(suggestions), "-suggesting")

    def compose(self) -> ComposeResult:
        """Lay out the input above what is typed and, if there are any, the suggestions."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield self._field
            yield self._checked
            yield self._list
            yield self._keys

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys to show."""
        complete = (("Tab", "complete"), ("Up Down", "move")) if self._items else ()
        return (("type", "a value"), ("Enter", str(self._verb)), *complete)

    def on_mount(self) -> None:
        """Put the present value in the input."""
        self._field.value = self._value
        self._field.cursor_position = len(self._value)
        self.filter_items(self._value)

    @property
    def _height(self) -> int:
        """The rows of the value, what it is and the suggestions."""
        return len(self._items) + OTHER_ROWS + bool(self._items)

    def filter_items(self, typed: str) -> None:
        """List the suggestions for the part that is typed, all of them around one that it is."""
        part = self._part(typed)
        words = part.lower().split()
        names = [item.name for item in self._items]
        if part in names:
            self.list_items(self._items, words, "")
            self.action_step(names.index(part))
        else:
            self.list_items([item for item in self._items if item.contains_all(words)], words, "")
        self._check_and_show(typed)

    def _part(self, typed: str) -> str:
        return typed.rpartition(self._separator)[2].strip() if self._separator else typed.strip()

    def _check_and_show(self, typed: str) -> bool:
        """Return whether a value is typed, and show which, or what it may be."""
        try:
            shown = self._check(typed)
        except AllianceError as error:
            self._checked.show(str(error), is_error=True)
            return False
        self._checked.show(shown, is_error=False)
        return True

    def action_complete(self) -> None:
        """Replace the part that is typed by the focused suggestion."""
        if item := self.focused_item:
            typed = self._field.value
            kept = typed[: len(typed) - len(self._part(typed))] if self._separator else ""
            self._field.value = kept + item.name
            self._field.cursor_position = len(self._field.value)

    def action_pick(self) -> None:
        """Return what is typed if it is a value; else say what it may be."""
        if self._check_and_show(self._field.value):
            self.dismiss(self._field.value)
