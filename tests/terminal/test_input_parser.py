"""Input is parsed as Textual's own parser does, except for pastes, which come whole."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from alliance_tui.terminal.input_parser import MAX_TYPED_KEYS, InputParser, TextBurst, keys_for_text

BEGIN, END = "\x1b[200~", "\x1b[201~"
SENT = ("\x1b[A", "\x1b[<0;3;4M", "\x1b[97;5u", "\x1b[I", "\x1b", "\r", "\t", "\x7f", "^", "ü")
PASTED = st.text().filter(lambda text: END not in text and not any(text.endswith(END[:cut]) for cut in range(1, 6)))


def parsed_messages(parser: XTermParser, pieces: Sequence[str]) -> list[tuple[object, ...]]:
    """The messages that these pieces of input make, with what a key or a paste is."""
    return [describe(message) for piece in pieces for message in parser.feed(piece)]


def describe(message: Message) -> tuple[object, ...]:
    """The type and the content of a message."""
    if isinstance(message, events.Key):
        return type(message), message.key, message.character
    return type(message), message.text if isinstance(message, events.Paste | TextBurst) else None


@given(st.lists(st.one_of(st.sampled_from(SENT), st.text(min_size=1, max_size=8)), max_size=12))
def test_each_key_is_parsed_as_textual_parses_it(pieces: list[str]) -> None:
    assert parsed_messages(InputParser(), pieces) == parsed_messages(XTermParser(), pieces)


@given(before=st.sampled_from(("", "a", "\x1b[A")), text=PASTED, cuts=st.lists(st.integers(1, 40), max_size=8))
@example(before="", text="to\x1b[A", cuts=[8])
@example(before="", text="\x1b[200~", cuts=[2])
def test_a_paste_is_all_between_its_brackets_however_it_comes_in(before: str, text: str, cuts: list[int]) -> None:
    stream = f"{before}{BEGIN}{text}{END}b"
    pieces, at = [stream[: len(before) + len(BEGIN)]], len(before) + len(BEGIN)
    for cut in cuts:
        pieces.append(stream[at : at + cut])
        at += cut
    pieces.append(stream[at:])
    *keys, paste, last = parsed_messages(InputParser(), [piece for piece in pieces if piece])
    assert keys == parsed_messages(XTermParser(), [before] if before else [])
    assert paste == (events.Paste, text.replace("\x00", ""))
    assert last == (events.Key, "b", "b")


@given(st.lists(st.integers(1, 5), max_size=20))
def test_a_paste_whose_brackets_come_in_parts_ends_where_it_ends(cuts: list[int]) -> None:
    stream, pieces = f"a{BEGIN}japan{END}b{BEGIN}us{END}c", []
    for cut in cuts:
        pieces.append(stream[:cut])
        stream = stream[cut:]
    messages = parsed_messages(InputParser(), [piece for piece in (*pieces, stream) if piece])
    assert messages == [
        (events.Key, "a", "a"),
        (events.Paste, "japan"),
        (events.Key, "b", "b"),
        (events.Paste, "us"),
        (events.Key, "c", "c"),
    ]


def test_a_burst_of_text_is_one_message_and_convertible_to_keys() -> None:
    text = "northland\tand radar " * 20
    assert parsed_messages(InputParser(), [text]) == [(TextBurst, text)]
    assert [describe(key) for key in keys_for_text(text)] == parsed_messages(XTermParser(), [text])


def test_held_arrows_and_few_letters_are_keys() -> None:
    for pieces in (
        ["\x1b[B" * MAX_TYPED_KEYS],
        ["j" * MAX_TYPED_KEYS],
        ["\r" * (MAX_TYPED_KEYS + 1)],
        ["\x1b", "[" + "x" * MAX_TYPED_KEYS],
    ):
        assert parsed_messages(InputParser(), pieces) == parsed_messages(XTermParser(), pieces)
