"""The reference of the benchmarks: a plain three-pane Textual app, without any code of this project.

    python bare.py FILE

It shows a text and two lists, and highlights in all three what is typed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static


class Bare(App[None]):
    """Three panes and a query."""

    CSS = """
    Horizontal { height: 1fr; }
    VerticalScroll { width: 3fr; border: round $primary; }
    Vertical { width: 2fr; }
    OptionList { height: 1fr; border: round $primary; }
    Input { height: 1; border: none; }
    """
    BINDINGS: ClassVar = [("q", "quit", "Quit"), ("slash", "search", "Search")]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, text: str) -> None:
        super().__init__()
        self.animation_level = "none"
        self.text = text
        self.sentences = [line for line in text.splitlines() if line]
        self.names = sorted(set(re.findall(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*", text)))

    def compose(self) -> ComposeResult:
        with Horizontal():
            with VerticalScroll(id="text"):
                yield Static(Content(self.text))
            with Vertical():
                yield OptionList(*map(Content, self.sentences), id="sentences")
                yield OptionList(*map(Content, self.names), id="names")
        yield Input(id="query")

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False
        self.query_one("#text").focus()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        query = re.compile(re.escape(message.value), re.IGNORECASE)
        self.query_one(Static).update(Content(self.text).highlight_regex(query, style="reverse"))
        for name, rows in (("#sentences", self.sentences), ("#names", self.names)):
            found = [Content(row).highlight_regex(query, style="reverse") for row in rows if query.search(row)]
            self.query_one(name, OptionList).clear_options().add_options(found)


if __name__ == "__main__":
    Bare(Path(sys.argv[1]).read_text(encoding="utf-8")).run(mouse=False)
