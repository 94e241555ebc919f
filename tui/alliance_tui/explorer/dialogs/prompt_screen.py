"""A dialog to type a value, which is checked while it is typed; suggestions complete the part before the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from alliance_tui.errors import AllianceError
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen


class PromptScreen(PickerScreen):
    """Returns what is typed, once it is a value; None where the reader closes the dialog.

    `check` returns what is shown of a typed value, or raises an AllianceError. `separator` ends the parts of a value
    of several, each of which is completed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        value: str,
        check: Callable[[str], str] = lambda typed: "",
        suggestions: Sequence[Item] = (),
        separator: str = "",
    ) -> None:
        super().__init__(title, suggestions, verb="keep it")
        self._can_complete = bool(suggestions)
        self._value = value
        self._check = check
        self._separator = separator

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys to show."""
        complete = (("Tab", "complete"), ("Up Down", "move")) if self._can_complete else ()
        return (("type", "a value"), ("Enter", "keep it"), *complete)

    def on_mount(self) -> None:
        """Put the present value in the input."""
        self._field.value = self._value
        self._field.cursor_position = len(self._value)

    def filter_items(self, typed: str) -> None:
        """List the suggestions for the part that is typed or, without any, what the value would be."""
        part = self._part(typed)
        words = part.lower().split()
        known = typed == self._value or any(item.name == part for item in self._items)
        fitting = [] if known else [item for item in self._items if item.contains_all(words)]
        self.list_items(fitting, words, self._shown(typed))

    def _part(self, typed: str) -> str:
        return typed.rpartition(self._separator)[2].strip() if self._separator else typed.strip()

    def _shown(self, typed: str) -> str:
        try:
            return self._check(typed)
        except AllianceError as error:
            return str(error)

    def action_complete(self) -> None:
        """Replace the part that is typed by the focused suggestion."""
        if item := self.focused_item:
            typed = self._field.value
            kept = typed[: len(typed) - len(self._part(typed))] if self._separator else ""
            self._field.value = kept + item.name
            self._field.cursor_position = len(self._field.value)

    def action_pick(self) -> None:
        """Return what is typed if it is a value; else say what it may be."""
        typed = self._field.value
        try:
            self._check(typed)
        except AllianceError as error:
            self.list_items([], [], str(error))
            return
        self.dismiss(typed)
