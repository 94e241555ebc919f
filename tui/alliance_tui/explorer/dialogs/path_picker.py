"""Picks a file or folder by its path: what is typed narrows the entries of its folder, and Tab goes into one."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.worker import Worker

from alliance_tui.documents.confinement import may_list, may_read, starting_folder
from alliance_tui.documents.files import SUFFIXES, display_path
from alliance_tui.explorer.dialogs.picker_screen import Item, PickerScreen
from alliance_tui.explorer.workers.waiting import wait_for_latest

_MAX_ENTRIES = 500
"""The number of entries of a folder that are listed."""
_NEW_BEGINNING = re.compile(rf".*{os.sep}(?={os.sep}|~(?:{os.sep}|\Z))", re.DOTALL)
"""The text before an absolute path, or one of the home folder, that is typed or pasted behind it."""


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


def begun_anew(before: str, typed: str, cursor: int) -> str:
    """Return the path that is meant by what is typed where another one stood `before`.

    An absolute path, or one of the home folder, replaces that, whether it is typed before or behind it.
    """
    if typed[cursor:] == before and typed[:1] in (os.sep, "~"):
        return typed[:cursor]
    other = _NEW_BEGINNING.match(typed) if cursor >= len(typed) else None
    return typed[other.end() :] if other else typed


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

    _path = ""
    """The text of the input before the last key."""
    _finder: Worker[None] | None = None

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "go_into", show=False, priority=True),
        Binding("enter", "pick_found", show=False, priority=True),
    ]
    EXTRA_KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("Tab", "go into"),)

    def on_mount(self) -> None:
        """Start in the working folder."""
        self.set_path(f"{_working_folder()}{os.sep}")

    def set_path(self, path: str) -> None:
        """Put this path in the input."""
        self._path = path
        self._field.value = path
        self._field.cursor_position = len(path)

    def filter_items(self, typed: str) -> None:
        """List, in a thread, the paths that begin with what is typed."""
        if typed != self._path:
            meant = begun_anew(self._path, *self._field.text_and_cursor)
            if meant != typed:
                self.set_path(meant)
                return
        self._path = typed
        self._finder = self._find(typed)

    @work(exclusive=True)
    async def _find(self, typed: str) -> None:
        items = await asyncio.to_thread(path_items, typed)
        prefix = typed.rpartition(os.sep)[2].lower()
        self.list_items(items, [prefix] if prefix else [])

    async def _wait_for_paths(self) -> None:
        """Wait until the paths that are listed are those of what is typed: a pasted path may end with Enter."""
        await wait_for_latest(lambda: self._finder)

    async def action_pick_found(self) -> None:
        """Return the focused path."""
        await self._wait_for_paths()
        self.action_pick()

    async def action_go_into(self) -> None:
        """Complete the input to the focused item; of a folder, list its entries."""
        await self._wait_for_paths()
        if item := self.focused_item:
            self.set_path(item.key + (os.sep if _is_folder(item.key) and not item.key.endswith(os.sep) else ""))
