"""The facets of the listed agreements, beside the text: picking a value narrows, picking it again widens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.rendering.strips import text_width

MIN_WIDTH, MAX_WIDTH = 48, 74
"""Columns of the dialog."""
OTHER_CELLS = 12
"""Columns of the dialog beside names and values: its frame, margins, the cursor and gaps."""

Facets = Callable[[], Sequence[Item]]
"""Returns an item for each value, with the term of the query as its key."""


class FacetsScreen(PickerScreen):
    """Lists facets anew after each that was picked."""

    def __init__(self, facets: Facets, toggle: Callable[[str], None]) -> None:
        """List these facets; `toggle` adds a term to the query or takes it away."""
        super().__init__("Narrow by", facets(), verb="choose")
        self._list.repeats_names = False
        self._facets = facets
        self._toggle = toggle

    def on_mount(self) -> None:
        """Make the dialog as wide as the values need, so that it hides no more of the text."""
        super().on_mount()
        names = max((text_width(item.name) for item in self._items), default=0)
        values = max((text_width(f"{item.note} {item.detail}") for item in self._items), default=0)
        self.query_one("#frame").styles.max_width = min(MAX_WIDTH, max(MIN_WIDTH, names + values + OTHER_CELLS))

    def refresh_items(self) -> None:
        """List the facets as they are now, with the same value focused."""
        if not self.is_mounted:
            return
        focused = self.focused_item
        self._items = self._facets()
        self._grow()
        self.filter_items(self._field.value)
        keys = [item.key for item in self._listed]
        if focused and focused.key in keys:
            self.action_step(keys.index(focused.key))

    def action_pick(self) -> None:
        """Narrow by the focused value, or widen again."""
        if self.focused_item:
            self._toggle(self.focused_item.key)
