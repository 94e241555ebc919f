"""Windows: what the encoder reads at once, a stretch of a passage with its context.

    [CLS] section, label [SEP] end of the lead-in or of the passage before [SEP] left context, core, right context [SEP]

Each word of a passage is in the core of exactly one window. Only the layout is needed, no parse.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from alliance_tui.extraction.encoder.word_pieces import PieceSequence, WordPieces
from alliance_tui.extraction.layout.segments import Segment

_HEADING_PIECES = 14
"""Pieces of the section's heading and the passage's label; each has half of them where there are both."""
_LEAD_IN_PIECES, _PREVIOUS_PIECES = 24, 16
_LEFT_PIECES, _CORE_PIECES, _RIGHT_PIECES = 24, 96, 8
_SENTENCE_ENDS = ".!?;”"

LONGEST_WINDOW = 4 + _HEADING_PIECES + _LEAD_IN_PIECES + _LEFT_PIECES + _CORE_PIECES + _RIGHT_PIECES
"""The most pieces of a window, with its separators."""


class Window(Struct, frozen=True):
    """The pieces of a window, and the words of its core: offsets in the document, and indices of their first pieces."""

    pieces: list[int]
    word_offsets: list[int]
    word_pieces: list[int]

    def piece_at(self, offset: int) -> int:
        """Return the index of the first piece of the word at an offset in the core."""
        return self.word_pieces[max(0, bisect_right(self.word_offsets, offset) - 1)]


def windows(text: str, segments: Sequence[Segment], index: int, word_pieces: WordPieces) -> Iterator[Window]:
    """Yield the windows of a segment's body, in reading order.

    Args:
        text: The text of the document.
        segments: All of its segments.
        index: The segment, by its index.
        word_pieces: Cuts the text.
    """
    segment = segments[index]
    context = _context(text, segments, index, word_pieces)
    yield from _body_windows(context, _body(text, segment, word_pieces), text, word_pieces.separator)


def _body(text: str, segment: Segment, word_pieces: WordPieces) -> PieceSequence:
    return word_pieces.cut(text[segment.body : segment.end], segment.body)


def _context(text: str, segments: Sequence[Segment], index: int, word_pieces: WordPieces) -> list[int]:
    """Return the pieces before the passage's own: headings, and the end of the lead-in or of the passage before."""
    segment = segments[index]
    headings = [word_pieces.cut(heading).pieces for heading in (segment.section, segment.label) if heading]
    limit = _HEADING_PIECES // max(len(headings), 1)
    pieces = [word_pieces.start]
    for heading in headings:
        pieces += heading[:limit]
    pieces.append(word_pieces.separator)
    if segment.lead_in is not None:
        pieces += _body(text, segments[segment.lead_in], word_pieces).pieces[-_LEAD_IN_PIECES:]
    else:
        earlier = (segments[number] for number in range(index - 1, -1, -1))
        previous = next((other for other in earlier if other.body < other.end), None)
        if previous is not None:
            pieces += _body(text, previous, word_pieces).pieces[-_PREVIOUS_PIECES:]
    pieces.append(word_pieces.separator)
    return pieces


def _body_windows(context: list[int], body: PieceSequence, text: str, separator: int) -> Iterator[Window]:
    pieces, offsets, firsts = body
    first_word = 0
    while first_word < len(offsets):
        start = firsts[first_word]
        end_word = _end_word(body, first_word, text)
        end = firsts[end_word] if end_word < len(firsts) else len(pieces)
        left = pieces[max(0, start - _LEFT_PIECES) : start]
        shift = len(context) + len(left) - start
        yield Window(
            [*context, *left, *pieces[start:end], *pieces[end : end + _RIGHT_PIECES], separator],
            offsets[first_word:end_word],
            [first + shift for first in firsts[first_word:end_word]],
        )
        first_word = end_word


def _end_word(body: PieceSequence, first_word: int, text: str) -> int:
    """Return the word (exclusive) at which the core that begins with a word ends, at a sentence's end if possible."""
    pieces, offsets, firsts = body
    limit = firsts[first_word] + _CORE_PIECES
    if len(pieces) <= limit:
        return len(offsets)
    last = max(first_word + 1, bisect_right(firsts, limit) - 1)
    for word in range(last, first_word + 1, -1):
        if text[offsets[word] - 2 : offsets[word] - 1] in _SENTENCE_ENDS and text[offsets[word] - 1].isspace():
            return word
    return last
