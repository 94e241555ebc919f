"""An isolated home directory for the program in a real terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from alliance_tui.explorer.persistence import first_start
from tests.support.pseudoterminal import Terminal

EXPLORER = [sys.executable, "-m", "alliance_tui"]
KNOWN = re.compile(r"Agreements [1-9]")


class Home:
    """An isolated home directory, in which the program stores all that it keeps between runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
        self.environ = {name: str(folder) for name in names}
        self.starts = 0

    def explorer(
        self, *arguments: str, columns: int = 80, lines: int = 24, environ: Mapping[str, str | None] | None = None
    ) -> Terminal:
        """Return a terminal that starts the explorer, with a state directory of its own: it begins at the top.

        It is not the first start, at which the panes are explained.
        """
        self.starts += 1
        state_folder = self.folder / f"state-{self.starts}"
        first_start.note_start(state_folder / "alliance-tui" / "started")
        state = {"XDG_STATE_HOME": str(state_folder)}
        variables: dict[str, str | None] = {**self.environ, **state, **(environ or {})}
        return Terminal([*EXPLORER, *arguments], columns=columns, lines=lines, environ=variables)

    def processes(self) -> list[str]:
        """Return the command lines of the processes that run with this home."""
        wanted = f"HOME={self.folder}\0".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if wanted in (process / "environ").read_bytes() + b"\0":
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:  # ended meanwhile, or another user's
                continue
        return [line for line in found if line]


def wait_for_analysis(terminal: Terminal) -> None:
    """Wait until the whole analysis is on the screen."""
    terminal.wait_until(lambda: bool(KNOWN.search(terminal.text)) and "ooking" not in terminal.text, 120)
    terminal.settle(0.6)
