"""A bare three-pane app on the classes of terminal/, for tests: a list, an input and a text that scrolls.

python tests/support/sample_app.py [crash|hang|modal]
"""

from __future__ import annotations

import os
import sys
import time
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from alliance_tui.terminal.session import run
from alliance_tui.terminal.terminal_app import TerminalApp

LINES = [f"Line {number}: the parties “{number % 7}” agree — 岸田 and Tsu\u0308cher" for number in range(200)]


class Lines(OptionList):
    """A list that moves by a page only once it knows its lines, which Textual 8.2 takes for granted."""

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        if (self.highlighted or 0) in self._index_to_line:
            super()._move_page(direction)


class Note(ModalScreen[None]):
    """A modal note over the panes."""

    DEFAULT_CSS = "Note { align: center middle; } Note Static { width: 30; height: 5; border: round; }"
    BINDINGS: ClassVar = [("escape", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        yield Static(Content("A note over the panes: 条約"))


class SampleApp(TerminalApp[None]):
    """The three-pane app."""

    CSS = """
    Horizontal { height: 1fr; }
    VerticalScroll { width: 2fr; border: round $primary; }
    Vertical { width: 1fr; }
    OptionList { height: 1fr; border: round $primary; }
    """
    BINDINGS: ClassVar = [
        Binding("q", "quit", "Quit"),
        Binding("m", "note", "Note"),
        Binding("x", "crash", "Crash"),
        Binding("h", "hang", "Hang"),
        Binding("s", "shell", "Shell"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        with Horizontal():
            with VerticalScroll(id="text"):
                yield Static(Content("\n".join(LINES)))
            with Vertical():
                yield Lines(*(Content(line) for line in LINES), id="list")
                yield Input(id="query")

    def action_note(self) -> None:
        self.push_screen(Note())

    def action_crash(self) -> None:
        raise ValueError("it went wrong")

    def action_hang(self) -> None:
        time.sleep(60)

    def action_shell(self) -> None:
        with self.suspend():
            os.system("echo out of the app; sleep 0.2")


if __name__ == "__main__":
    try:
        run(SampleApp())
    except ValueError as error:
        sys.exit(f"error: {error}")
    print("ended")
