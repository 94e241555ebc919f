"""Picks a file or folder by its path: what is typed narrows the entries of its folder, and Tab goes into one."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from alliance_tui.documents.files import SUFFIXES, display_path
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen

_MAX_ENTRIES = 500
"""Entries that are listed of a folder."""


def path_items(typed: str) -> list[Item]:
    """The folder that is typed, if it is one, then what is in it; else what begins with what is typed of a name."""
    folder, begun = os.path.split(os.path.expanduser(typed))  # noqa: PTH111 - a path would lose its last slash
    items = []
    if not begun and Path(folder or ".").is_dir():
        items.append(Item(folder or ".", "all in", display_path(folder or ".")))
    try:
        with os.scandir(folder or ".") as found:
            fitting = [entry for entry in found if _fits(entry, begun)]
    except OSError:
        return items
    fitting.sort(key=lambda entry: (not entry.is_dir(), entry.name.lower()))
    return items + [_item(entry) for entry in fitting[:_MAX_ENTRIES]]


def _fits(entry: os.DirEntry[str], begun: str) -> bool:
    if entry.name.startswith(".") and not begun.startswith("."):
        return False
    if not entry.name.lower().startswith(begun.lower()):
        return False
    return entry.is_dir() or Path(entry.name).suffix.lower() in SUFFIXES


def _item(entry: os.DirEntry[str]) -> Item:
    folder = entry.is_dir()
    return Item(entry.path, "folder" if folder else "file", display_path(entry.name) + (os.sep if folder else ""))


class PathPicker(PickerScreen):
    """Hands back the path that is picked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "go_into", show=False, priority=True)]
    EXTRA_KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("Tab", "go into"),)

    def on_mount(self) -> None:
        """Begin with the folder that the program was started in."""
        self.set_path(f"{Path.cwd()}{os.sep}")

    def set_path(self, path: str) -> None:
        """Have this typed."""
        self._field.value = path
        self._field.cursor_position = len(path)

    def filter_items(self, typed: str) -> None:
        """List what fits what is typed, once it is known."""
        self._find(typed)

    @work(exclusive=True)
    async def _find(self, typed: str) -> None:
        items = await asyncio.to_thread(path_items, typed)
        begun = typed.rpartition(os.sep)[2].lower()
        self.list_items(items, [begun] if begun else [])

    def action_go_into(self) -> None:
        """Type the rest of the name of the item stood on; of a folder, list what is in it."""
        if item := self.focused_item:
            self.set_path(item.key + (os.sep if Path(item.key).is_dir() and not item.key.endswith(os.sep) else ""))
