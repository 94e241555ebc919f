"""A screen to pick from a list by typing a part of a name: help, commands and documents are such lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from msgspec import Struct
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.strip import Strip

from alliance_tui.explorer.context import ExplorerContext
from alliance_tui.explorer.rendering.strips import (
    Part,
    excerpt,
    highlight_ranges,
    justify,
    parts_width,
    text_width,
    to_strip,
)
from alliance_tui.explorer.rendering.theme import StyleRole
from alliance_tui.explorer.widgets.base import KeyLine, LineView
from alliance_tui.explorer.widgets.query_bar import SingleLineInput
from alliance_tui.records import EntityType, Strength

MIN_NOTE_WIDTH = 28
"""Cells that a note must have beside the detail; with fewer, the detail replaces it."""
MIN_NAME_WIDTH, MAX_NAME_SHARE = 12, 0.6
"""Cells that a name may always have, and the share of a row beyond which it is cut if what follows needs the rest."""
NO_ITEMS = "nothing fits"
MAX_HEIGHT = 36
"""Rows of a dialog."""
OTHER_ROWS = 5
"""Rows of a dialog beside its items: the frame, the input, a gap and the keys."""

NEXT_PAGE = "next page"
"""Returned by a list where the reader wants the next of several pages."""


class Item(Struct, frozen=True):
    """Something to pick: its `key` is returned; `name`, `note` and `detail` are shown and searched.

    The note of a heading stands alone. A name in the colour of a strength or of a type has that as its `coloured_by`.
    """

    key: str
    name: str
    note: str
    detail: str = ""
    is_heading: bool = False
    coloured_by: Strength | EntityType | None = None

    def contains_all(self, words: list[str]) -> bool:
        """Return whether each word is a part of what is shown."""
        shown = f"{self.name} {self.note} {self.detail}".lower()
        return all(word in shown for word in words)


class ItemList(LineView, can_focus=False):
    """The items that contain what is typed, one a line."""

    def __init__(self) -> None:
        super().__init__(id="items")
        self.items: Sequence[Item] = ()
        self.words: list[str] = []
        self.focused_index = 0
        self.empty_message = NO_ITEMS
        self.repeats_names = True
        """True if an item shows its name even below one of the same name."""
        self.details_give_way = False
        """True if a detail is left out where there is no room for it and the whole note."""
        self._name_width = self._other_width = 0
        """Cells of the longest name, and of the longest of what follows a name."""

    def show(self, items: Sequence[Item], words: list[str], focused_index: int) -> None:
        """Show these items, with the one of this index focused."""
        if items is not self.items:
            self._name_width = max((text_width(each.name) for each in items), default=0) + 2
            self._other_width = max((text_width(f"{each.note} {each.detail}") for each in items), default=0)
        self.items, self.words, self.focused_index = items, words, focused_index
        self.set_line_count(max(1, len(items)))
        beyond = focused_index - (self.scroll_offset.y + self.size.height)
        # A page down begins where the page before ended.
        self.reveal_lines(focused_index, focused_index, lead=beyond if 0 <= beyond < self.size.height else 0)
        self.refresh()

    def draw_line(self, number: int) -> Strip:
        """Return an item."""
        base = self.style_for(StyleRole.TEXT)
        if not self.items:
            return to_strip([(f"  {self.empty_message}", self.style_for(StyleRole.MUTED))], self.inner_width, base)
        item = self.items[number]
        if number == self.focused_index:
            base += self.style_for(StyleRole.FOCUSED_ROW)
        cursor = f"{self.glyphs.cursor if number == self.focused_index else ' '} "
        match, muted = self.style_for(StyleRole.MATCH), self.style_for(StyleRole.MUTED)
        if item.is_heading:
            heading = self.style_for(StyleRole.HEADING)
            words = highlight_ranges(item.note, self._word_ranges(item.note), heading, match)
            parts = [(cursor, self.style_for(StyleRole.ACCENT)), *words]
            return to_strip(parts, self.inner_width, base, self.glyphs.ellipsis)
        left_over = self.inner_width - len(cursor) - self._other_width
        width = min(self._name_width, max(MIN_NAME_WIDTH, int(self.inner_width * MAX_NAME_SHARE), left_over))
        note, detail = item.note, item.detail
        if detail and self.inner_width - len(cursor) - width < MIN_NOTE_WIDTH:
            note, detail = detail, ""  # the shorter of the two, whole
        if self.details_give_way and len(cursor) + width + text_width(f"{note} {detail}") > self.inner_width:
            detail = ""
        parts = [
            (cursor, self.style_for(StyleRole.ACCENT)),
            *self._name_parts(item, "" if self._is_repeated(number) else item.name, width, match),
            *highlight_ranges(note, self._word_ranges(note), Style(), match),
        ]
        right = list(highlight_ranges(detail, self._word_ranges(detail), muted, match)) if detail else []
        return to_strip(justify(parts, right, self.inner_width, self.glyphs.ellipsis), self.inner_width, base)

    def _is_repeated(self, number: int) -> bool:
        """Return whether the name of an item is that of the visible one above, which is enough."""
        is_below = number > max(0, self.scroll_offset.y)
        return not self.repeats_names and is_below and self.items[number - 1].name == self.items[number].name

    def _name_parts(self, item: Item, name: str, width: int, match: Style) -> list[Part]:
        """Return a name in its column, cut where it is too long."""
        accent = self.style_for(StyleRole.ACCENT)
        if isinstance(item.coloured_by, Strength):
            accent = self.palette.strength_style(item.coloured_by)
        elif isinstance(item.coloured_by, EntityType):
            accent = self.palette.kind_style(item.coloured_by)
        shown = excerpt(name, self._word_ranges(name), width - 2, accent, match, self.glyphs.ellipsis)
        return [*shown, (" " * (width - parts_width(shown)), accent)]

    def _word_ranges(self, text: str) -> list[tuple[int, int]]:
        """Return the range of each word's first occurrence in the text, without overlaps."""
        lower_text = text.lower()
        occurrences = sorted((lower_text.find(word), len(word)) for word in self.words if word in lower_text)
        ranges: list[tuple[int, int]] = []
        for start, length in occurrences:
            if not ranges or start >= ranges[-1][1]:
                ranges.append((start, start + length))
        return ranges if len(lower_text) == len(text) else []


class PickerScreen(ModalScreen[str | None]):
    """Returns the key of the item that is picked, None where the reader closes the list."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("enter", "pick", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", show=False, priority=True),
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("tab", "turn_page", show=False, priority=True),
    ]

    EXTRA_KEYS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys of a kind of picker besides those of all, each with its action."""

    def __init__(
        self,
        title: str,
        items: Sequence[Item],
        *,
        verb: str | None,
        next_page: str = "",
        details_give_way: bool = False,
    ) -> None:
        """List these items; `verb` says what Enter does, None that it only closes the list.

        Where there is a `next_page` of this name, Tab returns NEXT_PAGE. With `details_give_way`, a detail is left
        out where it leaves no room for the whole note.
        """
        super().__init__()
        self._title = title
        self._items = items
        self._verb = verb
        self._next_page = next_page
        self._listed: Sequence[Item] = items
        self._words: list[str] = []
        self._focused_index = 0
        self._shown_height = 0
        self._field, self._list, self._keys = (
            SingleLineInput(self.filter_items),
            ItemList(),
            KeyLine(id="dialog-keys"),
        )
        self._list.details_give_way = details_give_way

    @property
    def context(self) -> ExplorerContext:
        """The app."""
        return cast(ExplorerContext, self.app)

    def compose(self) -> ComposeResult:
        """Lay out the input above the list."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f" {self._title} ")
            yield self._field
            yield self._list
            yield self._keys

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys to show, each with its action."""
        pick = (("Enter", self._verb),) if self._verb else ()
        page = (("Tab", self._next_page),) if self._next_page else ()
        return (("type", "find"), *pick, *page, *self.EXTRA_KEYS, ("Up Down", "move"))

    @property
    def _height(self) -> int:
        """The rows that the dialog needs; all, where its items are found later."""
        return len(self._items) + OTHER_ROWS if self._items else MAX_HEIGHT

    def on_mount(self) -> None:
        """List all items."""
        self._keys.show_keys(self.key_hints, ("Esc", "close"))
        self._field.focus()
        self._grow()
        self._show()

    def _grow(self) -> None:
        """Make the dialog as high as it needs to be, but never less high than it was."""
        self._shown_height = max(self._shown_height, min(MAX_HEIGHT, self._height))
        self.query_one("#frame").styles.max_height = self._shown_height

    def filter_items(self, typed: str) -> None:
        """List the items that contain what is typed."""
        words = typed.lower().split()
        self.list_items([item for item in self._items if item.contains_all(words)], words)

    def list_items(self, items: Sequence[Item], words: list[str], empty_message: str = NO_ITEMS) -> None:
        """List these items, the first focused, with the words highlighted; without any, show the message."""
        self._list.empty_message = empty_message
        self._listed, self._words, self._focused_index = items, words, 0
        self._show()

    @property
    def focused_item(self) -> Item | None:
        """The focused item."""
        return self._listed[self._focused_index] if self._listed else None

    def _show(self) -> None:
        self._list.show(self._listed, self._words, self._focused_index)

    def action_step(self, by: int) -> None:
        """Focus another item."""
        self._focused_index = min(max(0, self._focused_index + by), max(0, len(self._listed) - 1))
        self._show()

    def action_pick(self) -> None:
        """Return the focused item."""
        if self.focused_item:
            self.dismiss(self.focused_item.key)

    def action_turn_page(self) -> None:
        """Return that the next page is wanted."""
        if self._next_page:
            self.dismiss(NEXT_PAGE)

    def action_close(self) -> None:
        """Return nothing."""
        self.dismiss(None)
