"""Messages on documents of the library that cannot be read."""

from __future__ import annotations

from alliance_tui.cli import console
from alliance_tui.library.library_document import REMEDY
from alliance_tui.library.store import Library


def print_damage(library: Library) -> bool:
    """Print a line for each document that was left out of the answer; return whether there is any."""
    for damage in library.damaged.values():
        console.print_message(f"{damage.description}: {REMEDY}")
    return bool(library.damaged)
