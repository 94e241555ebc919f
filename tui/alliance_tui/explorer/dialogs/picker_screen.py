"""A screen to pick from a list by typing a part of a name: the help, the commands and the documents are such lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip

from alliance_tui.explorer.rendering.strips import highlight_ranges, justify, key_hints, to_strip
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import LineView, StatusLine
from alliance_tui.explorer.widgets.query_bar import SingleLineInput

MIN_NOTE_WIDTH = 28
"""Cells that a note must have beside which more is told; with less, what is more is told in its place."""
NO_ITEMS = "nothing fits"


class Item(Struct, frozen=True):
    """Something to pick: its `key` is handed back; `name`, `note` and `more` are shown and searched."""

    key: str
    name: str
    note: str
    detail: str = ""

    def contains_all(self, words: list[str]) -> bool:
        """Whether each word is a part of what is shown."""
        shown = f"{self.name} {self.note} {self.detail}".lower()
        return all(word in shown for word in words)


class ItemList(LineView, can_focus=False):
    """The items that fit what is typed, one a line."""

    def __init__(self) -> None:
        super().__init__(id="items")
        self.items: Sequence[Item] = ()
        self.words: list[str] = []
        self.focused_index = 0
        self.empty_message = NO_ITEMS
        self._name_width = 0

    def show(self, items: Sequence[Item], words: list[str], here: int) -> None:
        """Draw these items from now on, `here` the one stood on."""
        if items is not self.items:
            self._name_width = max((len(each.name) for each in items), default=0) + 2
        self.items, self.words, self.focused_index = items, words, here
        self.set_line_count(max(1, len(items)))
        self.reveal_lines(here, here)
        self.refresh()

    def draw_line(self, number: int) -> Strip:
        """An item."""
        base = self.style_for(StyleRole.TEXT)
        if not self.items:
            return to_strip([(f"  {self.empty_message}", self.style_for(StyleRole.MUTED))], self.inner_width, base)
        item, width = self.items[number], self._name_width
        if number == self.focused_index:
            base += self.style_for(StyleRole.FOCUSED_ROW)
        mark = f"{self.glyphs.cursor if number == self.focused_index else ' '} "
        match, muted = self.style_for(StyleRole.MATCH), self.style_for(StyleRole.MUTED)
        note, more = item.note, item.detail
        if more and self.inner_width - len(mark) - width < MIN_NOTE_WIDTH:
            note, more = more, ""  # the shorter of the two, whole
        parts = [
            (mark, self.style_for(StyleRole.ACCENT)),
            *highlight_ranges(item.name.ljust(width), self._found(item.name), self.style_for(StyleRole.ACCENT), match),
            *highlight_ranges(note, self._found(note), Style(), match),
        ]
        right = list(highlight_ranges(more, self._found(more), muted, match)) if more else []
        return to_strip(justify(parts, right, self.inner_width, self.glyphs.ellipsis), self.inner_width, base)

    def _found(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in the text, each at its first place, overlaps left out."""
        lower = text.lower()
        places = sorted((lower.find(word), len(word)) for word in self.words if word in lower)
        ranges: list[tuple[int, int]] = []
        for start, length in places:
            if not ranges or start >= ranges[-1][1]:
                ranges.append((start, start + length))
        return ranges if len(lower) == len(text) else []


class PickerScreen(ModalScreen[str | None]):
    """Picks one of the items, or None where the reader closes it."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "pick", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", show=False, priority=True),
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
    ]

    EXTRA_KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys of a kind of picker beside those of all, each with what it does."""

    def __init__(self, title: str, items: Sequence[Item], *, verb: str | None) -> None:
        """List these items; `verb` says what Enter does, None that it only closes the list."""
        super().__init__()
        self._title = title
        self._items = items
        self._verb = verb
        self._fitting: Sequence[Item] = items
        self._words: list[str] = []
        self._here = 0
        self._field, self._list, self._keys = (
            SingleLineInput(self.filter_items),
            ItemList(),
            StatusLine(id="dialog-keys"),
        )

    def compose(self) -> ComposeResult:
        """The input above the list."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield self._field
            yield self._list
            yield self._keys

    def on_mount(self) -> None:
        """List all items."""
        accent = self._keys.style_for(StyleRole.ACCENT)
        pick = (("Enter", self._verb),) if self._verb else ()
        keys = (("type", "find"), *pick, *self.EXTRA_KEYS, ("Up Down", "move"))
        self._keys.show(key_hints(keys, accent), key_hints([("Esc", "close")], accent))
        self._field.focus()
        self._show()

    def filter_items(self, typed: str) -> None:
        """List what fits what is typed."""
        words = typed.lower().split()
        self.list_items([item for item in self._items if item.contains_all(words)], words)

    def list_items(self, items: Sequence[Item], words: list[str], empty_message: str = NO_ITEMS) -> None:
        """List these items, standing on the first, with the words lit; where there are none, say `nothing`."""
        self._list.empty_message = empty_message
        self._fitting, self._words, self._here = items, words, 0
        self._show()

    @property
    def focused_item(self) -> Item | None:
        """The item stood on."""
        return self._fitting[self._here] if self._fitting else None

    def _show(self) -> None:
        self._list.show(self._fitting, self._words, self._here)

    def action_step(self, by: int) -> None:
        """Stand on another item."""
        self._here = min(max(0, self._here + by), max(0, len(self._fitting) - 1))
        self._show()

    def action_pick(self) -> None:
        """Hand back the item stood on."""
        if self.focused_item:
            self.dismiss(self.focused_item.key)

    def action_close(self) -> None:
        """Hand back nothing."""
        self.dismiss(None)
