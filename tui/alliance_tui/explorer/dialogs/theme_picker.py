"""Picks the colours: each theme is shown while the cursor is on it."""

from __future__ import annotations

from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.rendering.derived_palettes import palette_named, palette_names
from alliance_tui.explorer.rendering.theme import PALETTES, Palette


class ThemePicker(PickerScreen):
    """Returns the name of the theme that is picked, beside the screen that shows it."""

    def __init__(self, current: str) -> None:
        """List all themes, with the current one focused."""
        super().__init__("Colours", [_item(name) for name in palette_names()], verb="take")
        self._current = current

    def on_mount(self) -> None:
        """List the themes, with the current one focused."""
        super().on_mount()
        names = palette_names()
        if self._current in names:
            self._focused_index = names.index(self._current)
            self._show()

    def _show(self) -> None:
        super()._show()
        if self.is_mounted and self.focused_item:
            self._preview(self.focused_item.key)

    def _preview(self, name: str) -> None:
        palette = palette_named(name)
        if palette and palette != self.context.palette:
            self.context.use_palette(palette)

    def action_close(self) -> None:
        """Go back to the colours before."""
        self._preview(self._current)
        super().action_close()


def _item(name: str) -> Item:
    palette = palette_named(name)
    assert palette is not None
    return Item(name, name, _description(palette))


def _description(palette: Palette) -> str:
    if palette.ansi:
        return "of the terminal" if palette.strengths else "no colours"
    return f"{'dark' if palette.dark else 'light'}{'' if palette.name in PALETTES else ', of Textual'}"
