"""Picks a file or folder by its path: what is typed narrows the entries of its folder, and Tab goes into one."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from alliance_tui.documents.confinement import may_list, may_read, starting_folder
from alliance_tui.documents.files import SUFFIXES, display_path
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen

_MAX_ENTRIES = 500
"""The number of entries of a folder that are listed."""


def path_items(typed: str) -> list[Item]:
    """Return the typed folder with its entries, or the entries of its folder that begin with the typed name."""
    folder, prefix = os.path.split(os.path.expanduser(typed))  # noqa: PTH111 - a path would lose its last slash
    items = []
    if not may_list(folder or "."):
        return []
    if not prefix and _is_folder(folder or "."):
        items.append(Item(folder or ".", "all in", display_path(folder or ".")))
    try:
        with os.scandir(folder or ".") as entries:
            matching = [entry for entry in entries if _fits(entry, prefix)]
    except (OSError, ValueError):  # ValueError: a zero byte in the name
        return items
    matching.sort(key=lambda entry: (not entry.is_dir(), entry.name.lower()))
    return items + [_item(entry) for entry in matching[:_MAX_ENTRIES]]


def _is_folder(path: str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for a name that is too long


def _working_folder() -> Path:
    try:
        return starting_folder() or Path.cwd()
    except OSError:  # it was removed
        return Path.home()


def _fits(entry: os.DirEntry[str], prefix: str) -> bool:
    if entry.name.startswith(".") and not prefix.startswith("."):
        return False
    if not entry.name.lower().startswith(prefix.lower()):
        return False
    if entry.is_dir():
        return may_list(entry.path)
    return Path(entry.name).suffix.lower() in SUFFIXES and may_read(entry.path)


def _item(entry: os.DirEntry[str]) -> Item:
    folder = entry.is_dir()
    return Item(entry.path, "folder" if folder else "file", display_path(entry.name) + (os.sep if folder else ""))


class PathPicker(PickerScreen):
    """Returns the path that is picked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "go_into", show=False, priority=True)]
    EXTRA_KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("Tab", "go into"),)

    def on_mount(self) -> None:
        """Start in the working folder."""
        self.set_path(f"{_working_folder()}{os.sep}")

    def set_path(self, path: str) -> None:
        """Put this path in the input."""
        self._field.value = path
        self._field.cursor_position = len(path)

    def filter_items(self, typed: str) -> None:
        """List, in a thread, the paths that begin with what is typed."""
        self._find(typed)

    @work(exclusive=True)
    async def _find(self, typed: str) -> None:
        items = await asyncio.to_thread(path_items, typed)
        prefix = typed.rpartition(os.sep)[2].lower()
        self.list_items(items, [prefix] if prefix else [])

    def action_go_into(self) -> None:
        """Complete the input to the focused item; of a folder, list its entries."""
        if item := self.focused_item:
            self.set_path(item.key + (os.sep if _is_folder(item.key) and not item.key.endswith(os.sep) else ""))
