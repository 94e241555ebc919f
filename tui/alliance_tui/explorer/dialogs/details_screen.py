"""Every field of a record, on a screen of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen

from alliance_tui.explorer.widgets.base import KeyLine
from alliance_tui.explorer.widgets.fields_view import DialogFields, LabelledValue


class DetailsScreen(ModalScreen[None]):
    """The details of a record, or of a failure."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d,enter", "app.pop_screen", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup,b", "scroll(-10)", show=False),
        Binding("y", "copy('copy_quote')", show=False),
        Binding("Y", "copy('copy_citation')", show=False),
    ]

    def __init__(
        self, title: str, fields: list[LabelledValue], copy: Callable[[str], None], room: Region | None = None
    ) -> None:
        """Show these fields, in the `room` beside the text; `copy` carries out a copying command, given its id."""
        super().__init__()
        self._room = room
        self._title = title
        self._copy = copy
        self._view, self._keys = DialogFields(fields, id="fields"), KeyLine(id="dialog-keys")

    def compose(self) -> ComposeResult:
        """Lay out the fields and the keys."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield self._view
            yield self._keys

    def on_mount(self) -> None:
        """Take the room beside the text, and show the keys."""
        if self._room:
            frame = self.query_one("#frame")
            frame.styles.width, frame.styles.max_width = self._room.width, self._room.width
            frame.styles.max_height = self._room.height
            frame.styles.offset = (0, self._room.bottom - self.app.size.height)
        self._keys.show_keys((("Up Down", "scroll"), ("y", "copy"), ("Y", "copy citation")), ("Esc", "close"))

    def action_scroll(self, by: int) -> None:
        """Scroll the fields."""
        self._view.scroll_to(y=self._view.scroll_offset.y + by, animate=False, force=True, immediate=True)

    def action_copy(self, name: str) -> None:
        """Carry out a copying command."""
        self._copy(name)
