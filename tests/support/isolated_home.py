"""An isolated home directory for the program in a real terminal."""

from __future__ import annotations

import os
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
        return [
            line.replace(b"\0", b" ").decode()
            for process in self._own_processes()
            if (line := _read(process / "cmdline"))
        ]

    def processor_seconds(self) -> float:
        """Return the processor time that the processes with this home took, and those they have started and awaited."""
        after_names = (_read(process / "stat").rpartition(b")")[2].split() for process in self._own_processes())
        return sum(sum(map(int, fields[11:15])) for fields in after_names) / os.sysconf("SC_CLK_TCK")

    def _own_processes(self) -> list[Path]:
        wanted = f"HOME={self.folder}\0".encode()
        return [each for each in Path("/proc").glob("[0-9]*") if wanted in _read(each / "environ") + b"\0"]


def _read(path: Path) -> bytes:
    """Return what a file under /proc holds; nothing if the process has ended meanwhile, or is another user's."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def wait_for_analysis(terminal: Terminal) -> None:
    """Wait until the whole analysis is on the screen."""
    terminal.wait_until(lambda: bool(KNOWN.search(terminal.text)) and "ooking" not in terminal.text, 120)
    terminal.settle(0.6)
