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

from alliance_tui.explorer.rendering.strips import keys_told, lit, spread, strip_of
from alliance_tui.explorer.rendering.theme import Look
from alliance_tui.explorer.widgets.base import LineView, OneLine
from alliance_tui.explorer.widgets.query_bar import LineInput

LEAST_NOTE = 28
"""Cells that a note must have beside which more is told; with less, what is more is told in its place."""
NOTHING = "nothing fits"


class Item(Struct, frozen=True):
    """Something to pick: its `key` is handed back; `name`, `note` and `more` are shown and searched."""

    key: str
    name: str
    note: str
    more: str = ""

    def meets(self, words: list[str]) -> bool:
        """Whether each word is a part of what is shown."""
        shown = f"{self.name} {self.note} {self.more}".lower()
        return all(word in shown for word in words)


class ItemList(LineView, can_focus=False):
    """The items that fit what is typed, one a line."""

    def __init__(self) -> None:
        super().__init__(id="items")
        self.items: Sequence[Item] = ()
        self.words: list[str] = []
        self.here = 0
        self.nothing = NOTHING
        self._name_width = 0

    def show(self, items: Sequence[Item], words: list[str], here: int) -> None:
        """Draw these items from now on, `here` the one stood on."""
        if items is not self.items:
            self._name_width = max((len(each.name) for each in items), default=0) + 2
        self.items, self.words, self.here = items, words, here
        self.set_lines(max(1, len(items)))
        self.show_lines(here, here)
        self.refresh()

    def line(self, number: int) -> Strip:
        """An item."""
        base = self.look(Look.TEXT)
        if not self.items:
            return strip_of([(f"  {self.nothing}", self.look(Look.MUTED))], self.inner_width, base)
        item, width = self.items[number], self._name_width
        if number == self.here:
            base += self.look(Look.ROW)
        mark = f"{self.glyphs.cursor if number == self.here else ' '} "
        match, muted = self.look(Look.MATCH), self.look(Look.MUTED)
        note, more = item.note, item.more
        if more and self.inner_width - len(mark) - width < LEAST_NOTE:
            note, more = more, ""  # the shorter of the two, whole
        parts = [
            (mark, self.look(Look.ACCENT)),
            *lit(item.name.ljust(width), self._found(item.name), self.look(Look.ACCENT), match),
            *lit(note, self._found(note), Style(), match),
        ]
        right = list(lit(more, self._found(more), muted, match)) if more else []
        return strip_of(spread(parts, right, self.inner_width, self.glyphs.clip), self.inner_width, base)

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

    FURTHER_KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys of a kind of picker beside those of all, each with what it does."""

    def __init__(self, title: str, items: Sequence[Item], *, verb: str) -> None:
        super().__init__()
        self._title = title
        self._items = items
        self._verb = verb
        self._fitting: Sequence[Item] = items
        self._words: list[str] = []
        self._here = 0
        self._field, self._list, self._keys = LineInput(self.find), ItemList(), OneLine(id="dialog-keys")

    def compose(self) -> ComposeResult:
        """The input above the list."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield self._field
            yield self._list
            yield self._keys

    def on_mount(self) -> None:
        """List all items."""
        accent = self._keys.look(Look.ACCENT)
        keys = (("type", "find"), ("Enter", self._verb), *self.FURTHER_KEYS, ("Up Down", "move"))
        self._keys.show(keys_told(keys, accent), keys_told([("Esc", "close")], accent))
        self._field.focus()
        self._show()

    def find(self, typed: str) -> None:
        """List what fits what is typed."""
        words = typed.lower().split()
        self.list_items([item for item in self._items if item.meets(words)], words)

    def list_items(self, items: Sequence[Item], words: list[str], nothing: str = NOTHING) -> None:
        """List these items, standing on the first, with the words lit; where there are none, say `nothing`."""
        self._list.nothing = nothing
        self._fitting, self._words, self._here = items, words, 0
        self._show()

    @property
    def here(self) -> Item | None:
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
        if self.here:
            self.dismiss(self.here.key)

    def action_close(self) -> None:
        """Hand back nothing."""
        self.dismiss(None)
