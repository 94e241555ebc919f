"""Parser of terminal input: from characters to key, paste and report messages.

Textual 8.2.8 takes every character through a state machine and makes a key event of it: ten thousand that are pasted
together would hold up the screen for several frames. `InputParser` overrides its private `XTermParser` (hence the exact
pin in pyproject.toml) and takes bulk text out of the stream.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

MAX_TYPED_KEYS = 200
"""The most keys that may be typed between two reads: more, if most are text, are a paste without brackets."""
_ESCAPE = "\x1b"


class KeyBurst(events.Event, bubble=False):
    """Keys that came in together: typed ahead, held down on a slow line, or pasted without brackets."""

    def __init__(self, keys: Sequence[events.Key]) -> None:
        super().__init__()
        self.keys = keys


class TextBurst(events.Event, bubble=False):
    """More text at once than `MAX_TYPED_KEYS`, without the brackets of a paste."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class InputParser(XTermParser):
    """Textual's parser with its own handling of plain characters, bracketed pastes and bursts of text.

    A paste is everything between its brackets; Textual's parser loses parts of the escape sequences in it.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._key_cache: dict[str, tuple[str, str | None]] = {}
        self._paste_pieces: list[str] | None = None
        """The pieces of an unfinished paste."""
        self._tail = ""
        self._in_split_paste = False
        """Whether Textual's own parser is inside a paste: it saw the opening bracket, which came in two reads."""

    def feed(self, data: str) -> Iterator[Message]:
        """Yield the messages that the input completes."""
        while data:
            if self._paste_pieces is not None:
                self._paste_pieces.append(data)
                data = yield from self._finish_paste(self._paste_pieces)
            elif self._in_split_paste:
                yield from self._feed(data)
                return
            else:
                plain, bracket, data = data.partition(BRACKETED_PASTE_START)
                yield from self._feed(plain)
                self._paste_pieces = [] if bracket else None

    def _finish_paste(self, pieces: list[str]) -> Generator[Message, None, str]:
        """Yield the paste if it is complete; return the input after it."""
        latest = "".join(pieces[-len(BRACKETED_PASTE_END) :])
        end = latest.find(BRACKETED_PASTE_END)
        if end < 0:
            return ""
        self._paste_pieces = None
        pasted, rest = "".join(pieces)[: end - len(latest)], latest[end + len(BRACKETED_PASTE_END) :]
        yield events.Paste(pasted.replace("\x00", ""))
        return rest

    def _feed(self, data: str) -> Iterator[Message]:
        at_rest = self._timeout_time is None and not self._in_split_paste
        if (
            at_rest
            and len(data) > MAX_TYPED_KEYS
            and _ESCAPE not in data
            and 2 * sum(map(str.isprintable, data)) > len(data)
        ):
            yield TextBurst(data)
        elif data:
            recent = self._tail + data
            if BRACKETED_PASTE_START in recent or BRACKETED_PASTE_END in recent:
                self._in_split_paste = recent.rfind(BRACKETED_PASTE_START) > recent.rfind(BRACKETED_PASTE_END)
            self._tail = recent[1 - len(BRACKETED_PASTE_START) :]
            yield from super().feed(data)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if alt or not (len(sequence) == 1 and sequence.isprintable()):
            return super()._sequence_to_key_events(sequence, alt)
        if sequence not in self._key_cache:  # Textual formats a log line for each key, even with the log off
            (event,) = super()._sequence_to_key_events(sequence)
            self._key_cache[sequence] = event.key, event.character
        self._tokens.append(events.Key(*self._key_cache[sequence]))
        return ()


def keys_for_text(text: str) -> list[events.Key]:
    """Return the keys that type the text."""
    feed = InputParser().feed
    return [message for character in text for message in feed(character) if isinstance(message, events.Key)]
