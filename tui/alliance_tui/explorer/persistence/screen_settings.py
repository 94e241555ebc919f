"""Settings of the screen as the reader left them, in a file of the platform's directory for state.

It is a convenience: a fault in it stops nothing.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from alliance_tui.documents.files import read_regular
from alliance_tui.explorer.state.pane_sizes import PaneSizes
from alliance_tui.explorer.state.table_view import TableView

_MAX_BYTES = 1 << 16


class ScreenSettings(Struct, frozen=True, omit_defaults=True):
    """Settings of the tables, of a document and of the library, and of the panes and the colours.

    `theme` is the name of the one picked last, "" for none.
    """

    table: TableView = TableView()
    sizes: PaneSizes = PaneSizes()
    library_table: TableView = TableView()
    facets_open: bool = False
    theme: str = ""


def screen_settings_path() -> Path:
    """Return the path of the file."""
    from platformdirs import user_state_path

    return user_state_path("alliance-tui", appauthor=False) / "screen.json"


def load(path: Path) -> ScreenSettings:
    """Return the stored settings, or those of a new reader."""
    try:
        return msgspec.json.decode(read_regular(path, _MAX_BYTES), type=ScreenSettings)
    except (OSError, ValueError, msgspec.MsgspecError):
        return ScreenSettings()


def save(path: Path, settings: ScreenSettings) -> None:
    """Store the settings, where they can be stored and are not stored already."""
    if settings == load(path):
        return
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_bytes(msgspec.json.encode(settings))
        temporary.replace(path)
