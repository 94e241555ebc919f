"""The programs that the benchmarks run side by side, each with a home of its own and its bytecode warm."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.pseudoterminal import Terminal

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "000_3b7aba633540c45a.txt"
FIRST_WORDS = b"Prime Minister"

EXPLORER = [sys.executable, "-m", "alliance_tui"]
BARE = [sys.executable, str(Path(__file__).with_name("bare.py")), str(SEED)]
PROGRAMS = {"bare three-pane app": BARE, "alliance-tui": EXPLORER}


class Home:
    """A reader's machine: data, settings and bytecode in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.starts = 0
        self.environ: dict[str, str | None] = {
            **{name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")},
            # Without bytecode a start takes two to three times as long as a reader's.
            "PYTHONDONTWRITEBYTECODE": None,
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        }

    def fresh_state(self) -> str:
        """Return a new folder for state, with which a start begins at the top of the text."""
        self.starts += 1
        return f"{self.environ['HOME']}/state-{self.starts}"

    def start(self, name: str, *arguments: str, columns: int = 80, lines: int = 24) -> Terminal:
        """Start one of the programs in a terminal that is not emulated, which would cost time."""
        command = [*PROGRAMS[name], *arguments]
        environ = {**self.environ, "XDG_STATE_HOME": self.fresh_state()}
        return Terminal(command, columns=columns, lines=lines, environ=environ, emulated=False)


@contextmanager
def warm_home() -> Iterator[Home]:
    """Yield a home in which each program has run once: the document is known and all bytecode written."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        for name in PROGRAMS:
            with home.start(name) as terminal:
                wait_for_bytes(terminal, FIRST_WORDS)
                if name == "alliance-tui":
                    wait_for_bytes(terminal, b"choose")  # the key bar says so once there is something to choose
                terminal.settle(1.0)
                terminal.send("q")
                terminal.wait_for_end()
        yield home


def wait_for_bytes(terminal: Terminal, wanted: bytes) -> float:
    """Wait until the program has written `wanted`; return the seconds since the start."""
    while wanted not in terminal.raw:
        if terminal.read(60) in (None, b""):
            raise RuntimeError(f"{wanted!r} was never written, but: {bytes(terminal.raw[-500:])!r}")
    return terminal.read_at - terminal.started
