"""What the terminal sends, told as messages: keys, pastes, reports.

Textual 8.2.8 takes every character through a state machine and makes a key event of it: of ten thousand that are pasted
together the screen would wait for several frames. `KeyParser` overrides its private `XTermParser` (hence the exact pin
in pyproject.toml) and takes out of the stream what is text in bulk.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

FLOOD = 200
"""More keys than anyone types between two looks: if most are text, they were pasted, with whatever is among them."""
_ESCAPE = "\x1b"


class Typed(events.Event, bubble=False):
    """A flood of text without brackets around it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class KeyParser(XTermParser):
    """Textual's own parser, but for plain characters, pastes in brackets and floods of text.

    A paste is all that stands between its brackets; in Textual's, escape sequences in it are lost in part.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._plain: dict[str, tuple[str, str | None]] = {}
        self._pasted: list[str] | None = None
        """The pieces of the paste that is coming in."""
        self._tail = ""
        self._in_paste = False
        """Whether Textual's own parser is in a paste, for it has had a bracket that came in two parts."""

    def feed(self, data: str) -> Iterator[Message]:
        """The messages in what has come in since the last time."""
        while data:
            if self._pasted is not None:
                self._pasted.append(data)
                data = yield from self._paste(self._pasted)
            elif self._in_paste:
                yield from self._feed(data)
                return
            else:
                plain, bracket, data = data.partition(BRACKETED_PASTE_START)
                yield from self._feed(plain)
                self._pasted = [] if bracket else None

    def _paste(self, pieces: list[str]) -> Generator[Message, None, str]:
        """The paste, if it is complete; returns what has come in after it."""
        latest = "".join(pieces[-len(BRACKETED_PASTE_END) :])
        at = latest.find(BRACKETED_PASTE_END)
        if at < 0:
            return ""
        self._pasted = None
        before, after = "".join(pieces)[: at - len(latest)], latest[at + len(BRACKETED_PASTE_END) :]
        yield events.Paste(before.replace("\x00", ""))
        return after

    def _feed(self, data: str) -> Iterator[Message]:
        at_rest = self._timeout_time is None and not self._in_paste
        if at_rest and len(data) > FLOOD and _ESCAPE not in data and 2 * sum(map(str.isprintable, data)) > len(data):
            yield Typed(data)
        elif data:
            had = self._tail + data
            if BRACKETED_PASTE_START in had or BRACKETED_PASTE_END in had:
                self._in_paste = had.rfind(BRACKETED_PASTE_START) > had.rfind(BRACKETED_PASTE_END)
            self._tail = had[1 - len(BRACKETED_PASTE_START) :]
            yield from super().feed(data)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if alt or not (len(sequence) == 1 and sequence.isprintable()):
            return super()._sequence_to_key_events(sequence, alt)
        if sequence not in self._plain:  # Textual describes each key to a log that is off
            (event,) = super()._sequence_to_key_events(sequence)
            self._plain[sequence] = event.key, event.character
        self._tokens.append(events.Key(*self._plain[sequence]))
        return ()


def keys_of(text: str) -> list[events.Key]:
    """The keys by which the text is typed."""
    feed = KeyParser().feed
    return [message for character in text for message in feed(character) if isinstance(message, events.Key)]
