"""What the terminal sends is told as Textual's own parser tells it."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from alliance_tui.terminal.driver import KeyParser

SENT = (
    "\x1b[A",
    "\x1b[200~",
    "\x1b[201~",
    "\x1b[<0;3;4M",
    "\x1b[97;5u",
    "\x1b[I",
    "\x1b",
    "\r",
    "\t",
    "\x7f",
    "^",
    "ü",
)


def told(parser: XTermParser, pieces: Sequence[str]) -> list[tuple[object, ...]]:
    """The messages that these pieces of input make, with what a key or a paste is."""
    return [what(message) for piece in pieces for message in parser.feed(piece)]


def what(message: Message) -> tuple[object, ...]:
    """What tells one message from another."""
    if isinstance(message, events.Key):
        return type(message), message.key, message.character
    return type(message), message.text if isinstance(message, events.Paste) else None


@given(st.lists(st.one_of(st.sampled_from(SENT), st.text(min_size=1, max_size=8)), max_size=12))
def test_each_key_and_paste_is_told_as_textual_tells_it(pieces: list[str]) -> None:
    assert told(KeyParser(), pieces) == told(XTermParser(), pieces)
